// What a group begins with: init_cfs_bandwidth(), kernel/sched/fair.c.
#pragma once

#include "model/task_group.hpp"

namespace bwcheck::model::fair {

template <arithmetic Num, class Kernel>
struct new_group {
    /// init_cfs_bandwidth(): no limit. The period timer's phase, which the kernel draws since 6.4 and which users do
    /// not know before, is that of a period that begins now.
    static void init_cfs_bandwidth(task_group<Num>& tg) {
        auto& cfs_b = tg.cfs_bandwidth;
        tg.runtime_expires = Kernel::runtime_expires;
        cfs_b.period = tg.constants->default_cfs_period;
        cfs_b.period_timer = as_s64(cfs_b.period);
        cfs_b.hierarchical_quota = Kernel::hierarchical_quota_of_new_group;
    }

    /// Until 6.5 nothing sets it.
    static constexpr int hierarchical_quota_of_new_group = 0;
};

} // namespace bwcheck::model::fair

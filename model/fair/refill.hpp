// Refill of the global pool: __refill_cfs_bandwidth_runtime(), kernel/sched/fair.c, same in 5.16 to 7.x.
#pragma once

#include "model/step_log.hpp"

namespace bwcheck::model::fair {

template <arithmetic Num, class Kernel>
struct refill {
    using s64 = typename Num::s64;

    /// What a refill caps the pool at, ns. Asked by the properties as well, in integers that do not wrap: a patch that
    /// caps it elsewhere says so here.
    template <class Integer>
    [[nodiscard]] static Integer pool_cap(const Integer& quota, const Integer& burst) {
        return quota + burst;
    }

    /// Adds one quota, however many periods passed, and caps the pool. Caller holds the group's lock.
    static void refill_cfs_bandwidth_runtime(task_group<Num>& tg) {
        auto& cfs_b = tg.cfs_bandwidth;
        if (cfs_b.quota == runtime_inf)
            return;

        tg.log->current().refills += 1;
        cfs_b.runtime += cfs_b.quota;

        // What was consumed beyond one quota since the last refill; negative if less was, hence the signed difference.
        const s64 above_quota = as_s64(wrapping_sub(cfs_b.runtime_snap, cfs_b.runtime));
        if (above_quota > 0) {
            tg.log->reached(branch::refill_burst_counted);
            cfs_b.burst_time += as_u64(above_quota);
            cfs_b.nr_burst += 1;
        }

        const auto cap = Kernel::pool_cap(cfs_b.quota, cfs_b.burst);
        if (cap < cfs_b.runtime) {
            tg.log->reached(branch::refill_capped);
            cfs_b.runtime = cap;
        } else {
            tg.log->reached(branch::refill_not_capped);
        }
        cfs_b.runtime_snap = cfs_b.runtime;
    }
};

} // namespace bwcheck::model::fair

// The bug that c98c18270be1 repaired in 2023 (6.6): c53593e5cb69 (2018, 4.16) had taken the smaller of the group's
// ratio and its parent's in signed numbers, where "no limit" is -1. So every group of cgroup v2 was without limit, as
// far as the tree was concerned, and a new one had a ratio of 0.
#pragma once

#include "model/revisions/mainline.hpp"

namespace bwcheck::model {

struct bug_c98c18270be1 {
    static constexpr revision_info info{
        .id = "bug-c98c18270be1",
        .base = mainline::info.id,
        .summary = "The tree takes every limited group to be without limit, and a new group to have none of the CPU.",
        .source = "before c98c18270be1, sched, cgroup: Restore meaning to hierarchical_quota (2023)",
    };

    template <arithmetic Num, class Kernel>
    struct functions : mainline::template functions<Num, Kernel> {
        using s64 = typename Num::s64;
        using before = typename linux_6_1::template functions<Num, Kernel>;

        static constexpr int hierarchical_quota_of_new_group = before::hierarchical_quota_of_new_group;
        [[nodiscard]] static s64 tg_cfs_schedulable_down(const s64& quota) {
            return before::tg_cfs_schedulable_down(quota);
        }
    };
};

} // namespace bwcheck::model

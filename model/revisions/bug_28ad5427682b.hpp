// The hazard that 28ad5427682b removed in 2026: tasks of a throttled queue execute in the kernel, and what they
// executed since they were last charged was not charged before the queue was given runtime and unthrottled. The grant
// paid the old debt and 1 ns; the next charge brought a new one, and the queue was throttled at once.
//
// Re-introduced into the series of which it is a part. Mainline before it has the same.
#pragma once

#include "model/revisions/throttle_in_account.hpp"

namespace bwcheck::model {

struct bug_28ad5427682b {
    static constexpr revision_info info{
        .id = "bug-28ad5427682b",
        .base = throttle_in_account::info.id,
        .summary = "A CPU is unthrottled before what its task executed meanwhile is charged.",
        .source = "before 28ad5427682b, sched/fair: Call update_curr() before unthrottling the hierarchy (2026)",
    };

    template <arithmetic Num, class Kernel>
    struct functions : throttle_in_account::template functions<Num, Kernel> {
        using of_mainline = typename mainline::template functions<Num, Kernel>;

        /// distribute_cfs_runtime(), less the charge.
        static void distribute_to(task_group<Num>& tg, cpu_id cpu, fair::distribute_walk<Num>& walk) {
            of_mainline::distribute_to(tg, cpu, walk);
        }

        /// unthrottle_cfs_rq(), less the charge.
        static void unthrottle_cfs_rq(task_group<Num>& tg, cpu_id cpu) { of_mainline::unthrottle_cfs_rq(tg, cpu); }
    };
};

} // namespace bwcheck::model

// The bug that 956dfda6a708 repaired in 2025 (6.18-rc5): a write of the quota left CPUs with no local runtime at all,
// and unthrottled them all the same. The first parked task that was enqueued again found nothing in an empty pool, and
// the queue was throttled in the middle of its unthrottle.
#pragma once

#include "model/revisions/mainline.hpp"

namespace bwcheck::model {

struct bug_956dfda6a708 {
    static constexpr revision_info info{
        .id = "bug-956dfda6a708",
        .base = mainline::info.id,
        .summary = "A write of the quota unthrottles CPUs that it leaves without any local runtime.",
        .source =
            "before 956dfda6a708, sched/fair: Prevent cfs_rq from being unthrottled with zero runtime_remaining (2025)",
    };

    template <arithmetic Num, class Kernel>
    struct functions : mainline::template functions<Num, Kernel> {
        static constexpr int runtime_remaining_after_write = 0;

        /// unthrottle_cfs_rq(), less its look at the local runtime.
        static void unthrottle_cfs_rq(task_group<Num>& tg, cpu_id cpu) {
            fair::throttle<Num, Kernel>::unthrottle_cfs_rq(tg, cpu);
        }
    };
};

} // namespace bwcheck::model

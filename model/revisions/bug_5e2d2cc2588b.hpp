// The bug that 5e2d2cc2588b repaired in 2019 (5.4): a throttled CPU that was charged asked for a slice all the same,
// and with local runtime in hand it was still on the list. The next distribution computed 1 - L for it, in unsigned
// numbers.
//
// Re-introduced into today's mainline, where throttled CPUs are charged as a matter of course: their tasks run on in
// the kernel.
#pragma once

#include "model/revisions/mainline.hpp"

namespace bwcheck::model {

struct bug_5e2d2cc2588b {
    static constexpr revision_info info{
        .id = "bug-5e2d2cc2588b",
        .base = mainline::info.id,
        .summary = "A throttled CPU that is charged takes another slice, and stays on the list.",
        .source = "before 5e2d2cc2588b, sched/fair: Don't assign runtime for throttled cfs_rq (2019)",
    };

    template <arithmetic Num, class Kernel>
    struct functions : mainline::template functions<Num, Kernel> {
        using u64 = typename Num::u64;

        /// account_cfs_rq_runtime(), less its return for a throttled CPU.
        static bool account_cfs_rq_runtime(task_group<Num>& tg, cpu_id cpu, const u64& delta_exec) {
            auto& cfs_rq = tg.cfs_rq(cpu);
            if (!tg.cfs_bandwidth_used || !cfs_rq.runtime_enabled)
                return false;
            cfs_rq.runtime_remaining -= as_s64(delta_exec);
            tg.log->current().consumed += delta_exec;
            if (cfs_rq.runtime_remaining > 0)
                return false;
            return Kernel::runtime_used_up(tg, cpu);
        }
    };
};

} // namespace bwcheck::model

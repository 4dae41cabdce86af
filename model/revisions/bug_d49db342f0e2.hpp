// The bug that d49db342f0e2 repaired in 2015 (4.1): whether a CPU is the first to be throttled was asked of its own
// list entry, which nobody re-initialises after its removal. The answer was stale, and the timer was not started.
//
// The model begins where every CPU has been throttled once, so that the answer always is "not the first":
// throttle_cfs_rq() never starts the timer. Later kernels hide the mistake, because __assign_cfs_rq_runtime() starts
// it, too; not here.
#pragma once

#include "model/revisions/linux_6_1.hpp"

namespace bwcheck::model {

struct bug_d49db342f0e2 {
    static constexpr revision_info info{
        .id = "bug-d49db342f0e2",
        .base = linux_6_1::info.id,
        .summary = "A throttled CPU does not start the timer: it asks a stale list entry whether it is the first.",
        .source = "before d49db342f0e2 (2015)",
    };

    template <arithmetic Num, class Kernel>
    struct functions : linux_6_1::template functions<Num, Kernel> {
        using u64 = typename Num::u64;

        /// __assign_cfs_rq_runtime(), less its call of start_cfs_bandwidth().
        static bool assign_cfs_rq_runtime(task_group<Num>& tg, cpu_id cpu, const u64& target) {
            auto& cfs_b = tg.cfs_bandwidth;
            auto& cfs_rq = tg.cfs_rq(cpu);
            u64 amount = as_u64(as_s64(target) - cfs_rq.runtime_remaining);
            if (cfs_b.quota != runtime_inf) {
                amount = min(cfs_b.runtime, amount);
                cfs_b.runtime -= amount;
                cfs_b.idle = cfs_b.idle && amount == 0;
            }
            cfs_rq.runtime_remaining += as_s64(amount);
            return cfs_rq.runtime_remaining > 0;
        }
    };
};

} // namespace bwcheck::model

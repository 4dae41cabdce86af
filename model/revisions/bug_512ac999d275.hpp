// The bug that 512ac999d275 repaired in 2018 (4.18), four years after 51f2176d74ac had brought it: local runtime
// expired with the period that it was granted in, and a CPU whose stamp was in the past compared it with the group's to
// see whether that was only the two clocks drifting. It took equal stamps for a period that had ended. But stamps are
// equal, and both in the past, where the group's timer is late, or has been restarted without a refill: then runtime
// that was granted a moment ago was taken away, and groups far below their quota were throttled.
//
// Re-introduced into 6.1, where nothing expires any more. The stamps are times from now, as all times of the model; of
// a CPU's stamp only whether it equals the group's is kept, since one that does not has no consequences here. (In those
// kernels it did: it was moved along by a scheduler tick.)
#pragma once

#include "model/revisions/linux_6_1.hpp"

namespace bwcheck::model {

struct bug_512ac999d275 {
    static constexpr revision_info info{
        .id = "bug-512ac999d275",
        .base = linux_6_1::info.id,
        .summary = "Local runtime is taken away when its stamp is stale although the group's is no newer.",
        .source = "before 512ac999d275, sched/fair: Fix bandwidth timer clock drift condition (2018)",
    };

    template <arithmetic Num, class Kernel>
    struct functions : linux_6_1::template functions<Num, Kernel> {
        using base = typename linux_6_1::template functions<Num, Kernel>;
        using u64 = typename Num::u64;
        using s64 = typename Num::s64;

        static constexpr bool runtime_expires = true;

        /// __refill_cfs_bandwidth_runtime(): what is granted from now on expires a period from now.
        static void refill_cfs_bandwidth_runtime(task_group<Num>& tg) {
            base::refill_cfs_bandwidth_runtime(tg);
            auto& cfs_b = tg.cfs_bandwidth;
            const s64 expires = as_s64(cfs_b.period);
            if (cfs_b.quota == runtime_inf || cfs_b.runtime_expires == expires)
                return;
            cfs_b.runtime_expires = expires;
            for (cpu_id cpu = 0; cpu < tg.nr_cpus; ++cpu)
                tg.cfs_rq(cpu).expires_equal = false;
        }

        /// Time passes for the stamp. How far it is in the past does not matter.
        static void advance_timers(task_group<Num>& tg, const u64& delta) {
            base::advance_timers(tg, delta);
            s64& expires = tg.cfs_bandwidth.runtime_expires;
            expires -= as_s64(delta);
            if (expires < -1)
                expires = -1;
        }

        /// __assign_cfs_rq_runtime(): the CPU takes the group's stamp with the runtime.
        static bool assign_cfs_rq_runtime(task_group<Num>& tg, cpu_id cpu, const u64& target) {
            const bool assigned = base::assign_cfs_rq_runtime(tg, cpu, target);
            if (tg.cfs_bandwidth.quota != runtime_inf)
                tg.cfs_rq(cpu).expires_equal = true;
            return assigned;
        }

        /// distribute_cfs_runtime(): so does one that gets a grant.
        static void distribute_to(task_group<Num>& tg, cpu_id cpu, fair::distribute_walk<Num>& walk) {
            const bool granted = tg.cfs_rq(cpu).throttled;
            base::distribute_to(tg, cpu, walk);
            if (granted)
                tg.cfs_rq(cpu).expires_equal = true;
        }

        /// expire_cfs_rq_runtime(), with its comparison the wrong way round.
        static void expire_cfs_rq_runtime(task_group<Num>& tg, cpu_id cpu) {
            auto& cfs_rq = tg.cfs_rq(cpu);
            if (tg.cfs_bandwidth.runtime_expires > 0 || cfs_rq.runtime_remaining < 0)
                return;
            if (cfs_rq.expires_equal)
                cfs_rq.runtime_remaining = 0;
        }

        /// account_cfs_rq_runtime(), which looks for expired runtime after it has charged.
        static bool account_cfs_rq_runtime(task_group<Num>& tg, cpu_id cpu, const u64& delta_exec) {
            auto& cfs_rq = tg.cfs_rq(cpu);
            if (!tg.cfs_bandwidth_used || !cfs_rq.runtime_enabled)
                return false;
            cfs_rq.runtime_remaining -= as_s64(delta_exec);
            tg.log->current().consumed += delta_exec;
            expire_cfs_rq_runtime(tg, cpu);
            if (cfs_rq.runtime_remaining > 0 || cfs_rq.throttled)
                return false;
            return Kernel::runtime_used_up(tg, cpu);
        }
    };
};

} // namespace bwcheck::model

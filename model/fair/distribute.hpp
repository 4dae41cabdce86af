// Distribution of the pool to throttled CPUs: distribute_cfs_runtime(), kernel/sched/fair.c, Linux 6.1.
#pragma once

#include "model/frames.hpp"
#include "model/step_log.hpp"

namespace bwcheck::model::fair {

template <arithmetic Num, class Kernel>
struct distribute {
    using u64 = typename Num::u64;

    [[nodiscard]] static distribute_walk<Num> distribute_begin(const task_group<Num>& tg) {
        distribute_walk<Num> walk;
        walk.next = tg.cfs_bandwidth.throttled_cfs_rq.front();
        return walk;
    }

    /// One step of the walk: grants the CPU its debt and 1 ns, or what there is. It will fetch a slice itself once it
    /// runs.
    static void distribute_step(task_group<Num>& tg, distribute_walk<Num>& walk) {
        const cpu_id cpu = walk.next;
        // RCU: an entry that leaves the list during the step still leads to its old successor; one that stays leads to
        // whoever follows it afterwards.
        const cpu_id successor = tg.cfs_bandwidth.throttled_cfs_rq.after(cpu);
        const step_scope<Num> rq_lock(tg, step::distribute_cfs_runtime, cpu);

        Kernel::distribute_to(tg, cpu, walk);

        walk.next =
            tg.cfs_bandwidth.throttled_cfs_rq.contains(cpu) ? tg.cfs_bandwidth.throttled_cfs_rq.after(cpu) : successor;
        if (walk.remaining == 0) {
            walk.throttled = walk.throttled || walk.next != no_cpu;
            walk.next = no_cpu;
        }
    }

    /// The grant itself, and the unthrottle that follows when it pays the debt.
    static void distribute_to(task_group<Num>& tg, cpu_id cpu, distribute_walk<Num>& walk) {
        auto& cfs_rq = tg.cfs_rq(cpu);
        if (!tg.cfs_bandwidth_used || !cfs_rq.throttled || cfs_rq.throttled_csd)
            return;
        auto& cfs_b = tg.cfs_bandwidth;
        const u64 needed = as_u64(-cfs_rq.runtime_remaining + 1);
        const u64 runtime = min(cfs_b.runtime, needed);
        cfs_b.runtime -= runtime;
        walk.remaining = cfs_b.runtime;
        cfs_rq.runtime_remaining += as_s64(runtime);
        if (cfs_rq.runtime_remaining > 0) {
            tg.log->reached(branch::grant_full);
            Kernel::unthrottle_cfs_rq_async(tg, cpu);
        } else {
            tg.log->reached(branch::grant_partial);
            walk.throttled = true;
        }
    }

    /// 6.1 unthrottles at once, whichever CPU it is.
    static void unthrottle_cfs_rq_async(task_group<Num>& tg, cpu_id cpu) { Kernel::unthrottle_cfs_rq(tg, cpu); }

    /// __cfsb_csd_unthrottle(): the IPI on the throttled CPU (since 6.3).
    static void cfsb_csd_unthrottle(task_group<Num>& tg, cpu_id cpu) {
        const step_scope<Num> rq_lock(tg, step::cfsb_csd_unthrottle, cpu);
        auto& cfs_rq = tg.cfs_rq(cpu);
        cfs_rq.throttled_csd = false;
        if (tg.cfs_bandwidth_used && cfs_rq.throttled)
            Kernel::unthrottle_cfs_rq(tg, cpu);
    }

    /// Whether the period callback has to distribute again, seen after a walk: 6.1 looks at the list.
    [[nodiscard]] static bool still_throttled(const task_group<Num>& tg, const distribute_walk<Num>& /*walk*/) {
        return !tg.cfs_bandwidth.throttled_cfs_rq.empty();
    }
};

} // namespace bwcheck::model::fair

// CPUs that come and go: update_runtime_enabled() and unthrottle_offline_cfs_rqs(), kernel/sched/fair.c, Linux 6.1.
#pragma once

#include "model/step_log.hpp"

namespace bwcheck::model::fair {

template <arithmetic Num, class Kernel>
struct hotplug {
    /// rq_online_fair(): the limit applies on this CPU again. Its old local runtime is still there.
    static void rq_online_fair(task_group<Num>& tg, cpu_id cpu) {
        const step_scope<Num> rq_lock(tg, step::rq_online_fair, cpu);
        auto& cfs_rq = tg.cfs_rq(cpu);
        cfs_rq.online = true;
        Kernel::update_runtime_enabled(tg, cpu);
    }

    static void update_runtime_enabled(task_group<Num>& tg, cpu_id cpu) {
        const bool limited = tg.cfs_bandwidth.quota != runtime_inf;
        tg.cfs_rq(cpu).runtime_enabled = limited;
    }

    /// rq_offline_fair(), and what follows it: the task is moved away.
    static void rq_offline_fair(task_group<Num>& tg, cpu_id cpu) {
        const step_scope<Num> rq_lock(tg, step::rq_offline_fair, cpu);
        auto& cfs_rq = tg.cfs_rq(cpu);
        Kernel::unthrottle_offline_cfs_rqs(tg, cpu);
        cfs_rq.online = false;
        cfs_rq.curr = false;
        cfs_rq.nr_queued = false;
        cfs_rq.throttled_limbo = false;
        cfs_rq.sched_throttle_work = false;
        cfs_rq.unaccounted = 0; // charged to nobody: the limit does not apply here any more
        cfs_rq.in_kernel = 0;
    }

    /// unthrottle_offline_cfs_rqs(): enough runtime not to throttle again, no limit, and out of the list.
    static void unthrottle_offline_cfs_rqs(task_group<Num>& tg, cpu_id cpu) {
        auto& cfs_rq = tg.cfs_rq(cpu);
        if (!cfs_rq.runtime_enabled)
            return;
        cfs_rq.runtime_remaining = 1;
        cfs_rq.runtime_enabled = false;
        if (tg.cfs_bandwidth_used && cfs_rq.throttled)
            Kernel::unthrottle_cfs_rq(tg, cpu);
    }
};

} // namespace bwcheck::model::fair

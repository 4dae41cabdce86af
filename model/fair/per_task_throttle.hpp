// What Linux 6.18 changed: a throttled queue is only marked; its task runs on in the kernel and parks itself when it
// returns to user space. With it, what 6.3 changed: remote CPUs are unthrottled by IPI. kernel/sched/fair.c.
#pragma once

#include "model/fair/distribute.hpp"
#include "model/step_log.hpp"

namespace bwcheck::model::fair {

template <arithmetic Num, class Kernel, class Base>
struct per_task_throttle : Base {
    /// throttle_cfs_rq(), after the append: nothing is dequeued. Whoever runs is told to park by repick_task().
    static void tg_throttle_down(task_group<Num>& tg, cpu_id cpu) { tg.cfs_rq(cpu).throttled_clock = 0; }

    /// pick_task_fair(): a task picked from a throttled queue gets work to do on its return to user space.
    static void repick_task(task_group<Num>& tg, cpu_id cpu) {
        auto& cfs_rq = tg.cfs_rq(cpu);
        if (cfs_rq.throttled && cfs_rq.curr)
            cfs_rq.sched_throttle_work = true;
    }

    /// set_next_task_fair(): a queued task is picked even from a throttled queue.
    static void set_next_task_fair(task_group<Num>& tg, cpu_id cpu) {
        tg.cfs_rq(cpu).curr = true;
        static_cast<void>(Kernel::account_cfs_rq_runtime(tg, cpu, 0));
        Kernel::repick_task(tg, cpu);
    }

    /// throttle_cfs_rq_work(): the task parks itself, unless its queue was unthrottled in the meantime.
    static void exit_to_user_mode(task_group<Num>& tg, cpu_id cpu) {
        const step_scope<Num> rq_lock(tg, step::throttle_cfs_rq_work, cpu);
        auto& cfs_rq = tg.cfs_rq(cpu);
        cfs_rq.sched_throttle_work = false;
        if (!cfs_rq.throttled)
            return;
        tg.log->reached(branch::task_parked);
        static_cast<void>(Kernel::update_curr(tg, cpu));
        cfs_rq.nr_queued = false;
        Kernel::return_cfs_rq_runtime(tg, cpu);
        cfs_rq.curr = false;
        cfs_rq.throttled_limbo = true;
    }

    /// unthrottle_cfs_rq(): refuses while the CPU is in debt.
    static void unthrottle_cfs_rq(task_group<Num>& tg, cpu_id cpu) {
        const auto& cfs_rq = tg.cfs_rq(cpu);
        if (cfs_rq.runtime_enabled && cfs_rq.runtime_remaining <= 0) {
            tg.log->reached(branch::unthrottle_refused);
            return;
        }
        Base::unthrottle_cfs_rq(tg, cpu);
    }

    /// tg_unthrottle_up(): the parked task is enqueued again, which may fetch runtime or throttle anew.
    static void tg_unthrottle_up(task_group<Num>& tg, cpu_id cpu) {
        auto& cfs_rq = tg.cfs_rq(cpu);
        if (!cfs_rq.throttled_limbo)
            return;
        tg.log->reached(branch::task_unparked);
        cfs_rq.throttled_limbo = false;
        cfs_rq.nr_queued = true;
        Kernel::check_enqueue_throttle(tg, cpu);
        Kernel::set_next_task_fair(tg, cpu);
    }

    /// The throttle clock runs from the first parked task to the unthrottle.
    [[nodiscard]] static bool throttle_clock_runs(const cfs_rq<Num>& cfs_rq) { return cfs_rq.throttled_limbo; }

    /// unthrottle_cfs_rq_async(): left to an IPI, so that the timer's CPU need not hold the other's lock for long.
    static void unthrottle_cfs_rq_async(task_group<Num>& tg, cpu_id cpu) { tg.cfs_rq(cpu).throttled_csd = true; }

    /// distribute_cfs_runtime() says itself whether somebody is left; those that wait for their IPI are still listed.
    [[nodiscard]] static bool still_throttled(const task_group<Num>& /*tg*/, const distribute_walk<Num>& walk) {
        return walk.throttled;
    }

    /// unthrottle_offline_cfs_rqs() since 6.14: only a throttled CPU is given runtime.
    static void unthrottle_offline_cfs_rqs(task_group<Num>& tg, cpu_id cpu) {
        auto& cfs_rq = tg.cfs_rq(cpu);
        if (!cfs_rq.runtime_enabled)
            return;
        cfs_rq.runtime_enabled = false;
        if (!tg.cfs_bandwidth_used || !cfs_rq.throttled)
            return;
        cfs_rq.runtime_remaining = 1;
        Kernel::unthrottle_cfs_rq(tg, cpu);
    }
};

} // namespace bwcheck::model::fair

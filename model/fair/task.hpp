// What a task does to the run queue of its CPU: enqueue, dequeue, being put away and picked again. kernel/sched/fair.c
// and core.c, Linux 6.1, for a queue that holds at most one task.
#pragma once

#include "model/step_log.hpp"

namespace bwcheck::model::fair {

template <arithmetic Num, class Kernel>
struct task {
    /// enqueue_task_fair() of a task that wakes up on this CPU, and set_next_task_fair() if it may run.
    static void enqueue_task_fair(task_group<Num>& tg, cpu_id cpu) {
        auto& cfs_rq = tg.cfs_rq(cpu);
        {
            const step_scope<Num> rq_lock(tg, step::enqueue_entity, cpu);
            cfs_rq.nr_queued = true;
            Kernel::check_enqueue_throttle(tg, cpu);
        }
        const step_scope<Num> rq_lock(tg, step::set_next_entity, cpu);
        Kernel::set_next_task_fair(tg, cpu);
    }

    /// set_next_task_fair(): the task executes unless its queue is throttled, and its CPU makes sure of some runtime.
    static void set_next_task_fair(task_group<Num>& tg, cpu_id cpu) {
        auto& cfs_rq = tg.cfs_rq(cpu);
        if (cfs_rq.throttled)
            return;
        cfs_rq.curr = true;
        static_cast<void>(Kernel::account_cfs_rq_runtime(tg, cpu, 0));
    }

    /// dequeue_task_fair() of the running task, which goes to sleep, and put_prev_task_fair().
    static void dequeue_task_fair(task_group<Num>& tg, cpu_id cpu) {
        auto& cfs_rq = tg.cfs_rq(cpu);
        {
            const step_scope<Num> rq_lock(tg, step::dequeue_entity, cpu);
            static_cast<void>(Kernel::update_curr(tg, cpu));
            cfs_rq.nr_queued = false;
            cfs_rq.sched_throttle_work = false;
        }
        {
            const step_scope<Num> rq_lock(tg, step::return_cfs_rq_runtime, cpu);
            Kernel::return_cfs_rq_runtime(tg, cpu);
        }
        const step_scope<Num> rq_lock(tg, step::throttle_cfs_rq, cpu);
        cfs_rq.curr = false;
        static_cast<void>(Kernel::check_cfs_rq_runtime(tg, cpu));
    }

    /// The scheduler's tick, or any other update_curr(), and the reschedule it may ask for.
    static void task_tick_fair(task_group<Num>& tg, cpu_id cpu) {
        bool resched = false;
        {
            const step_scope<Num> rq_lock(tg, step::update_curr, cpu);
            resched = Kernel::update_curr(tg, cpu);
        }
        if (!resched)
            return;
        const step_scope<Num> rq_lock(tg, step::throttle_cfs_rq, cpu);
        static_cast<void>(Kernel::check_cfs_rq_runtime(tg, cpu)); // put_prev_entity(), pick_next_task_fair()
        Kernel::repick_task(tg, cpu);
    }

    /// 6.1: a throttled queue has nothing to pick.
    static void repick_task(task_group<Num>& /*tg*/, cpu_id /*cpu*/) {}

    /// 6.1: nothing is left to do when a task returns to user space.
    static void exit_to_user_mode(task_group<Num>& /*tg*/, cpu_id /*cpu*/) {}
};

} // namespace bwcheck::model::fair

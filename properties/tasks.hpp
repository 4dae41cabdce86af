// Whether tasks run: those that may, and not those that may not.
#pragma once

#include "properties/property.hpp"

namespace bwcheck::properties {

struct unthrottled_runs {
    static constexpr property_info info{
        .id = "unthrottled-runs",
        .statement = "The task of a CPU that is not throttled executes; no task is parked there.",
        .kind = property_kind::invariant,
        .claim = property_claim::requirement,
        .why = "A task that was forgotten when its CPU was unthrottled never runs again.",
        .source = "Documentation/scheduler/sched-bwc.rst, which knows no reason to wait but to be throttled; "
                  "tg_unthrottle_up(), set_next_task_fair()",
        .trigger = "a CPU that is not throttled and has a task",
    };
    template <class Num>
    static verdict_here on_state(const situation<Num>& here) {
        verdict_here verdict;
        for (model::cpu_id cpu = 0; cpu < here.tg.nr_cpus; ++cpu) {
            const auto& cfs_rq = here.tg.cfs_rq(cpu);
            if (cfs_rq.throttled || !cfs_rq.runnable())
                continue;
            verdict = verdict_here::of(cfs_rq.curr && !cfs_rq.throttled_limbo);
            if (verdict.broken())
                break;
        }
        return verdict;
    }
};

struct throttled_task_stops {
    static constexpr property_info info{
        .id = "throttled-task-stops",
        .statement = "A task that executes on a throttled CPU is told to park on its return to user space, and parks "
                     "then.",
        .kind = property_kind::transition,
        .claim = property_claim::requirement,
        .why = "Throttling that stops nobody is none.",
        .source = "Documentation/scheduler/sched-bwc.rst: \"Throttled threads will not be able to run again until the "
                  "next period\"; throttle_cfs_rq(), pick_task_fair(), throttle_cfs_rq_work()",
        .trigger = "a throttled CPU with a task after an event, or a task told to park that returns to user space",
    };
    template <class Num>
    static verdict_here on_transition(const transition<Num>& t) {
        verdict_here verdict;
        for (model::cpu_id cpu = 0; cpu < t.after.nr_cpus; ++cpu) {
            const auto& cfs_rq = t.after.cfs_rq(cpu);
            if (!cfs_rq.throttled || !cfs_rq.runnable())
                continue;
            const bool returned = t.event.kind == model::event_kind::exit_to_user && t.event.cpu == cpu;
            verdict = verdict_here::of(!cfs_rq.curr || (cfs_rq.sched_throttle_work && !returned));
            if (verdict.broken())
                break;
        }
        return verdict;
    }
};

struct tasks_are_conserved {
    static constexpr property_info info{
        .id = "tasks-are-conserved",
        .statement =
            "A CPU has a task after an event exactly if it had one before, unless the task wakes up or goes to "
            "sleep there, or the CPU goes offline.",
        .kind = property_kind::transition,
        .claim = property_claim::requirement,
        .why = "Throttling takes tasks from a queue and puts them back; one that is lost or doubled is a crash.",
        .source = "956dfda6a708: the warning of tasks that are left parked; throttle_cfs_rq_work(), tg_unthrottle_up()",
        .trigger = "any event",
    };
    template <class Num>
    static verdict_here on_transition(const transition<Num>& t) {
        bool same = true;
        for (model::cpu_id cpu = 0; cpu < t.after.nr_cpus; ++cpu) {
            bool has_task = t.before.cfs_rq(cpu).runnable();
            if (t.event.cpu == cpu)
                has_task =
                    t.event.kind == model::event_kind::wake || (has_task && t.event.kind != model::event_kind::sleep &&
                                                                t.event.kind != model::event_kind::offline);
            same = same && t.after.cfs_rq(cpu).runnable() == has_task;
        }
        return verdict_here::of(same);
    }
};

} // namespace bwcheck::properties

// The machine: a revision's functions set in motion by events, and how an operation's steps follow each other. Inside a
// revision's table (make_table.hpp); others call that.
//
// With atomic granularity, which is the only one so far, the steps of an operation run together; pending IPIs are
// delivered at its end.
#pragma once

#include "model/event.hpp"
#include "model/frames.hpp"
#include "model/step_log.hpp"

namespace bwcheck::model {

template <class Kernel>
class machine {
public:
    using num = typename Kernel::num;
    using u64 = typename num::u64;
    using s64 = typename num::s64;

    /// Lets `event` happen; it must be enabled. `request` is what a write event writes. Returns a write's status.
    static status apply(task_group<num>& tg, const event& event, const write_request<num>* request = nullptr) {
        const status result = operate(tg, event, request);
        deliver_ipis(tg);
        return result;
    }

    /// The same, but IPIs stay pending.
    static status operate(task_group<num>& tg, const event& event, const write_request<num>* request = nullptr) {
        tg.log->clear();
        status result = status::ok;
        switch (event.kind) {
        case event_kind::tick:
            pass(tg, u64(event.amount));
            break;
        case event_kind::wake:
            Kernel::enqueue_task_fair(tg, event.cpu);
            break;
        case event_kind::sleep:
            Kernel::dequeue_task_fair(tg, event.cpu);
            break;
        case event_kind::charge:
            Kernel::task_tick_fair(tg, event.cpu);
            break;
        case event_kind::exit_to_user:
            Kernel::exit_to_user_mode(tg, event.cpu);
            break;
        case event_kind::period_timer: {
            fair::period_timer_frame<num> frame;
            frame.stalls = static_cast<int>(event.amount);
            run(tg, frame, [](auto& group, auto& next) { Kernel::sched_cfs_period_timer(group, next); });
            break;
        }
        case event_kind::slack_timer: {
            fair::slack_timer_frame<num> frame;
            run(tg, frame, [](auto& group, auto& next) { Kernel::sched_cfs_slack_timer(group, next); });
            break;
        }
        case event_kind::write:
            result = write(tg, *request);
            break;
        case event_kind::offline:
            Kernel::rq_offline_fair(tg, event.cpu);
            break;
        case event_kind::online:
            Kernel::rq_online_fair(tg, event.cpu);
            break;
        case event_kind::walk:
            Kernel::cfs_schedulable(tg, tg.cfs_bandwidth.period, tg.cfs_bandwidth.quota);
            break;
        case event_kind::read:
        case event_kind::count:
            break;
        }
        return result;
    }

    /// A write event from its first step to its last.
    static status write(task_group<num>& tg, const write_request<num>& request) {
        interface::write_frame<num> frame;
        frame.request = request;
        run(tg, frame, [](auto& group, auto& next) { Kernel::cgroup_file_write(group, next); });
        return frame.result;
    }

private:
    /// Runs an operation's steps to its end. One that does not end, as a faulty revision's may not, is broken off and
    /// said to have run away.
    template <class Frame, class Step>
    static void run(task_group<num>& tg, Frame& frame, Step&& step) {
        constexpr int more_than_enough = 4096;
        for (int steps = 0; frame.next != Frame::at::done; ++steps) {
            if (steps > more_than_enough) {
                tg.log->ran_away();
                return;
            }
            step(tg, frame);
        }
    }

    static void pass(task_group<num>& tg, const u64& delta) {
        Kernel::advance_timers(tg, delta);
        for (cpu_id cpu = 0; cpu < tg.nr_cpus; ++cpu) {
            auto& cfs_rq = tg.cfs_rq(cpu);
            if (cfs_rq.curr)
                cfs_rq.unaccounted += delta;
            if (cfs_rq.curr && cfs_rq.throttled)
                cfs_rq.in_kernel += delta;
            if (Kernel::throttle_clock_runs(cfs_rq))
                cfs_rq.throttled_clock += delta;
        }
    }

    static void deliver_ipis(task_group<num>& tg) {
        for (cpu_id cpu = 0; cpu < tg.nr_cpus; ++cpu)
            if (tg.cfs_rq(cpu).throttled_csd)
                Kernel::cfsb_csd_unthrottle(tg, cpu);
    }
};

} // namespace bwcheck::model

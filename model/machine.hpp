// The machine: a revision's functions set in motion by events. Here is what the environment may do in a state, and how
// an operation's steps follow each other.
//
// With atomic granularity, which is the only one so far, the steps of an operation run together; pending IPIs are
// delivered at its end.
#pragma once

#include "model/event.hpp"
#include "model/fair/period_timer.hpp"
#include "model/fair/slack.hpp"
#include "model/interface/bandwidth.hpp"
#include "model/revision.hpp"

#include <optional>

namespace bwcheck::model {

/// What the environment is allowed. Times in ns.
template <arithmetic Num>
struct environment {
    typename Num::u64 tick{1};            ///< how far the clock moves in one event of the explorer
    typename Num::u64 max_unaccounted{1}; ///< how long a task may execute without being charged
    typename Num::u64
        max_in_kernel{}; ///< how long tasks of a throttled queue may execute in the kernel before they park
    typename Num::u64 max_lateness{}; ///< how late a timer may fire
    int max_stalls = 0;               ///< how often a period callback may find its timer due again
    bool hotplug = false;             ///< CPUs go offline and come back
};

/// The same environment over another family of numbers.
template <arithmetic Num>
[[nodiscard]] constexpr environment<Num> environment_over(const environment<plain>& from) {
    return {.tick = from.tick,
            .max_unaccounted = from.max_unaccounted,
            .max_in_kernel = from.max_in_kernel,
            .max_lateness = from.max_lateness,
            .max_stalls = from.max_stalls,
            .hotplug = from.hotplug};
}

template <class Kernel>
class machine {
public:
    using num = typename Kernel::num;
    using u64 = typename num::u64;
    using s64 = typename num::s64;

    /// Whether `what` can happen in this state. Writes and reads always can, where the file exists.
    [[nodiscard]] static bool enabled(const task_group<num>& tg, const environment<num>& env, const event& what) {
        switch (what.kind) {
        case event_kind::tick:
            return may_pass(tg, env, u64(what.amount));
        case event_kind::wake:
            return tg.cfs_rq(what.cpu).online && !tg.cfs_rq(what.cpu).runnable();
        case event_kind::sleep:
            return tg.cfs_rq(what.cpu).curr;
        case event_kind::charge:
            return tg.cfs_rq(what.cpu).curr && tg.cfs_rq(what.cpu).unaccounted > 0;
        case event_kind::exit_to_user:
            return tg.cfs_rq(what.cpu).sched_throttle_work;
        case event_kind::period_timer:
            return tg.cfs_bandwidth.period_active && tg.cfs_bandwidth.period_timer <= 0;
        case event_kind::slack_timer:
            return tg.cfs_bandwidth.slack_started && tg.cfs_bandwidth.slack_timer <= 0;
        case event_kind::offline:
            return env.hotplug && tg.cfs_rq(what.cpu).online && nr_online(tg) > 1;
        case event_kind::online:
            return env.hotplug && !tg.cfs_rq(what.cpu).online;
        case event_kind::write:
        case event_kind::read:
        case event_kind::walk:
            return true;
        case event_kind::count:
            break;
        }
        return false;
    }

    /// Lets `what` happen; it must be enabled. `request` is what a write event writes. Returns a write's status.
    static status apply(task_group<num>& tg, const event& what, const write_request<num>* request = nullptr) {
        const status result = operate(tg, what, request);
        deliver_ipis(tg);
        return result;
    }

    /// The same, but IPIs stay pending.
    static status operate(task_group<num>& tg, const event& what, const write_request<num>* request = nullptr) {
        tg.log->clear();
        status result = status::ok;
        switch (what.kind) {
        case event_kind::tick:
            pass(tg, u64(what.amount));
            break;
        case event_kind::wake:
            Kernel::enqueue_task_fair(tg, what.cpu);
            break;
        case event_kind::sleep:
            Kernel::dequeue_task_fair(tg, what.cpu);
            break;
        case event_kind::charge:
            Kernel::task_tick_fair(tg, what.cpu);
            break;
        case event_kind::exit_to_user:
            Kernel::exit_to_user_mode(tg, what.cpu);
            break;
        case event_kind::period_timer: {
            fair::period_timer_frame<num> frame;
            frame.stalls = static_cast<int>(what.amount);
            run(tg, frame, [](auto& group, auto& next) { Kernel::sched_cfs_period_timer(group, next); });
            break;
        }
        case event_kind::slack_timer: {
            fair::slack_timer_frame<num> frame;
            run(tg, frame, [](auto& group, auto& next) { Kernel::sched_cfs_slack_timer(group, next); });
            break;
        }
        case event_kind::write: {
            interface::write_frame<num> frame;
            frame.request = *request;
            run(tg, frame, [](auto& group, auto& next) { Kernel::cgroup_file_write(group, next); });
            result = frame.result;
            break;
        }
        case event_kind::offline:
            Kernel::rq_offline_fair(tg, what.cpu);
            break;
        case event_kind::online:
            Kernel::rq_online_fair(tg, what.cpu);
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

    /// Calls visit(event) for everything that can happen and may change the state, in a fixed order; but for writes.
    template <class Visit>
    static void for_each_event(const task_group<num>& tg, const environment<num>& env, Visit&& visit) {
        const auto offer = [&](const event& what) {
            if (enabled(tg, env, what))
                visit(what);
        };
        for (cpu_id cpu = 0; cpu < tg.nr_cpus; ++cpu) {
            for (const event_kind kind : {event_kind::wake, event_kind::sleep, event_kind::charge,
                                          event_kind::exit_to_user, event_kind::offline, event_kind::online})
                offer({.kind = kind, .cpu = cpu});
        }
        for (int stalls = 0; stalls <= env.max_stalls; ++stalls)
            offer({.kind = event_kind::period_timer, .amount = static_cast<std::uint64_t>(stalls)});
        offer({.kind = event_kind::slack_timer});
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

    [[nodiscard]] static int nr_online(const task_group<num>& tg) {
        int count = 0;
        for (cpu_id cpu = 0; cpu < tg.nr_cpus; ++cpu)
            count += tg.cfs_rq(cpu).online ? 1 : 0;
        return count;
    }

    /// Time may pass as long as nobody waits longer than the environment lets them.
    [[nodiscard]] static bool may_pass(const task_group<num>& tg, const environment<num>& env, const u64& delta) {
        const auto& cfs_b = tg.cfs_bandwidth;
        const s64 earliest = -as_s64(env.max_lateness);
        if (cfs_b.period_active && cfs_b.period_timer - as_s64(delta) < earliest)
            return false;
        if (cfs_b.slack_started && cfs_b.slack_timer - as_s64(delta) < earliest)
            return false;
        for (cpu_id cpu = 0; cpu < tg.nr_cpus; ++cpu) {
            const auto& cfs_rq = tg.cfs_rq(cpu);
            if (cfs_rq.curr && cfs_rq.unaccounted + delta > env.max_unaccounted)
                return false;
            if (cfs_rq.curr && cfs_rq.throttled && cfs_rq.in_kernel + delta > env.max_in_kernel)
                return false;
        }
        return true;
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

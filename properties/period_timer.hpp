// The period timer: when it runs, when it expires, and when it may stop.
#pragma once

#include "properties/property.hpp"

#include <fmt/format.h>

namespace bwcheck::properties {

struct timer_keeps_phase {
    static constexpr property_info info{
        .id = "timer-keeps-phase",
        .statement = "A period callback that does not scale moves the expiry by whole periods, to at most one period "
                     "from now, and nr_periods by as many; one that is started keeps its phase and expires within a "
                     "period; and time brings both timers nearer by as much as passes.",
        .kind = property_kind::transition,
        .claim = property_claim::requirement,
        .why = "A refill that comes late, or twice, gives a group another share than its quota.",
        .source = "Documentation/scheduler/sched-bwc.rst: \"refreshed [...] at each period boundary\"; "
                  "hrtimer_forward_now(), start_cfs_bandwidth(), do_sched_cfs_period_timer()",
        .trigger = "a period callback without stalls of a limited group, a period timer that is started, or time that "
                   "passes while a timer runs",
        .shows_statistics = true,
    };
    template <class Num>
    static verdict_here on_transition(const transition<Num>& t) {
        const auto& before = t.before.cfs_bandwidth;
        const auto& after = t.after.cfs_bandwidth;
        const auto period = wide(after.period);
        const auto due = wide(after.period_timer);
        const bool within = due > 0 && due <= period;
        if (t.event.kind == model::event_kind::period_timer && t.event.amount == 0 && limited(t.before)) {
            const auto moved = due - wide(before.period_timer);
            const auto passes = wide(static_cast<std::int64_t>(after.nr_periods - before.nr_periods));
            return verdict_here::of(within && moved == passes * period);
        }
        if (!before.period_active && after.period_active)
            return verdict_here::of(within && (wide(before.period_timer) - due) % period == 0);
        if (t.event.kind == model::event_kind::tick && (before.period_active || before.slack_started)) {
            const auto passed = wide(t.event.amount);
            return verdict_here::of(
                (!before.period_active || due == wide(before.period_timer) - passed) &&
                (!before.slack_started || wide(after.slack_timer) == wide(before.slack_timer) - passed));
        }
        return verdict_here::silent();
    }
    template <class Num>
    static std::string explain(const transition<Num>& t) {
        return fmt::format("With a period of {} ns the time to the next expiry went from {} to {} ns.",
                           t.after.cfs_bandwidth.period, t.before.cfs_bandwidth.period_timer,
                           t.after.cfs_bandwidth.period_timer);
    }
};

struct timer_stops_when_idle {
    static constexpr property_info info{
        .id = "timer-stops-when-idle",
        .statement =
            "The period timer stops exactly if the limit is gone, or nobody is throttled and the group was idle for a "
            "period: whoever takes from the pool ends that, and a tick with nobody throttled begins it.",
        .kind = property_kind::transition,
        .claim = property_claim::requirement,
        .why = "A timer that stops early holds back a quota; one that never stops wakes an idle machine for ever.",
        .source = "f9f9ffc237dd, on when it may not; do_sched_cfs_period_timer(), __assign_cfs_rq_runtime()",
        .trigger = "any event in a limited group, except a write of a configuration or a callback with stalls",
    };
    template <class Num>
    static verdict_here on_transition(const transition<Num>& t) {
        const auto& before = t.before.cfs_bandwidth;
        const auto& after = t.after.cfs_bandwidth;
        if (t.event.kind == model::event_kind::period_timer && t.event.amount == 0) {
            if (!limited(t.before))
                return verdict_here::of(!after.period_active);
            const bool nobody = before.throttled_cfs_rq.empty();
            const bool stops = nobody && before.idle;
            return verdict_here::of(after.period_active == !stops && (stops || taken(t) || after.idle == nobody));
        }
        const bool configures = t.is_write() && !t.is_write_to(model::file::cpu_max_runtime);
        if (t.event.kind == model::event_kind::period_timer || configures || !limited(t.before))
            return verdict_here::silent();
        return verdict_here::of(after.idle == (before.idle && !taken(t)));
    }

private:
    /// Whether a CPU asked the pool, and got something.
    template <class Num>
    [[nodiscard]] static bool taken(const transition<Num>& t) {
        bool some = false;
        for (const auto& step : t.steps()) {
            const bool given = step.function == model::step::distribute_cfs_runtime ||
                               step.function == model::step::cpu_runtime_write_u64 || step.refills > 0;
            some = some || (!given && step.runtime_after < step.runtime_before);
        }
        return some;
    }
};

} // namespace bwcheck::properties

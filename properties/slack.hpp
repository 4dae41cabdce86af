// Slack: what a CPU without tasks gives back, and the timer that gives it to others.
#pragma once

#include "properties/property.hpp"

#include <fmt/format.h>

namespace bwcheck::properties {

struct slack_returned {
    static constexpr property_info info{
        .id = "slack-returned",
        .statement = "A CPU whose task leaves keeps min_cfs_rq_runtime at most, and the rest goes to the pool.",
        .kind = property_kind::transition,
        .claim = property_claim::requirement,
        .why = "Runtime on a CPU that has nothing to run is runtime that others wait for.",
        .source = "Documentation/scheduler/sched-bwc.rst: \"all but 1ms of the slice may be returned to the global "
                  "pool if all threads on that cpu become unrunnable\"; return_cfs_rq_runtime()",
        .trigger = "a task that leaves a CPU where the limit applies",
    };
    template <class Num>
    static verdict_here on_transition(const transition<Num>& t) {
        verdict_here verdict;
        if (!limited(t.before))
            return verdict;
        const auto keeps = as_s64(t.after.constants->min_cfs_rq_runtime);
        for (const auto& step : t.steps()) {
            if (step.function != model::step::return_cfs_rq_runtime || !t.before.cfs_rq(step.cpu).runtime_enabled)
                continue;
            const auto expected = model::min(wide(keeps), wide(step.remaining_before));
            verdict = verdict_here::of(wide(step.remaining_after) == expected &&
                                       wide(step.runtime_after) - wide(step.runtime_before) ==
                                           wide(step.remaining_before) - expected);
        }
        return verdict;
    }
};

struct slack_timer_armed {
    static constexpr property_info info{
        .id = "slack-timer-armed",
        .statement =
            "Slack arms the slack timer exactly if the pool then exceeds a slice, a CPU is throttled and no refill is "
            "near, once; its callback leaves nobody throttled with R > 0, unless a refill is near or R is at most a "
            "slice, and then nothing is handed out.",
        .kind = property_kind::transition,
        .claim = property_claim::requirement,
        .why = "Otherwise CPUs wait for the next period although others have given back what they need.",
        .source = "66567fcbaecac, on when it may not be moved; start_cfs_slack_bandwidth(), do_sched_cfs_slack_timer()",
        .trigger = "a task that leaves a CPU, or a callback of the slack timer, in a limited group",
    };
    template <class Num>
    static verdict_here on_transition(const transition<Num>& t) {
        if (!limited(t.before) || !limited(t.after))
            return verdict_here::silent();
        if (t.event.kind == model::event_kind::slack_timer)
            return on_callback(t);
        for (const auto& step : t.steps())
            if (step.function == model::step::return_cfs_rq_runtime)
                return on_return(t, step);
        return verdict_here::silent();
    }

private:
    template <class Num, class Record>
    static verdict_here on_return(const transition<Num>& t, const Record& step) {
        const auto& limits = *t.after.constants;
        const auto& before = t.before.cfs_bandwidth;
        const auto& after = t.after.cfs_bandwidth;
        // Time stands still during a task's steps, and none of them moves the timer of a group with somebody throttled.
        const bool refill_near =
            wide(before.period_timer) < wide(limits.cfs_bandwidth_slack_period) + wide(limits.min_bandwidth_expiration);
        const bool wanted = step.runtime_after > step.runtime_before &&
                            step.runtime_after > limits.sched_cfs_bandwidth_slice && !before.throttled_cfs_rq.empty() &&
                            !refill_near;
        if (before.slack_started || !wanted)
            return verdict_here::of(after.slack_started == before.slack_started &&
                                    after.slack_timer == before.slack_timer);
        return verdict_here::of(after.slack_started &&
                                wide(after.slack_timer) == wide(limits.cfs_bandwidth_slack_period));
    }
    template <class Num>
    static verdict_here on_callback(const transition<Num>& t) {
        const auto& limits = *t.after.constants;
        const auto& before = t.before.cfs_bandwidth;
        const auto& after = t.after.cfs_bandwidth;
        const bool refill_near = wide(before.period_timer) < wide(limits.min_bandwidth_expiration);
        const bool nothing = refill_near || before.runtime <= limits.sched_cfs_bandwidth_slice;
        const bool handed_out =
            nothing ? after.runtime == before.runtime : after.runtime == 0 || after.throttled_cfs_rq.empty();
        return verdict_here::of(!after.slack_started && handed_out);
    }
};

} // namespace bwcheck::properties

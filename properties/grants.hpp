// What a CPU gets from the pool, and what it is charged for.
#pragma once

#include "properties/property.hpp"

#include <fmt/format.h>

namespace bwcheck::properties {

struct grant_exact {
    static constexpr property_info info{
        .id = "grant-exact",
        .statement = "A CPU that runs out fills up to a slice, one that is about to throttle or is served by a "
                     "distribution to 1 ns, and so, where charging throttles, one whose task arrives; or it gets all "
                     "there is.",
        .kind = property_kind::transition,
        .claim = property_claim::requirement,
        .why = "More takes from the other CPUs, less makes a CPU come back at once, or throttle in vain.",
        .source =
            "Documentation/scheduler/sched-bwc.rst: \"The amount transferred each time such an update is required is "
            "described as the 'slice'\"; e98fa02c4f2e; __assign_cfs_rq_runtime(), distribute_cfs_runtime()",
        .trigger = "a step in which a CPU of a limited group gets something from the pool",
    };
    template <class Num>
    static verdict_here on_transition(const transition<Num>& t) {
        verdict_here verdict;
        if (!limited(t.before) || !limited(t.after))
            return verdict;
        for (const auto& step : t.steps()) {
            const auto target = target_of(step, t.after);
            if (target < 0 || !(step.runtime_after < step.runtime_before))
                continue;
            verdict = verdict_here::of(wide(step.remaining_after) == target ||
                                       (step.runtime_after == 0 && wide(step.remaining_after) < target));
            if (verdict.broken())
                break;
        }
        return verdict;
    }
    template <class Num>
    static std::string explain(const transition<Num>& t) {
        for (const auto& step : t.steps())
            if (target_of(step, t.after) >= 0 && step.runtime_after < step.runtime_before)
                return fmt::format("In {}() the runtime of cpu{} went from {} to {} ns, and the pool from {} to {} ns.",
                                   to_string(step.function), step.cpu, step.remaining_before, step.remaining_after,
                                   step.runtime_before, step.runtime_after);
        return "";
    }

private:
    /// What a CPU has after a step that takes from the pool, ns; -1 if the step is none that takes.
    template <class Num>
    [[nodiscard]] static auto target_of(const model::step_record<Num>& step, const model::task_group<Num>& tg) {
        const auto slice = wide(tg.constants->sched_cfs_bandwidth_slice);
        switch (step.function) {
        case model::step::enqueue_entity: // nobody executes yet
            return tg.kernel->throttles_where_charged ? decltype(slice)(1) : slice;
        case model::step::update_curr:
        case model::step::set_next_entity:
        case model::step::dequeue_entity:
            return slice;
        case model::step::throttle_cfs_rq:
        case model::step::distribute_cfs_runtime:
            return decltype(slice)(1);
        default:
            return decltype(slice)(-1);
        }
    }
};

struct charged_once {
    static constexpr property_info info{
        .id = "charged-once",
        .statement =
            "A CPU is charged for what it has executed, all of it, once, where the limit applies; one that goes "
            "offline owes nothing.",
        .kind = property_kind::transition,
        .claim = property_claim::requirement,
        .why = "What is charged twice is taken from the group, what is not charged from everybody else.",
        .source = "Documentation/scheduler/sched-bwc.rst: quota is transferred \"as threads consume this bandwidth\"; "
                  "update_curr(), account_cfs_rq_runtime()",
        .trigger = "a task that is charged, leaves or parks, or a CPU that goes offline",
    };
    template <class Num>
    static verdict_here on_transition(const transition<Num>& t) {
        if (t.event.kind == model::event_kind::offline)
            return verdict_here::of(t.after.cfs_rq(t.event.cpu).unaccounted == 0 &&
                                    t.after.cfs_rq(t.event.cpu).in_kernel == 0);
        if (t.event.kind != model::event_kind::charge && t.event.kind != model::event_kind::sleep &&
            t.event.kind != model::event_kind::exit_to_user)
            return verdict_here::silent();
        const auto& was = t.before.cfs_rq(t.event.cpu);
        const auto& is = t.after.cfs_rq(t.event.cpu);
        auto charged = wide(std::uint64_t{0});
        for (const auto& step : t.steps())
            charged += wide(step.consumed);
        const bool applies = t.before.cfs_bandwidth_used && was.runtime_enabled;
        const bool parks_not = t.event.kind == model::event_kind::exit_to_user && !was.throttled;
        if (parks_not)
            return verdict_here::of(is.unaccounted == was.unaccounted && charged == 0);
        return verdict_here::of(is.unaccounted == 0 && charged == (applies ? wide(was.unaccounted) : 0));
    }
};

struct runs_only_with_runtime {
    static constexpr property_info info{
        .id = "runs-only-with-runtime",
        .statement =
            "A CPU that has been charged, or whose task has just arrived or left, has local runtime or is throttled, "
            "where the limit applies; and it is not throttled if it had. One that is unthrottled by a timer has some.",
        .kind = property_kind::transition,
        .claim = property_claim::requirement,
        .why = "It is the limit.",
        .source = "Documentation/scheduler/sched-bwc.rst: \"Once all quota has been assigned any additional requests "
                  "for quota will result in those threads being throttled\"; account_cfs_rq_runtime(), "
                  "check_cfs_rq_runtime(), check_enqueue_throttle()",
        .trigger = "a task that is charged, arrives or leaves where the limit applies, or a CPU that is unthrottled",
    };
    template <class Num>
    static verdict_here on_transition(const transition<Num>& t) {
        if (t.event.kind == model::event_kind::period_timer || t.event.kind == model::event_kind::slack_timer)
            return on_timer(t);
        if (t.event.kind != model::event_kind::charge && t.event.kind != model::event_kind::wake &&
            t.event.kind != model::event_kind::sleep)
            return verdict_here::silent();
        const auto& was = t.before.cfs_rq(t.event.cpu);
        const auto& is = t.after.cfs_rq(t.event.cpu);
        if (!t.before.cfs_bandwidth_used || !was.runtime_enabled || was.throttled)
            return verdict_here::silent();
        return verdict_here::of(is.throttled == (is.runtime_remaining <= 0));
    }

private:
    template <class Num>
    static verdict_here on_timer(const transition<Num>& t) {
        verdict_here verdict;
        for (model::cpu_id cpu = 0; cpu < t.after.nr_cpus; ++cpu) {
            if (!t.before.cfs_rq(cpu).throttled || t.after.cfs_rq(cpu).throttled)
                continue;
            verdict = verdict_here::of(t.after.cfs_rq(cpu).runtime_remaining > 0);
            if (verdict.broken())
                break;
        }
        return verdict;
    }
};

} // namespace bwcheck::properties

// Throttled CPUs: the list, their debt, and the timer that is to release them.
#pragma once

#include "properties/property.hpp"

#include <fmt/format.h>

#include <array>

namespace bwcheck::properties {

struct throttled_iff_listed {
    static constexpr property_info info{
        .id = "throttled-iff-listed",
        .statement = "Outside a step, a CPU is marked throttled exactly if it is on the throttled list.",
        .kind = property_kind::invariant,
        .claim = property_claim::requirement,
        .why =
            "A CPU that is marked but not listed is never served; one that is listed but not marked is served twice.",
        .source = "struct cfs_bandwidth: throttled_cfs_rq, the list of those to release; throttle_cfs_rq(), "
                  "unthrottle_cfs_rq()",
        .trigger = "a CPU that is throttled",
    };
    template <class Num>
    static verdict_here on_state(const situation<Num>& here) {
        const auto& list = here.tg.cfs_bandwidth.throttled_cfs_rq;
        int marked = 0;
        bool agree = true;
        for (model::cpu_id cpu = 0; cpu < here.tg.nr_cpus; ++cpu) {
            const bool throttled = here.tg.cfs_rq(cpu).throttled;
            marked += throttled ? 1 : 0;
            agree = agree && throttled == list.contains(cpu);
        }
        if (marked == 0 && list.empty())
            return verdict_here::silent();
        return verdict_here::of(agree && marked == list.size());
    }
};

struct throttled_in_debt {
    static constexpr property_info info{
        .id = "throttled-in-debt",
        .statement = "A throttled CPU has L <= 0 except between its grant and its unthrottle.",
        .kind = property_kind::invariant,
        .claim = property_claim::requirement,
        .why = "Distribution computes 1 - L in unsigned arithmetic; with L > 1 it takes the whole pool (5e2d2cc2588b).",
        .source = "5e2d2cc2588b: the warning in distribute_cfs_runtime()",
        .trigger = "a throttled CPU",
    };
    template <class Num>
    static verdict_here on_state(const situation<Num>& here) {
        verdict_here verdict;
        for (model::cpu_id cpu = 0; cpu < here.tg.nr_cpus; ++cpu) {
            const auto& cfs_rq = here.tg.cfs_rq(cpu);
            if (!cfs_rq.throttled || cfs_rq.throttled_csd)
                continue;
            verdict = verdict_here::of(cfs_rq.runtime_remaining <= 0);
            if (verdict.broken())
                break;
        }
        return verdict;
    }
};

struct timer_runs_while_throttled {
    static constexpr property_info info{
        .id = "timer-runs-while-throttled",
        .statement = "While any CPU is throttled with finite Q, the period timer is armed or its callback runs.",
        .kind = property_kind::invariant,
        .claim = property_claim::requirement,
        .why = "Without the timer nobody releases the CPU (f9f9ffc237dd, d49db342f0e2).",
        .source = "f9f9ffc237dd, d49db342f0e2; throttle_cfs_rq(), do_sched_cfs_period_timer()",
        .trigger = "a throttled CPU in a limited group",
    };
    template <class Num>
    static verdict_here on_state(const situation<Num>& here) {
        if (!limited(here.tg) || here.tg.cfs_bandwidth.throttled_cfs_rq.empty())
            return verdict_here::silent();
        return verdict_here::of(here.tg.cfs_bandwidth.period_active);
    }
};

struct distribution_terminates {
    static constexpr property_info info{
        .id = "distribution-terminates",
        .statement = "A timer callback visits each throttled CPU at most once for each refill that it makes.",
        .kind = property_kind::number,
        .claim = property_claim::requirement,
        .why = "A callback that goes round and round is a hard lockup (2e8e19226398).",
        .source = "2e8e19226398: \"Limit sched_cfs_period_timer() loop to avoid hard lockup\"; "
                  "do_sched_cfs_period_timer(), distribute_cfs_runtime()",
        .trigger = "a distribution",
    };
    /// Visits of one CPU, at most.
    template <class Num>
    static verdict_here on_transition(const transition<Num>& t) {
        std::array<std::int64_t, Num::max_cpus> visits{};
        std::int64_t refills = 0;
        std::int64_t most = 0;
        for (const auto& step : t.steps()) {
            refills += step.refills;
            if (step.function == model::step::distribute_cfs_runtime)
                most = std::max(most, ++visits[static_cast<std::size_t>(step.cpu)]);
        }
        if (t.after.log->has_run_away())
            return verdict_here::of(false);
        if (most == 0)
            return verdict_here::silent();
        return verdict_here::measured(most, std::max<std::int64_t>(refills, 1));
    }
    template <class Num>
    static std::string explain(const transition<Num>& t) {
        return t.after.log->has_run_away() ? "The operation was broken off after thousands of steps." : "";
    }
};

struct unthrottle_does_not_throttle {
    static constexpr property_info info{
        .id = "unthrottle-does-not-throttle",
        .statement = "No CPU is throttled in the step that unthrottles it.",
        .kind = property_kind::transition,
        .claim = property_claim::requirement,
        .why = "The walk that enqueues its parked tasks is then half done, over a list that changes under it "
               "(956dfda6a708).",
        .source = "956dfda6a708: \"Prevent cfs_rq from being unthrottled with zero runtime_remaining\"; "
                  "tg_unthrottle_up(), tg_throttle_down()",
        .trigger = "a step that may unthrottle a CPU: of a distribution, an IPI, a write or a CPU that goes offline",
    };
    template <class Num>
    static verdict_here on_transition(const transition<Num>& t) {
        verdict_here verdict;
        for (const auto& step : t.steps()) {
            if (!may_unthrottle(step.function) || !t.before.cfs_rq(step.cpu).throttled)
                continue;
            verdict = verdict_here::of(!step.appended);
            if (verdict.broken())
                break;
        }
        return verdict;
    }

private:
    [[nodiscard]] static bool may_unthrottle(model::step step) {
        return step == model::step::distribute_cfs_runtime || step == model::step::cfsb_csd_unthrottle ||
               step == model::step::tg_set_cfs_bandwidth_cpu || step == model::step::rq_offline_fair;
    }
};

struct no_stale_charge {
    static constexpr property_info info{
        .id = "no-stale-charge",
        .statement =
            "What a CPU executed before it is unthrottled does not use up the runtime that it is unthrottled with.",
        .kind = property_kind::transition,
        .claim = property_claim::requirement,
        .why = "Otherwise it is throttled at once by the next charge, and distribution has paid too little "
               "(28ad5427682b).",
        .source = "28ad5427682b; distribute_cfs_runtime(), unthrottle_cfs_rq()",
        .trigger = "a CPU that is unthrottled and on which the limit applies, even if it is throttled again at once",
    };
    template <class Num>
    static verdict_here on_transition(const transition<Num>& t) {
        verdict_here verdict;
        for (model::cpu_id cpu = 0; cpu < t.after.nr_cpus; ++cpu) {
            if (!unthrottled(t, cpu))
                continue;
            verdict = verdict_here::of(!owes_too_much(t.after.cfs_rq(cpu)));
            if (verdict.broken())
                return verdict;
        }
        for (const auto& step : t.steps()) {
            if (!throttled_again(t, step))
                continue;
            verdict = verdict_here::of(!used_up_by_charge(step));
            if (verdict.broken())
                break;
        }
        return verdict;
    }
    template <class Num>
    static std::string explain(const transition<Num>& t) {
        for (const auto& step : t.steps())
            if (throttled_again(t, step) && used_up_by_charge(step))
                return fmt::format("CPU {} is unthrottled, charged for {} ns that it executed before, and throttled "
                                   "again with {} ns.",
                                   step.cpu, step.consumed, step.remaining_after);
        for (model::cpu_id cpu = 0; cpu < t.after.nr_cpus; ++cpu) {
            const auto& is = t.after.cfs_rq(cpu);
            if (unthrottled(t, cpu) && owes_too_much(is))
                return fmt::format("CPU {} is unthrottled with {} ns, and has {} ns to be charged for yet.", cpu,
                                   is.runtime_remaining, is.unaccounted);
        }
        return "";
    }

private:
    template <class Num>
    [[nodiscard]] static bool unthrottled(const transition<Num>& t, model::cpu_id cpu) {
        const auto& is = t.after.cfs_rq(cpu);
        return t.before.cfs_rq(cpu).throttled && !is.throttled && is.runtime_enabled;
    }
    /// A CPU that was throttled before the event and joins the list in it has been unthrottled in between.
    template <class Num>
    [[nodiscard]] static bool throttled_again(const transition<Num>& t, const model::step_record<Num>& step) {
        return step.appended && t.before.cfs_rq(step.cpu).throttled;
    }
    /// Without the charge it would have had runtime, and no reason to throttle.
    template <class Record>
    [[nodiscard]] static bool used_up_by_charge(const Record& step) {
        return step.consumed != 0 && wide(step.remaining_after) + wide(step.consumed) > 0;
    }
    template <class Num>
    [[nodiscard]] static bool owes_too_much(const model::cfs_rq<Num>& cfs_rq) {
        return cfs_rq.unaccounted != 0 && wide(cfs_rq.unaccounted) >= wide(cfs_rq.runtime_remaining);
    }
};

struct callback_lengthens_period {
    static constexpr property_info info{
        .id = "callback-lengthens-period",
        .statement =
            "A period callback doubles the period in every fourth pass, unless it would reach its maximum, and "
            "leaves it alone otherwise.",
        .kind = property_kind::transition,
        .claim = property_claim::requirement,
        .why = "Otherwise it goes round for ever where a period is shorter than a pass: a hard lockup (2e8e19226398).",
        .source = "2e8e19226398: \"Limit sched_cfs_period_timer() loop to avoid hard lockup\"",
        .trigger = "a period callback",
    };
    template <class Num>
    static verdict_here on_transition(const transition<Num>& t) {
        constexpr std::uint64_t passes_to_scale = 4;
        if (t.event.kind != model::event_kind::period_timer)
            return verdict_here::silent();
        const std::uint64_t passes = t.event.amount + 1; // it is due once, and once more after each stall
        auto period = wide(t.before.cfs_bandwidth.period);
        for (std::uint64_t pass = passes_to_scale; pass <= passes; pass += passes_to_scale)
            if (2 * period < wide(t.before.constants->max_cfs_quota_period))
                period *= 2;
        return verdict_here::of(wide(t.after.cfs_bandwidth.period) == period);
    }
};

} // namespace bwcheck::properties

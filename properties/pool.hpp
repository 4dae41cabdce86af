// The global pool: its cap, and that nothing is made or lost.
#pragma once

#include "properties/property.hpp"

#include <fmt/format.h>

namespace bwcheck::properties {

struct runtime_capped {
    static constexpr property_info info{
        .id = "runtime-capped",
        .statement = "R <= Q + B at every moment.",
        .kind = property_kind::invariant,
        .claim = property_claim::requirement,
        .why = "The cap is what a group may consume at once; beyond it, a burst is longer than configured.",
        .source = "PATCH 1/2: \"the per-period runtime cap\"",
        .trigger = "a limited group",
    };
    template <class Num>
    static verdict_here on_state(const situation<Num>& here) {
        if (!limited(here.tg))
            return verdict_here::silent();
        return verdict_here::of(wide(here.tg.cfs_bandwidth.runtime) <= cap_of(here.tg));
    }
    template <class Num>
    static std::string explain(const situation<Num>& here) {
        const auto& cfs_b = here.tg.cfs_bandwidth;
        return fmt::format("The pool holds {} ns, but quota + burst is {} + {} ns.", cfs_b.runtime, cfs_b.quota,
                           cfs_b.burst);
    }
};

struct runtime_capped_at_refill {
    static constexpr property_info info{
        .id = "runtime-capped-at-refill",
        .statement = "R <= Q + B right after every refill.",
        .kind = property_kind::transition,
        .claim = property_claim::requirement,
        .why = "Whatever put the pool above its cap, the next refill has to end it.",
        .source = "PATCH 1/2: \"the refill restores only quota (capped at quota + burst)\"",
        .trigger = "a refill",
        .shows_statistics = true,
    };
    template <class Num>
    static verdict_here on_transition(const transition<Num>& t) {
        verdict_here verdict;
        for (const auto& step : t.steps()) {
            if (step.refills == 0)
                continue;
            // Scaling inside the callback only raises the cap that this refill was held to.
            verdict = verdict_here::of(wide(step.runtime_after) <= cap_of(t.after));
            if (verdict.broken())
                break;
        }
        return verdict;
    }
};

struct refill_exact {
    static constexpr property_info info{
        .id = "refill-exact",
        .statement = "After a refill R is min(old R + Q, Q + B) in unbounded integers, and S = R.",
        .kind = property_kind::transition,
        .claim = property_claim::requirement,
        .why = "This is the token bucket; everything else relies on it.",
        .source = "PATCH 1/2; __refill_cfs_bandwidth_runtime()",
        .trigger = "a refill, by timer or by a write, that no scaling of the period precedes in the same callback",
        .shows_statistics = true,
    };
    template <class Num>
    static verdict_here on_transition(const transition<Num>& t) {
        // The fourth pass of a callback scales when it is done; what follows it refills with another quota.
        constexpr std::uint64_t last_pass = 3;
        const bool scaled = t.reached(model::branch::period_scaled);
        if (scaled && t.event.amount != last_pass)
            return verdict_here::silent();
        const auto& in_force = scaled ? t.before : t.after;
        verdict_here verdict;
        bool snapped = true;
        for (const auto& step : t.steps()) {
            if (step.refills == 0)
                continue;
            auto expected = wide(step.runtime_before);
            for (int refill = 0; refill < step.refills; ++refill)
                expected = model::min(expected + wide(in_force.cfs_bandwidth.quota), cap_of(in_force));
            verdict = verdict_here::of(wide(step.runtime_after) == expected);
            if (verdict.broken())
                return verdict;
            snapped = wide(t.after.cfs_bandwidth.runtime_snap) == expected;
        }
        return snapped ? verdict : verdict_here::of(false);
    }
    template <class Num>
    static std::string explain(const transition<Num>& t) {
        const auto& cfs_b = t.after.cfs_bandwidth;
        return fmt::format(
            "With quota {} ns and burst {} ns (their sum is computed modulo 2^64), {} ns in the pool became {} "
            "ns (snapshot {} ns).",
            cfs_b.quota, cfs_b.burst, t.before.cfs_bandwidth.runtime, cfs_b.runtime, cfs_b.runtime_snap);
    }
};

struct conservation {
    static constexpr property_info info{
        .id = "conservation",
        .statement =
            "Runtime is neither made nor lost, in the pool or on any CPU, except by refill, cap, the writes' own "
            "effects, and consumption.",
        .kind = property_kind::transition,
        .claim = property_claim::requirement,
        .why =
            "Runtime that appears is CPU time nobody granted; runtime that vanishes throttles a group below its quota.",
        .source = "Documentation/scheduler/sched-bwc.rst: unassigned quota \"is globally tracked\", and transferred "
                  "\"as threads consume\" it; assign, distribute and slack return in kernel/sched/fair.c",
        .trigger = "a step that is neither a refill nor a write, on a limited group",
    };
    template <class Num>
    static verdict_here on_transition(const transition<Num>& t) {
        if (!limited(t.before) || !limited(t.after))
            return verdict_here::silent();
        verdict_here verdict;
        for (const auto& step : t.steps()) {
            if (exempt(step))
                continue;
            verdict = verdict_here::of(made_by(step) + wide(step.consumed) == 0);
            if (verdict.broken())
                return verdict;
        }
        return beside_the_steps(t) == 0 ? verdict : verdict_here::of(false);
    }
    template <class Num>
    static std::string explain(const transition<Num>& t) {
        for (const auto& step : t.steps()) {
            const auto made = made_by(step) + wide(step.consumed);
            if (!exempt(step) && made != 0)
                return fmt::format("In {}() on cpu{}, {}: the pool went from {} to {} ns, the CPU's runtime from {} to "
                                   "{} ns, and {} ns were consumed.",
                                   to_string(step.function), step.cpu, amount(made), step.runtime_before,
                                   step.runtime_after, step.remaining_before, step.remaining_after, step.consumed);
        }
        std::string cpus;
        for (model::cpu_id cpu = 0; cpu < t.after.nr_cpus; ++cpu)
            if (t.before.cfs_rq(cpu).runtime_remaining != t.after.cfs_rq(cpu).runtime_remaining)
                cpus += fmt::format(", that of cpu{} from {} to {} ns", cpu, t.before.cfs_rq(cpu).runtime_remaining,
                                    t.after.cfs_rq(cpu).runtime_remaining);
        return fmt::format(
            "Beside what the steps of this event did to the pool and to their own CPUs, {}: the pool went from {} to "
            "{} ns{}.",
            amount(beside_the_steps(t)), t.before.cfs_bandwidth.runtime, t.after.cfs_bandwidth.runtime, cpus);
    }

private:
    template <class Record>
    [[nodiscard]] static bool exempt(const Record& step) {
        return step.refills > 0 || step.function == model::step::tg_set_cfs_bandwidth ||
               step.function == model::step::tg_set_cfs_bandwidth_cpu ||
               step.function == model::step::cpu_runtime_write_u64;
    }
    /// By how much a step raised the pool and the runtime of the CPU that it names, ns.
    template <class Record>
    [[nodiscard]] static auto made_by(const Record& step) {
        return wide(step.runtime_after) + wide(step.remaining_after) -
               (wide(step.runtime_before) + wide(step.remaining_before));
    }
    /// By how much the whole event raised the pool and the runtime of all CPUs, beyond what its steps say, ns. What no
    /// step touched is the same number before and after, to a proof as well.
    template <class Num>
    [[nodiscard]] static auto beside_the_steps(const transition<Num>& t) {
        auto made = wide(t.after.cfs_bandwidth.runtime) - wide(t.before.cfs_bandwidth.runtime);
        for (model::cpu_id cpu = 0; cpu < t.after.nr_cpus; ++cpu)
            made += wide(t.after.cfs_rq(cpu).runtime_remaining) - wide(t.before.cfs_rq(cpu).runtime_remaining);
        for (const auto& step : t.steps())
            made -= made_by(step);
        return made;
    }
    [[nodiscard]] static std::string amount(const model::int128& made) {
        return fmt::format("{} ns {}", saturated(made < 0 ? -made : made),
                           made < 0 ? "were lost" : "came from nowhere");
    }
};

struct append_leaves_pool_empty {
    static constexpr property_info info{
        .id = "append-leaves-pool-empty",
        .statement = "The step that throttles a CPU leaves R = 0.",
        .kind = property_kind::transition,
        .claim = property_claim::requirement,
        .why = "A CPU that throttles although there is runtime waits for a whole period in vain (e98fa02c4f2e).",
        .source = "e98fa02c4f2e: \"Eliminate bandwidth race between throttling and distribution\"; throttle_cfs_rq()",
        .trigger = "a CPU that throttles",
    };
    template <class Num>
    static verdict_here on_transition(const transition<Num>& t) {
        verdict_here verdict;
        for (const auto& step : t.steps()) {
            if (!step.appended)
                continue;
            verdict = verdict_here::of(step.runtime_after == 0);
            if (verdict.broken())
                break;
        }
        return verdict;
    }
};

} // namespace bwcheck::properties

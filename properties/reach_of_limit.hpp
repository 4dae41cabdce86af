// Where a limit applies, and since when.
#pragma once

#include "properties/property.hpp"

#include <fmt/format.h>

namespace bwcheck::properties {

struct limit_applies_everywhere {
    static constexpr property_info info{
        .id = "limit-applies-everywhere",
        .statement =
            "Outside a write, the limit applies on every CPU that is online exactly if Q is finite, and so does "
            "the static key.",
        .kind = property_kind::invariant,
        .claim = property_claim::requirement,
        .why = "A CPU on which it does not apply runs for nothing; one on which it does without a quota never stops "
               "asking for runtime.",
        .source = "Documentation/scheduler/sched-bwc.rst: \"Writing any (valid) positive value(s) will enact the "
                  "specified bandwidth limit\"; tg_set_cfs_bandwidth(), update_runtime_enabled()",
        .trigger = "any state",
    };
    template <class Num>
    static verdict_here on_state(const situation<Num>& here) {
        const bool finite = limited(here.tg);
        bool agree = here.tg.cfs_bandwidth_used == finite;
        for (model::cpu_id cpu = 0; cpu < here.tg.nr_cpus; ++cpu)
            agree = agree && (!here.tg.cfs_rq(cpu).online || here.tg.cfs_rq(cpu).runtime_enabled == finite);
        return verdict_here::of(agree);
    }
};

struct write_ends_old_allowance {
    static constexpr property_info info{
        .id = "write-ends-old-allowance",
        .statement = "After a write of a configuration no CPU where it applies holds more than 1 ns, or owes anything, "
                     "from before it, beside what it takes from the new pool; and none is throttled while the pool has "
                     "some.",
        .kind = property_kind::transition,
        .claim = property_claim::requirement,
        .why = "A smaller quota is meant now; debts of the larger one are not its business.",
        .source = "Documentation/scheduler/sched-bwc.rst: \"Any updates to a group's bandwidth specification will "
                  "result in it becoming unthrottled\"; tg_set_cfs_bandwidth(), 956dfda6a708",
        .trigger = "an accepted write to cpu.max or cpu.max.burst that reaches a CPU",
    };
    template <class Num>
    static verdict_here on_transition(const transition<Num>& t) {
        if (!t.accepted() || t.request->file == model::file::cpu_max_runtime)
            return verdict_here::silent();
        verdict_here verdict;
        for (const auto& step : t.steps()) {
            if (step.function != model::step::tg_set_cfs_bandwidth_cpu)
                continue;
            const auto held = wide(step.remaining_after) - fetched(step);
            verdict = verdict_here::of(held >= 0 && held <= 1 && !waits_for_nothing(t, step));
            if (verdict.broken())
                break;
        }
        return verdict;
    }
    template <class Num>
    static std::string explain(const transition<Num>& t) {
        for (const auto& step : t.steps()) {
            if (step.function != model::step::tg_set_cfs_bandwidth_cpu)
                continue;
            const auto held = wide(step.remaining_after) - fetched(step);
            if (held < 0 || held > 1)
                return fmt::format("The write leaves cpu{} with {} ns, of which {} ns are from the new pool.", step.cpu,
                                   step.remaining_after, saturated(fetched(step)));
            if (waits_for_nothing(t, step))
                return fmt::format("The write leaves {} ns in the pool when it has reached cpu{}, which is throttled "
                                   "still when it returns.",
                                   step.runtime_after, step.cpu);
        }
        return "";
    }

private:
    /// What was parked on the CPU may take a slice of the new pool in the step that reaches it, ns.
    template <class Num>
    [[nodiscard]] static auto fetched(const model::step_record<Num>& step) {
        const auto taken = wide(step.runtime_before) - wide(step.runtime_after);
        return taken > 0 ? taken : decltype(taken)(0);
    }
    template <class Num>
    [[nodiscard]] static bool waits_for_nothing(const transition<Num>& t, const model::step_record<Num>& step) {
        return limited(t.after) && step.runtime_after > 0 && t.after.cfs_rq(step.cpu).throttled;
    }
};

struct offline_ends_throttle {
    static constexpr property_info info{
        .id = "offline-ends-throttle",
        .statement = "A throttled CPU that goes offline is unthrottled, and left with 1 ns.",
        .kind = property_kind::transition,
        .claim = property_claim::requirement,
        .why = "Its tasks have to leave; in debt, or without any runtime, it would throttle again on the way.",
        .source = "af98d8a36a96; unthrottle_offline_cfs_rqs()",
        .trigger = "a throttled CPU that goes offline",
    };
    template <class Num>
    static verdict_here on_transition(const transition<Num>& t) {
        if (t.event.kind != model::event_kind::offline || !t.before.cfs_rq(t.event.cpu).throttled)
            return verdict_here::silent();
        const auto& is = t.after.cfs_rq(t.event.cpu);
        return verdict_here::of(!is.throttled && is.runtime_remaining == 1);
    }
};

} // namespace bwcheck::properties

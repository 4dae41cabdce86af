// The counters of cpu.stat: that they count what their names say.
#pragma once

#include "properties/property.hpp"

#include <fmt/format.h>

namespace bwcheck::properties {

struct burst_statistics_true {
    static constexpr property_info info{
        .id = "burst-statistics-true",
        .statement = "nr_bursts and burst_usec count exactly the consumption above Q since the previous refill "
                     "(consumption: what "
                     "CPUs took from the pool, less what they returned).",
        .kind = property_kind::transition,
        .why = "Who sizes a burst by these counters must not be told of bursts that never were.",
        .source = "__refill_cfs_bandwidth_runtime(), since 5.16",
        .trigger = "a refill of a limited group",
        .needs = history_burst,
    };
    template <class Kernel>
    static verdict_here on_transition(const transition<Kernel>& t) {
        if (t.what.amount != 0 && t.what.kind == model::event_kind::period_timer)
            return verdict_here::silent(); // several refills in one callback
        const auto expected = burst_of(t);
        if (expected < 0)
            return verdict_here::silent();
        const auto& before = t.before.cfs_bandwidth;
        const auto& after = t.after.cfs_bandwidth;
        return verdict_here::of(wide(after.burst_time) - wide(before.burst_time) == expected &&
                                after.nr_burst - before.nr_burst == (expected > 0 ? 1 : 0));
    }
    template <class Kernel>
    static std::string explain(const transition<Kernel>& t) {
        return fmt::format(
            "CPUs took {} ns from the pool since the previous refill, with a quota of {} ns; the refill counted a "
            "burst of {} ns.",
            t.past.taken, quota_at_refill(t), t.after.cfs_bandwidth.burst_time - t.before.cfs_bandwidth.burst_time);
    }

private:
    /// A write refills with the quota that it has just set; the timer with the one that it may scale afterwards.
    template <class Kernel>
    [[nodiscard]] static auto quota_at_refill(const transition<Kernel>& t) {
        return t.is_write() ? t.after.cfs_bandwidth.quota : t.before.cfs_bandwidth.quota;
    }
    /// Consumption above the quota at this event's refill; -1 if it has none.
    template <class Kernel>
    [[nodiscard]] static model::int128 burst_of(const transition<Kernel>& t) {
        for (const auto& step : t.steps())
            if (step.refills > 0)
                return std::max<model::int128>(wide(t.past.taken) - wide(quota_at_refill(t)), 0);
        return -1;
    }
};

struct throttle_statistics_true {
    static constexpr property_info info{
        .id = "throttle-statistics-true",
        .statement = "nr_throttled counts exactly the periods in which a CPU was throttled.",
        .kind = property_kind::transition,
        .why = "nr_throttled / nr_periods is the number by which people size their quota.",
        .source = "do_sched_cfs_period_timer()",
        .trigger = "a period that ends",
        .needs = history_throttle,
    };
    template <class Kernel>
    static verdict_here on_transition(const transition<Kernel>& t) {
        const auto periods = t.after.cfs_bandwidth.nr_periods - t.before.cfs_bandwidth.nr_periods;
        if (t.what.kind != model::event_kind::period_timer || periods != 1)
            return verdict_here::silent();
        return verdict_here::of(t.after.cfs_bandwidth.nr_throttled - t.before.cfs_bandwidth.nr_throttled ==
                                (t.past.throttled_this_period ? 1 : 0));
    }
    template <class Kernel>
    static std::string explain(const transition<Kernel>& t) {
        return t.past.throttled_this_period
                   ? "A CPU was throttled in the period that ends here, but none is now, and so the period is not "
                     "counted."
                   : "No CPU was throttled in the period that ends here, and yet it is counted.";
    }
};

} // namespace bwcheck::properties

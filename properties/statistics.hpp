// The counters of cpu.stat: that they count what their names say.
#pragma once

#include "properties/property.hpp"

#include <fmt/format.h>

namespace bwcheck::properties {

struct burst_statistics_true {
    static constexpr property_info info{
        .id = "burst-statistics-true",
        .statement = "A refill that is the only one of its event counts exactly the consumption above Q since the "
                     "previous one in nr_bursts and burst_usec (consumption: what CPUs took from the pool, less what "
                     "they returned).",
        .kind = property_kind::transition,
        .claim = property_claim::requirement,
        .why = "Who sizes a burst by these counters must not be told of bursts that never were.",
        .source = "bcb1704a1ed2, which says what both count (5.16); __refill_cfs_bandwidth_runtime()",
        .trigger = "a refill of a limited group, by a write or a period callback without stalls",
        .needs = history_burst,
        .shows_statistics = true,
    };
    template <class Num>
    static verdict_here on_transition(const transition<Num>& t) {
        if (t.event.amount != 0 && t.event.kind == model::event_kind::period_timer)
            return verdict_here::silent(); // several refills in one callback
        const auto expected = burst_of(t);
        if (expected < 0)
            return verdict_here::silent();
        const auto& before = t.before.cfs_bandwidth;
        const auto& after = t.after.cfs_bandwidth;
        return verdict_here::of(wide(after.burst_time) - wide(before.burst_time) == expected &&
                                after.nr_burst - before.nr_burst == (expected > 0 ? 1 : 0));
    }
    template <class Num>
    static std::string explain(const transition<Num>& t) {
        return fmt::format(
            "CPUs took {} ns from the pool since the previous refill, with a quota of {} ns; the refill counted a "
            "burst of {} ns.",
            t.past.taken, quota_at_refill(t), t.after.cfs_bandwidth.burst_time - t.before.cfs_bandwidth.burst_time);
    }

private:
    /// A write refills with the quota that it has just set; the timer with the one that it may scale afterwards.
    template <class Num>
    [[nodiscard]] static auto quota_at_refill(const transition<Num>& t) {
        return t.is_write() ? t.after.cfs_bandwidth.quota : t.before.cfs_bandwidth.quota;
    }
    /// Consumption above the quota at this event's refill; -1 if it has none.
    template <class Num>
    [[nodiscard]] static model::int128 burst_of(const transition<Num>& t) {
        for (const auto& step : t.steps())
            if (step.refills > 0)
                return std::max<model::int128>(wide(t.past.taken) - wide(quota_at_refill(t)), 0);
        return -1;
    }
};

struct throttle_statistics_true {
    static constexpr property_info info{
        .id = "throttle-statistics-true",
        .statement = "A period callback that ends one period counts it in nr_throttled exactly if a CPU was throttled "
                     "in it.",
        .kind = property_kind::transition,
        .claim = property_claim::requirement,
        .why = "nr_throttled / nr_periods is the number by which people size their quota.",
        .source = "Documentation/scheduler/sched-bwc.rst: \"Number of times the group has been throttled/limited\"; "
                  "do_sched_cfs_period_timer()",
        .trigger = "a period callback that ends one period",
        .needs = history_throttle,
        .shows_statistics = true,
    };
    template <class Num>
    static verdict_here on_transition(const transition<Num>& t) {
        const auto periods = t.after.cfs_bandwidth.nr_periods - t.before.cfs_bandwidth.nr_periods;
        if (t.event.kind != model::event_kind::period_timer || periods != 1)
            return verdict_here::silent();
        return verdict_here::of(t.after.cfs_bandwidth.nr_throttled - t.before.cfs_bandwidth.nr_throttled ==
                                (t.past.throttled_this_period ? 1 : 0));
    }
    template <class Num>
    static std::string explain(const transition<Num>& t) {
        return t.past.throttled_this_period
                   ? "A CPU was throttled in the period that ends here, but none is now, and so the period is not "
                     "counted."
                   : "No CPU was throttled in the period that ends here, and yet it is counted.";
    }
};

struct throttled_periods_counted {
    static constexpr property_info info{
        .id = "throttled-periods-counted",
        .statement =
            "A period callback without stalls adds the periods that it ends to nr_throttled exactly if a CPU is "
            "throttled when it runs.",
        .kind = property_kind::transition,
        .claim = property_claim::requirement,
        .why = "It is what nr_throttled means, whatever one would like it to mean (throttle-statistics-true).",
        .source = "Documentation/scheduler/sched-bwc.rst, on nr_periods and nr_throttled; do_sched_cfs_period_timer()",
        .trigger = "a period callback without stalls of a limited group",
        .shows_statistics = true,
    };
    template <class Num>
    static verdict_here on_transition(const transition<Num>& t) {
        if (t.event.kind != model::event_kind::period_timer || t.event.amount != 0 || !limited(t.before))
            return verdict_here::silent();
        const auto& before = t.before.cfs_bandwidth;
        const auto& after = t.after.cfs_bandwidth;
        const auto periods = after.nr_periods - before.nr_periods;
        return verdict_here::of(after.nr_throttled - before.nr_throttled ==
                                (before.throttled_cfs_rq.empty() ? 0 : periods));
    }
};

struct throttled_time_true {
    static constexpr property_info info{
        .id = "throttled-time-true",
        .statement = "throttled_usec, and what has not been added to it yet, grow by the time for which tasks are kept "
                     "from running, and by nothing else.",
        .kind = property_kind::transition,
        .claim = property_claim::requirement,
        .why = "It is by how much a limit slows a group down.",
        .source = "Documentation/scheduler/sched-bwc.rst: \"The total time duration [...] for which entities of the "
                  "group have been throttled\"; throttle_cfs_rq(), unthrottle_cfs_rq(), tg_throttle_down()",
        .trigger = "time that passes while a CPU is throttled, or a CPU that is unthrottled",
        .reads = model::field::throttled_clock,
        .shows_statistics = true,
    };
    template <class Num>
    static verdict_here on_transition(const transition<Num>& t) {
        const auto grown = total(t.after) - total(t.before);
        if (t.event.kind != model::event_kind::tick) {
            if (t.before.cfs_bandwidth.throttled_cfs_rq.empty())
                return verdict_here::silent();
            return verdict_here::of(grown == 0);
        }
        // A queue that is throttled as a whole counts at once; one whose tasks park, from the first that has.
        auto least = wide(std::uint64_t{0});
        auto most = least;
        for (model::cpu_id cpu = 0; cpu < t.before.nr_cpus; ++cpu) {
            const auto& cfs_rq = t.before.cfs_rq(cpu);
            if (!cfs_rq.throttled)
                continue;
            most += wide(t.event.amount);
            const bool waits = cfs_rq.throttled_limbo || (cfs_rq.nr_queued && !cfs_rq.curr);
            least += waits ? wide(t.event.amount) : 0;
        }
        return most == 0 ? verdict_here::silent() : verdict_here::of(grown >= least && grown <= most);
    }

private:
    template <class Num>
    [[nodiscard]] static auto total(const model::task_group<Num>& tg) {
        auto sum = wide(tg.cfs_bandwidth.throttled_time);
        for (model::cpu_id cpu = 0; cpu < tg.nr_cpus; ++cpu)
            sum += wide(tg.cfs_rq(cpu).throttled_clock);
        return sum;
    }
};

} // namespace bwcheck::properties

// How long the counters of cpu.stat last.
#pragma once

#include "properties/property.hpp"
#include "properties/trial.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <limits>
#include <string_view>

namespace bwcheck::properties {

struct statistics_no_wrap {
    static constexpr property_info info{
        .id = "statistics-no-wrap",
        .statement =
            "At the shortest period it takes more than ten years until a counter of cpu.stat overflows its type "
            "(ten years less the time it takes, in days).",
        .kind = property_kind::survey,
        .claim = property_claim::measure,
        .why = "Whoever computes rates from a counter that wraps sees nonsense once.",
        .source = "struct cfs_bandwidth: nr_periods, nr_throttled, nr_burst, throttled_time, burst_time",
        .trigger = "any revision",
        .shows_statistics = true,
        .brings_its_own_part = true,
    };
    /// Where the counters of periods are counted up.
    static constexpr auto own_functions = std::to_array<std::string_view>({"do_sched_cfs_period_timer"});

    /// Runs four busy CPUs under the smallest quota for a while, at the kernel's own constants, and extrapolates. On
    /// more CPUs the times, which add up over them, run faster.
    template <class Num>
    static survey_result on_scope(const model::kernel_table<Num>& kernel, const model::scope_part& /*part*/) {
        const auto counts = count_for_a_while(kernel);
        std::string_view soonest;
        double days = std::numeric_limits<double>::infinity();
        for (const counter& each : counts) {
            if (each.counted <= 0)
                continue;
            const double lasts = each.range / each.counted * static_cast<double>(duration) / ns_a_day;
            if (lasts < days) {
                days = lasts;
                soonest = each.name;
            }
        }
        if (soonest.empty())
            return {};
        return {.verdict = verdict_here::measured(static_cast<std::int64_t>(ten_years - days), 0),
                .explanation = fmt::format("With periods of 1 ms, {} overflows after {:.1f} days.", soonest, days),
                .events = {}};
    }

private:
    static constexpr std::uint64_t usec = 1000;
    static constexpr std::uint64_t msec = 1000 * usec;
    static constexpr std::uint64_t duration = 50 * msec;
    static constexpr double ns_a_day = 86'400e9;
    static constexpr double ten_years = 3652;

    struct counter {
        std::string_view name;
        double counted; ///< while the scenario ran
        double range;   ///< of its type
    };

    template <class Num>
    [[nodiscard]] static std::array<counter, 5> count_for_a_while(const model::kernel_table<Num>& kernel) {
        model::scope_part part; // the kernel's constants
        part.nr_cpus = 4;
        const auto constants = model::constants_over<Num>(part.constants);
        trial<Num> run(trial<Num>::new_group(kernel, part, constants));
        const std::uint64_t shortest_us = part.constants.min_cfs_quota_period / usec;
        static_cast<void>(run.write_cpu_max(shortest_us, shortest_us));
        static_cast<void>(run.write_burst(shortest_us));
        for (model::cpu_id cpu = 0; cpu < run.tg.nr_cpus; ++cpu)
            run.happen({.kind = model::event_kind::wake, .cpu = cpu});
        for (std::uint64_t now = 0; now < duration; now += 100 * usec)
            run.pass_busily(100 * usec, msec);
        const auto& cfs_b = run.tg.cfs_bandwidth;
        constexpr double ints = std::numeric_limits<std::int32_t>::max();
        constexpr auto longs = static_cast<double>(std::numeric_limits<std::uint64_t>::max());
        return {counter{"nr_periods", static_cast<double>(cfs_b.nr_periods), ints},
                counter{"nr_throttled", static_cast<double>(cfs_b.nr_throttled), ints},
                counter{"nr_bursts", static_cast<double>(cfs_b.nr_burst), ints},
                counter{"throttled_usec", static_cast<double>(cfs_b.throttled_time), longs},
                counter{"burst_usec", static_cast<double>(cfs_b.burst_time), longs}};
    }
};

} // namespace bwcheck::properties

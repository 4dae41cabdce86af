// What the series is for: credits that are given, kept, and moved.
#pragma once

#include "properties/property.hpp"
#include "properties/trial.hpp"

#include <fmt/format.h>

#include <set>
#include <tuple>
#include <vector>

namespace bwcheck::properties {

struct credits_survive_migration {
    static constexpr property_info info{
        .id = "credits-survive-migration",
        .statement = "Read at the source, same configuration and write at the destination: the credit lost (ns); at "
                     "most a slice "
                     "for each CPU, and what whole us cannot express.",
        .kind = property_kind::number,
        .why = "Customers who are moved to another machine keep what they paid for.",
        .source = "Sieber: \"preserving credits across live update (kexec) and live migration\"",
        .trigger = "a limited group in a revision that has cpu.max.runtime",
    };
    template <class Num>
    static verdict_here on_state(const situation<Num>& here) {
        if (!here.tg.kernel->has_runtime_file())
            return verdict_here::silent();
        if (!limited(here.tg) || here.tg.cfs_bandwidth.quota > model::runtime_inf / 2)
            return verdict_here::silent();
        const auto& slice = here.part.constants.sched_cfs_bandwidth_slice;
        const auto bound = static_cast<std::int64_t>(slice) * here.part.nr_cpus +
                           static_cast<std::int64_t>(here.part.constants.nsec_per_usec) - 1;
        return verdict_here::measured(lost(here), bound);
    }
    template <class Num>
    static std::string explain(const situation<Num>& here) {
        return fmt::format(
            "The pool holds {} ns and cpu.max.runtime reads {} us; written at the destination, of pool and local "
            "runtimes together {} ns are lost.",
            here.tg.cfs_bandwidth.runtime, here.tg.kernel->cpu_runtime_read_u64(here.tg), lost(here));
    }

private:
    template <class Num>
    [[nodiscard]] static std::int64_t lost(const situation<Num>& here) {
        const auto& cfs_b = here.tg.cfs_bandwidth;
        const auto& nsec_per_usec = here.tg.constants->nsec_per_usec;
        std::int64_t source = plain_value(cfs_b.runtime);
        for (model::cpu_id cpu = 0; cpu < here.tg.nr_cpus; ++cpu)
            source += std::max<std::int64_t>(plain_value(here.tg.cfs_rq(cpu).runtime_remaining), 0);

        trial<Num> destination(trial<Num>::new_group(*here.tg.kernel, here.part, *here.tg.constants));
        static_cast<void>(destination.write_cpu_max(cfs_b.quota / nsec_per_usec, cfs_b.period / nsec_per_usec));
        static_cast<void>(destination.write_burst(cfs_b.burst / nsec_per_usec));
        const model::kernel_table<Num>& kernel = *here.tg.kernel;
        auto text = kernel.cpu_runtime_read_u64(here.tg);
        if (kernel.takes_deltas())
            text -= kernel.cpu_runtime_read_u64(destination.tg);
        static_cast<void>(destination.write_runtime(text));
        return source - plain_value(destination.tg.cfs_bandwidth.runtime);
    }
};

struct selftest_usage {
    static constexpr property_info info{
        .id = "selftest-usage",
        .statement = "The posted selftest's scenario ends within its own 10 % (the largest deviation from 2.5 s, us).",
        .kind = property_kind::survey,
        .why = "A selftest that fails now and then is worse than none.",
        .source = "PATCH 1/2: test_cpucg_max_runtime()",
        .trigger = "a revision that has cpu.max.runtime",
    };

    /// Runs the scenario in the kernel's own constants, with the injection at different phases of the period.
    template <class Num>
    static survey_result on_scope(const model::kernel_table<Num>& kernel, const model::scope_part& /*part*/) {
        if (!kernel.has_runtime_file())
            return {};
        return run_all_phases(kernel);
    }

private:
    static constexpr std::uint64_t usec = 1000;
    static constexpr std::uint64_t msec = 1000 * usec;

    template <class Num>
    [[nodiscard]] static survey_result run_all_phases(const model::kernel_table<Num>& kernel) {
        constexpr std::int64_t expected_us = 2'500'000;
        std::int64_t least = std::numeric_limits<std::int64_t>::max();
        std::int64_t most = 0;
        for (std::uint64_t phase = 0; phase < 100 * msec; phase += 10 * msec) {
            const std::int64_t usage = usage_us(kernel, phase);
            least = std::min(least, usage);
            most = std::max(most, usage);
        }
        const std::int64_t worst = std::max(std::abs(least - expected_us), std::abs(most - expected_us));
        // values_close() of the selftests: the difference is within 10 % of the sum.
        const std::int64_t tolerated = (least + expected_us) / 100 * 10;
        return {.verdict = verdict_here::measured(worst, tolerated),
                .explanation = fmt::format(
                    "Over ten phases of the injection the usage is {} to {} us, where {} us are expected and "
                    "a deviation of {} us is tolerated.",
                    least, most, expected_us, tolerated),
                .events = {}};
    }

    /// CPU time used by the hog in 5 s, µs. `phase`: how long after the group was made, in ns, the hog starts.
    template <class Num>
    [[nodiscard]] static std::int64_t usage_us(const model::kernel_table<Num>& kernel, std::uint64_t phase) {
        const model::scope_part part; // one CPU, the kernel's constants
        const auto constants = model::constants_over<Num>(part.constants);
        trial<Num> run(trial<Num>::new_group(kernel, part, constants));
        static_cast<void>(run.write_cpu_max(1000, 100'000));
        static_cast<void>(run.write_burst(5'000'000));
        constexpr std::uint64_t step = 100 * usec;
        constexpr std::uint64_t scheduler_tick = 4 * msec;
        constexpr std::uint64_t duration = 5000 * msec;
        constexpr std::uint64_t settle = 100 * msec;

        std::uint64_t used = 0;
        for (std::uint64_t now = 0; now < phase + duration; now += step) {
            if (now == phase)
                run.happen({.kind = model::event_kind::wake, .cpu = 0});
            if (now == phase + settle) {
                auto text = std::uint64_t{2'500'000};
                if (kernel.takes_deltas())
                    text -= kernel.cpu_runtime_read_u64(run.tg);
                static_cast<void>(run.write_runtime(text));
            }
            used += run.tg.cfs_rq(0).curr ? step : 0;
            run.pass_busily(step, scheduler_tick);
        }
        return static_cast<std::int64_t>(used / usec);
    }
};

struct existing_files_suffice {
    static constexpr property_info info{
        .id = "existing-files-suffice",
        .statement = "Every credit level from 0 to Q + B can be reached by writes to cpu.max and cpu.max.burst alone "
                     "that end in "
                     "the configuration they began with (the number of levels, in whole us, that cannot).",
        .kind = property_kind::survey,
        .why = "A new interface needs a reason why the old ones will not do.",
        .source = "Segall: \"the existing APIs give something very close to this\"; Sieber; Heo: \"no other reasonable "
                  "ways\"",
        .trigger = "a part with a limited group and a small bandwidth limit",
    };

    template <class Num>
    static survey_result on_scope(const model::kernel_table<Num>& kernel, const model::scope_part& part) {
        constexpr std::uint64_t most_levels = 256; // beyond it the survey would take too long, and say the same
        const auto constants = model::constants_over<Num>(part.constants);
        if (part.constants.max_bw_runtime_us > most_levels)
            return {};
        trial<Num> start(trial<Num>::new_group(kernel, part, constants));
        for (const auto& setup : part.setup)
            static_cast<void>(start.write(model::request_of(kernel, setup.file, setup.text)));
        if (!limited(start.tg))
            return {};
        start.tg.cfs_rq(0).runtime_remaining = -1; // in debt, to see what the writes do to it
        return survey<Num>(start.tg);
    }

private:
    /// All sequences of writes whose values do not exceed the cap, as a search over quota, burst and pool.
    template <class Num>
    [[nodiscard]] static survey_result survey(const model::task_group<Num>& start) {
        const auto nsec_per_usec = start.constants->nsec_per_usec;
        const auto& first = start.cfs_bandwidth;
        const std::uint64_t cap_us = (first.quota + first.burst) / nsec_per_usec;
        const auto key = [](const auto& tg) {
            return std::tuple(tg.cfs_bandwidth.quota, tg.cfs_bandwidth.burst, tg.cfs_bandwidth.runtime);
        };
        std::set seen{key(start)};
        std::vector todo{start};
        std::set<std::uint64_t> levels{first.runtime};
        std::set<std::int64_t> debts_left;
        while (!todo.empty()) {
            const auto from = todo.back();
            todo.pop_back();
            const auto reach = [&](const trial<Num>& by_write) {
                const auto& end = by_write.tg.cfs_bandwidth;
                if (end.quota == first.quota && end.burst == first.burst) {
                    levels.insert(end.runtime);
                    debts_left.insert(plain_value(by_write.tg.cfs_rq(0).runtime_remaining));
                }
                if (seen.insert(key(by_write.tg)).second)
                    todo.push_back(by_write.tg);
            };
            for (std::uint64_t value = 0; value <= cap_us; ++value) {
                trial<Num> quota(from);
                if (quota.write_cpu_max(value, first.period / nsec_per_usec) == model::status::ok)
                    reach(quota);
                trial<Num> burst(from);
                if (burst.write_burst(value) == model::status::ok)
                    reach(burst);
            }
        }
        return conclude(levels, debts_left, first.quota + first.burst, nsec_per_usec);
    }

    [[nodiscard]] static survey_result conclude(const std::set<std::uint64_t>& levels,
                                                const std::set<std::int64_t>& debts_left, std::uint64_t cap,
                                                std::uint64_t nsec_per_usec) {
        std::int64_t missing = 0;
        std::string examples;
        for (std::uint64_t level = 0; level <= cap; level += nsec_per_usec) {
            if (levels.contains(level))
                continue;
            ++missing;
            if (missing <= 4)
                examples += fmt::format("{}{}", examples.empty() ? "" : ", ", level / nsec_per_usec);
        }
        std::string side_effect = "no debt was touched";
        if (!debts_left.empty() && debts_left != std::set<std::int64_t>{-1})
            side_effect = fmt::format("a CPU with a local runtime of -1 ns had {} ns afterwards", *debts_left.begin());
        return {.verdict = verdict_here::measured(missing, 0),
                .explanation =
                    fmt::format("With a cap of {} us, {} of {} levels cannot be reached{}{}; {}.", cap / nsec_per_usec,
                                missing, cap / nsec_per_usec + 1, missing == 0 ? "" : ": ",
                                missing > 4 ? examples + ", ..." : examples, side_effect),
                .events = {}};
    }
};

} // namespace bwcheck::properties

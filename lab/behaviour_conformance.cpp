#include "lab/behaviour_conformance.hpp"

#include "lab/errno_name.hpp"
#include "lab/lab_error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <span>

namespace bwcheck::lab {

namespace {

/// A number of cpu.stat. Throws lab_error if it is not there: an older kernel has no bursts.
std::uint64_t number_in(std::string_view stat, std::string_view name) {
    const std::string line_begin = std::string(name) + " ";
    for (std::size_t begin = 0; begin < stat.size(); begin = stat.find('\n', begin) + 1) {
        const std::string_view line = stat.substr(begin, stat.find('\n', begin) - begin);
        std::uint64_t value = 0;
        if (line.starts_with(line_begin) &&
            std::from_chars(line.data() + line_begin.size(), line.data() + line.size(), value).ec == std::errc())
            return value;
        if (stat.find('\n', begin) == std::string_view::npos)
            break;
    }
    throw lab_error(fmt::format("cpu.stat of this kernel has no {}", name));
}

statistics read_statistics(std::string_view stat) {
    statistics all;
    for (const statistic& each : all_statistics())
        all.*each.value = number_in(stat, each.name);
    return all;
}

/// What one run of a scenario has measured.
statistics measured(std::span<const command> script, std::span<const answer> answers) {
    std::vector<statistics> readings;
    for (std::size_t number = 0; number < script.size(); ++number) {
        if (answers[number].error != 0)
            throw lab_error(fmt::format("{} in the guest failed with {}", to_string(script[number]),
                                        errno_name(answers[number].error)));
        if (script[number].action == verb::read)
            readings.push_back(read_statistics(answers[number].value));
    }
    statistics difference;
    for (const statistic& each : all_statistics())
        difference.*each.value = readings.back().*each.value - readings.front().*each.value;
    return difference;
}

std::uint64_t median_of(std::vector<std::uint64_t> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

bool is_near(const statistics& one, const statistics& other, const tolerance& allowed) {
    return std::all_of(all_statistics().begin(), all_statistics().end(), [&](const statistic& each) {
        const auto [less, more] = std::minmax(one.*each.value, other.*each.value);
        return more - less <= allowed.by.*each.value;
    });
}

void judge(scenario_result& one) {
    one.outside.clear();
    const auto& simulations = one.predicted.simulations;
    one.explained =
        static_cast<std::size_t>(std::count_if(one.runs.begin(), one.runs.end(), [&](const statistics& run) {
            return std::any_of(simulations.begin(), simulations.end(),
                               [&](const statistics& each) { return is_near(run, each, one.allowed); });
        }));
    for (const statistic& each : all_statistics()) {
        std::vector<std::uint64_t> values;
        for (const statistics& run : one.runs)
            values.push_back(run.*each.value);
        const std::uint64_t median = one.median.*each.value = median_of(values);
        const std::uint64_t by = one.allowed.by.*each.value;
        if (median + by < one.predicted.least.*each.value || median > one.predicted.most.*each.value + by)
            one.outside.push_back(each.name);
    }
}

/// Runs scenarios in one boot, all of them, then all of them again: what disturbs the machine for a while then does not
/// hit one of them only.
boot_result run_all(std::vector<scenario_result>& all, std::size_t repeat, const script_runner& run) {
    std::vector<command> script;
    std::vector<std::size_t> ends;
    for (std::size_t turn = 0; turn < repeat; ++turn)
        for (const scenario_result& each : all) {
            append_scenario(script, each.what);
            ends.push_back(script.size());
        }
    boot_result booted = run(script);
    std::size_t begin = 0;
    for (scenario_result& each : all)
        each.runs.clear();
    for (std::size_t number = 0; number < ends.size(); ++number) {
        const std::size_t size = ends[number] - begin;
        all[number % all.size()].runs.push_back(measured(std::span<const command>(script).subspan(begin, size),
                                                         std::span<const answer>(booted.answers).subspan(begin, size)));
        begin = ends[number];
    }
    return booted;
}

} // namespace

tolerance tolerance_of(const scenario& scenario, const prediction& predicted, std::uint64_t tick_ns) {
    const std::uint64_t tick_us = tick_ns / nsec_per_usec;
    const std::uint64_t counts = 1 + scenario.writes.size();
    return {{.usage_us = 2 * tick_us * scenario.nr_cpus(),
             .nr_periods = counts,
             .nr_throttled = counts,
             .nr_bursts = 0,
             .burst_us = tick_us * predicted.most.nr_bursts,
             .throttled_us = tick_us * scenario.nr_cpus() * (1 + predicted.most.nr_throttled)}};
}

behaviour_report compare_behaviour(std::string_view revision, std::size_t repeat, const script_runner& run) {
    behaviour_report report;
    report.revision = revision;
    report.repeat = repeat;
    // How many CPUs there are is known only when the kernel has said so.
    const boot_result hello = run({});
    report.hello = hello.hello;
    for (const scenario& each : scenarios_for(hello.hello.nr_cpus)) {
        scenario_result one;
        one.what = each;
        one.predicted = predict_statistics(revision, each, hello.hello.tick_ns);
        one.allowed = tolerance_of(each, one.predicted, hello.hello.tick_ns);
        report.scenarios.push_back(std::move(one));
    }
    const boot_result booted = run_all(report.scenarios, repeat, run);
    report.boot = booted.boot;
    report.total = booted.total;
    report.host_busy = booted.host_busy.value_or(0);
    std::vector<scenario_result> again;
    for (scenario_result& each : report.scenarios) {
        judge(each);
        if (!each.agrees())
            again.push_back(each);
    }
    if (again.empty())
        return report;
    report.host_busy = std::max(report.host_busy, run_all(again, repeat, run).host_busy.value_or(0));
    for (scenario_result& second : again) {
        judge(second);
        for (scenario_result& first : report.scenarios)
            if (first.what.name == second.what.name)
                first.confirmed = !second.agrees();
    }
    return report;
}

} // namespace bwcheck::lab

#include "lab/proposal/replay_observers.hpp"

#include "lab/proposal/selftest.hpp"
#include "model/constants.hpp"
#include "model/interface/write_request.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <sstream>

namespace bwcheck::lab {

namespace {

using counterexamples::trace;

std::string one_line(std::string text) {
    while (text.ends_with('\n'))
        text.pop_back();
    return text;
}

/// The first number of a text; all ones for "max" and whatever else is none.
std::uint64_t number_in(const std::string& text) {
    std::uint64_t value = 0;
    return std::istringstream(text) >> value ? value : model::runtime_inf;
}

replay_sight other_setting_changes(const trace& /*what*/, const moments& seen) {
    const bool changed = seen.before.cpu_max_runtime != seen.after.cpu_max_runtime;
    return {changed, fmt::format("cpu.max.runtime reads {} before the write and {} after it",
                                 one_line(seen.before.cpu_max_runtime), one_line(seen.after.cpu_max_runtime))};
}

replay_sight burst_is_counted_without_consumption(const trace& /*what*/, const moments& seen) {
    const auto grown = [&](const char* name) {
        return cpu_stat_number(seen.after.cpu_stat, name) - cpu_stat_number(seen.before.cpu_stat, name);
    };
    const std::uint64_t usage = cpu_stat_number(seen.after.cpu_stat, "usage_usec");
    return {grown("nr_bursts") > 0 && usage == 0,
            fmt::format("the write adds {} to nr_bursts and {} to burst_usec; usage_usec is {}", grown("nr_bursts"),
                        grown("burst_usec"), usage)};
}

replay_sight stored_value_differs(const trace& trace, const moments& seen) {
    const auto& last = trace.part.writes.at(trace.steps.back().event.index);
    const auto request = model::parse_write(last.file, model::runtime_interface::absolute, last.text);
    const std::string& shown = last.file == model::file::cpu_max ? seen.after.cpu_max : seen.after.cpu_max_burst;
    const std::uint64_t wanted = last.file == model::file::cpu_max ? request.quota_us : request.value_us;
    return {number_in(shown) != wanted,
            fmt::format(R"("{}" is accepted, and {} reads "{}")", last.text, to_string(last.file), one_line(shown))};
}

replay_sight cap_exceeds_limit(const trace& /*what*/, const moments& seen) {
    constexpr model::constants<model::plain> limits;
    const std::uint64_t quota = number_in(seen.after.cpu_max);
    const std::uint64_t burst = number_in(seen.after.cpu_max_burst);
    return {quota != model::runtime_inf && quota > limits.max_bw_runtime_us - std::min(burst, limits.max_bw_runtime_us),
            fmt::format("cpu.max reads \"{}\", cpu.max.burst {}", one_line(seen.after.cpu_max), burst)};
}

replay_sight pool_exceeds_cap(const trace& /*what*/, const moments& seen) {
    const std::uint64_t pool = number_in(seen.end.cpu_max_runtime);
    const std::uint64_t cap = number_in(seen.end.cpu_max) + number_in(seen.end.cpu_max_burst);
    return {pool > cap, fmt::format("cpu.max.runtime reads {}, quota + burst are {}", pool, cap)};
}

replay_sight waits_although_runtime_is_left(const trace& /*what*/, const moments& seen) {
    constexpr std::uint64_t hardly_us = 200;
    const std::uint64_t executed =
        cpu_stat_number(seen.end.cpu_stat, "usage_usec") - cpu_stat_number(seen.after.cpu_stat, "usage_usec");
    const std::uint64_t left = number_in(seen.after.cpu_max_runtime);
    const std::uint64_t left_at_end = number_in(seen.end.cpu_max_runtime);
    return {left > 0 && left_at_end > 0 && executed < hardly_us,
            fmt::format("cpu.max.runtime reads {} right after the write, and {} a while later; meanwhile the task has "
                        "executed for {} us",
                        left, left_at_end, executed)};
}

constexpr std::array observers{
    replay_observer{"other-setting-unchanged", true, false, other_setting_changes},
    replay_observer{"burst-statistics-true", false, false, burst_is_counted_without_consumption},
    replay_observer{"conversion-no-wrap", false, false, stored_value_differs},
    replay_observer{"accepted-cap-fits", false, false, cap_exceeds_limit},
    replay_observer{"read-back-writable", true, false, pool_exceeds_cap},
    replay_observer{"runtime-capped", true, false, pool_exceeds_cap},
    replay_observer{"write-unthrottles-now", true, true, waits_although_runtime_is_left},
    replay_observer{"write-latency", true, true, waits_although_runtime_is_left},
    replay_observer{"full-speed-while-credits", true, true, waits_although_runtime_is_left},
};

} // namespace

const replay_observer* find_observer(std::string_view property) {
    const auto* const found = std::find_if(observers.begin(), observers.end(),
                                           [&](const replay_observer& one) { return one.property == property; });
    return found == observers.end() ? nullptr : found;
}

} // namespace bwcheck::lab

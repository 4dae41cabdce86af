// How long after a write to cpu.max.runtime a throttled group executes: what Benjamin Segall asked of the series on
// 2026-05-26, measured on a real kernel. As posted, throttled CPUs wait for the period timer, which has nothing to do
// with the moment of the write; then the delay is anything from nothing to a period, evenly.
#pragma once

#include "lab/answers.hpp"
#include "lab/script.hpp"

#include <cstdint>
#include <vector>

namespace bwcheck::lab {

/// One busy task whose group is throttled nearly always, and writes that give it runtime. Times in µs.
struct delay_plan {
    std::uint64_t quota_us = 1'000;
    std::uint64_t period_us = 100'000;
    std::uint64_t burst_us = 100'000;
    /// What is written: enough for any debt. That is a tick's worth of execution, or several on a busy host, which
    /// makes ticks late.
    std::uint64_t credit_us = 50'000;
    std::size_t injections = 200;
    std::uint64_t seed = 1; ///< of the moments of the writes
};

[[nodiscard]] std::vector<command> delay_script(const delay_plan& plan);

struct delay_sample {
    std::vector<std::uint64_t> delays_us; ///< from the write's return to the task's execution, sorted
    std::size_t missed = 0; ///< writes after which, or before which, what was waited for did not happen within 10 s
};

/// Takes the delays from the answers to delay_script(). Throws lab_error if the kernel has no cpu.max.runtime, or if it
/// refuses a write.
[[nodiscard]] delay_sample read_delays(const std::vector<command>& script, const std::vector<answer>& answers);

/// When a throttled task comes to execute.
enum class wakening : std::uint8_t {
    at_once,   ///< 95 of 100 delays are below a twentieth of the period
    at_refill, ///< the delays cannot be told from even ones over a period
    unclear,   ///< neither, or too few
};

[[nodiscard]] wakening judge(const delay_sample& sample, const delay_plan& plan);

/// The largest difference between the share of delays up to a time, and that time as a share of `period_us` (the
/// statistic of Kolmogorov and Smirnov); 0 to 1.
[[nodiscard]] double distance_from_even(const std::vector<std::uint64_t>& sorted_us, std::uint64_t period_us);

/// The delay that `share` of all do not exceed, µs; 0 if there are none.
[[nodiscard]] std::uint64_t quantile(const std::vector<std::uint64_t>& sorted_us, double share);

} // namespace bwcheck::lab

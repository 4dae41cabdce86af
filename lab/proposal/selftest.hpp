// The scenario of the selftest that was posted with cpu.max.runtime: a group with hardly any quota and much burst,
// whose one task is busy for five seconds and is given runtime for half of them.
#pragma once

#include "lab/answers.hpp"
#include "lab/script.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace bwcheck::lab {

/// As posted on 2026-05-25. Times in µs.
struct selftest_plan {
    std::uint64_t quota_us = 1'000;
    std::uint64_t period_us = 100'000;
    std::uint64_t burst_us = 5'000'000;
    std::uint64_t runtime_us = 2'500'000;
    std::uint64_t written_after_us = 100'000;
    std::uint64_t duration_us = 5'000'000;
    std::uint64_t expected_us = 2'500'000;
    unsigned percent = 10; ///< of the sum of both usages, by which they may differ
};

[[nodiscard]] std::vector<command> selftest_script(const selftest_plan& plan = {});

struct selftest_result {
    bool passed = false;
    std::string failure;        ///< the command that failed, and how; empty if none did
    std::uint64_t usage_us = 0; ///< usage_usec of cpu.stat
};

[[nodiscard]] selftest_result read_selftest(const std::vector<command>& script, const std::vector<answer>& answers,
                                            const selftest_plan& plan = {});

/// The number behind a name in cpu.stat; 0 if it is not there.
[[nodiscard]] std::uint64_t cpu_stat_number(const std::string& cpu_stat, const std::string& name);

} // namespace bwcheck::lab

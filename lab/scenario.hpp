// What a group does in a second or so, at the kernel's constants: a limit, children that execute and sleep, and writes
// at given moments. The same scenario runs on a kernel and on the model.
#pragma once

#include "lab/script.hpp"
#include "model/scope.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bwcheck::lab {

struct scenario_child {
    unsigned cpu = 0;
    std::vector<activity> activities;
    bool again = false;
};

struct timed_write {
    std::uint64_t at_us = 0; ///< after the children began
    model::scope_write write;
};

struct scenario {
    std::string name;
    std::string about;                     ///< one sentence
    std::vector<model::scope_write> setup; ///< before the children begin
    std::vector<scenario_child> children;  ///< at most one a CPU
    std::vector<timed_write> writes;       ///< in order of time
    std::uint64_t settle_us = 0;           ///< between setup and beginning
    std::uint64_t duration_us = 1'000'000; ///< of the measurement, from the beginning

    [[nodiscard]] unsigned nr_cpus() const;
};

/// What cpu.stat says of it at the end, less what it said at the beginning.
struct statistics {
    std::uint64_t usage_us = 0;
    std::uint64_t nr_periods = 0;
    std::uint64_t nr_throttled = 0;
    std::uint64_t nr_bursts = 0;
    std::uint64_t burst_us = 0;
    std::uint64_t throttled_us = 0; ///< of stretches that have ended

    friend bool operator==(const statistics&, const statistics&) = default;
};

/// A number of cpu.stat, by name, and where it is kept.
struct statistic {
    std::string_view name; ///< as in cpu.stat
    std::uint64_t statistics::*value;
};
[[nodiscard]] const std::vector<statistic>& all_statistics();

/// Those that a comparison runs on a machine with so many CPUs.
[[nodiscard]] std::vector<scenario> scenarios_for(std::uint64_t nr_cpus);

/// The commands that run it on a kernel, appended to a script.
void append_scenario(std::vector<command>& script, const scenario& one);

} // namespace bwcheck::lab

// Random scenarios on a kernel that runs on virtual time, against the model: limits, bursts, writes at any moment to
// every file, children that execute and sleep, groups that come and go. Each is a script, each answer to which is
// predicted (lab/exact_prediction.hpp); where a kernel answers otherwise, the script is made short.
#pragma once

#include "lab/boot.hpp"
#include "lab/exact_prediction.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace bwcheck::lab {

/// More would not boot faster, and make a boot that breaks off dearer.
inline constexpr std::uint64_t scenarios_in_a_boot = 250;

struct fuzz_plan {
    std::string revision;
    std::uint64_t seed = 1;
    std::uint64_t first = 0;          ///< the number of the first scenario; with the seed, it says what a scenario is
    std::uint64_t scenarios = 10'000; ///< how many
    double budget_s = 0;              ///< begin no further boot after so many seconds; 0: without end
    unsigned jobs = 1;                ///< kernels at the same time
    std::size_t most_differences = 8; ///< end when there are so many, each of another kind
};

struct fuzz_difference {
    std::uint64_t scenario = 0;              ///< its number
    std::vector<command> script{};           ///< made short
    std::size_t found_commands = 0;          ///< how long it was
    std::vector<answer_difference> values{}; ///< in the first command that differs
    std::uint64_t alike = 0;                 ///< further scenarios that differ in the same value
    bool reproduced = false;                 ///< it happened again, in a boot of its own
};

struct fuzz_report {
    guest_hello hello;
    std::uint64_t scenarios = 0;                               ///< compared
    std::uint64_t commands = 0;                                ///< whose answers were compared
    std::uint64_t throttled = 0;                               ///< scenarios in which the group was
    std::map<std::string, std::uint64_t, std::less<>> avoided; ///< scenarios left out, by abstraction of the model
    std::vector<fuzz_difference> differences;
    std::uint64_t boots = 0;
    programs::seconds total{0};
};

/// Boots a kernel with a script. May be called by several threads at once.
using virtual_boot = std::function<boot_result(const std::vector<command>&)>;
/// Told how many scenarios were compared.
using fuzz_listener = std::function<void(std::uint64_t)>;

/// Throws what `run` throws.
[[nodiscard]] fuzz_report fuzz_kernel(const fuzz_plan& plan, const virtual_boot& run, const fuzz_listener& listen = {});

/// The scenario of that number, which is the same in each version of bwcheck that has the same generator.
[[nodiscard]] std::vector<command> fuzz_scenario(const fuzz_plan& plan, std::uint64_t number);

/// Whether what the child does again takes so long that a boot does not spend its time on it.
[[nodiscard]] bool goes_round_slowly(const command& child);

} // namespace bwcheck::lab

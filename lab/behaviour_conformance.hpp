// Whether a kernel throttles as the model does: scenarios, each run several times on the kernel.
//
// The median of each number has to lie within what the model predicts over all phases, give or take a tolerance; and
// for more than half of the runs there has to be one phase that explains all numbers of the run together. The second is
// the sharper question: a range over all phases may be wide.
#pragma once

#include "lab/interface_conformance.hpp"
#include "lab/simulation.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bwcheck::lab {

/// By how much a number may differ from the model's.
///
/// usage_usec: two ticks a CPU. What a CPU has executed since the last tick is not in cpu.stat yet; and where the
/// kernel's scheduler clock is the tick itself (user-mode Linux), a scenario begins and ends somewhere inside of one.
/// nr_periods, nr_throttled: 1, and one more for each write. A period may end between the reading of cpu.stat and the
/// moment that the scenario counts from.
/// nr_bursts: 0. Bursts happen well inside of a measurement, and phases on which their number depends are in the range.
/// burst_usec: one tick for each burst. How much was used beyond the quota is known to a tick.
/// throttled_usec: one tick a CPU for each time that it was throttled, and one more. Where the kernel's scheduler clock
/// is the tick itself, each stretch is known to a tick.
struct tolerance {
    statistics by;
};
[[nodiscard]] tolerance tolerance_of(const scenario& scenario, const prediction& predicted, std::uint64_t tick_ns);

struct scenario_result {
    scenario what;
    prediction predicted;
    tolerance allowed;
    std::vector<statistics> runs;          ///< on the kernel
    statistics median;                     ///< of each number
    std::vector<std::string_view> outside; ///< numbers whose median is not within range and tolerance
    std::size_t explained = 0;             ///< runs that one phase explains
    bool confirmed = false;                ///< it did not agree in a second boot either

    [[nodiscard]] bool agrees() const { return outside.empty() && 2 * explained > runs.size(); }
};

struct behaviour_report {
    guest_hello hello;
    std::string revision;
    std::size_t repeat = 0;
    std::vector<scenario_result> scenarios;
    programs::seconds boot{0};
    programs::seconds total{0};
    double host_busy =
        0; ///< for how much of the time somebody waited for a CPU of the host, 0 to 1; the most of all boots

    /// A difference means little then: a virtual CPU that waits for a real one charges that to its task.
    [[nodiscard]] bool host_was_busy() const {
        constexpr double too_much = 0.25;
        return host_busy > too_much;
    }
};

/// Throws what `run` throws. Scenarios that do not agree run once more, in a boot of its own.
[[nodiscard]] behaviour_report compare_behaviour(std::string_view revision, std::size_t repeat,
                                                 const script_runner& run);

} // namespace bwcheck::lab

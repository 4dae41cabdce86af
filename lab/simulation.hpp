// A scenario on the model, in real units: the machine's events follow each other as the clock, the scheduler's tick and
// the scenario make them.
//
// What a real kernel does depends on moments that nobody outside can see: where in a period the scenario begins, and
// where between two ticks. So a simulation has them as parameters, and a prediction is the range over all of them.
#pragma once

#include "lab/scenario.hpp"

#include <string_view>

namespace bwcheck::lab {

inline constexpr std::uint64_t nsec_per_usec = 1000;

/// What is not up to the scenario, ns.
struct phases {
    std::uint64_t tick_ns = 10'000'000; ///< between two ticks of the scheduler
    std::uint64_t first_tick_ns = 0;    ///< from the beginning of the setup to the next tick
    std::uint64_t first_period_ns =
        0; ///< from there to where the period timer of a new group would expire; 0: a period
};

[[nodiscard]] statistics simulate(std::string_view revision, const scenario& scenario, const phases& when);

/// Simulations over a grid of phases, and the least and the most of each number.
struct prediction {
    std::vector<statistics> simulations;
    statistics least;
    statistics most;
};
[[nodiscard]] prediction predict_statistics(std::string_view revision, const scenario& scenario, std::uint64_t tick_ns);

} // namespace bwcheck::lab

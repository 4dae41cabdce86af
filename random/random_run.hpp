// The random engine, asked about a revision: what is broken in some of many random runs.
//
// A run is at the kernel's own constants, on a machine with 1 to 64 CPUs, or in a part of a scope. A passed run proves
// nothing; so every result says how often the property had something to say.
#pragma once

#include "model/revisions/revision.hpp"
#include "random/case.hpp"
#include "text/clock.hpp"
#include "verdicts/engine.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bwcheck::random {

struct run_options {
    std::uint64_t seed = 1;                                         ///< of the first case; the others follow it
    std::uint64_t cases = 200;                                      ///< 0: as many as the budget allows
    double budget_seconds = 0;                                      ///< 0: none
    text::clock now = text::steady_seconds;                         ///< for the budget
    properties::property_set selected = properties::all_properties; ///< numbers of the catalogue
    int longest_case = 3000;                                        ///< events
    bool shrink = true;                                             ///< make what was found short
    std::optional<model::scope> scope; ///< run in its parts, instead of at the kernel's constants
};

/// Called a few times a second, with the cases and events so far.
using run_progress = std::function<void(std::uint64_t cases, std::uint64_t events)>;

/// Runs random cases on `revision`.
[[nodiscard]] verdicts::report run_random(const model::revision& revision, const run_options& options,
                                          const run_progress& on_progress = {});

/// The same, as one of the engines of a check.
[[nodiscard]] const verdicts::engine& random_engine();

/// The distribution of commands and triggers, as a table for people.
[[nodiscard]] std::string distribution_text(const verdicts::report& run);

} // namespace bwcheck::random

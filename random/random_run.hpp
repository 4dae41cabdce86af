// The random engine, asked about a revision: what is broken in some of many random runs.
//
// A run is at the kernel's own constants, on a machine with 1 to 64 CPUs, or in a part of a scope. A passed run proves
// nothing; so every result says how often the property had something to say.
#pragma once

#include "explorer/exploration.hpp"
#include "model/revisions/revision.hpp"
#include "random/case.hpp"
#include "text/clock.hpp"

#include <cstdint>
#include <functional>
#include <map>
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

/// A case that breaks a property.
struct failure {
    std::uint64_t seed = 0;       ///< of the case: --seed SEED --cases 1 finds it again
    test_case found;              ///< shrunk, if that was asked for
    std::size_t found_events = 0; ///< how many events it had when it was found
    std::string explanation;
    std::vector<std::string> did_not_matter; ///< sentences
    std::uint64_t shrinking_runs = 0;
};

struct property_result {
    std::string_view property;
    explorer::verdict verdict = explorer::verdict::inconclusive;
    std::string reason;
    std::optional<failure> broken;
    std::optional<std::int64_t> measured; ///< the number, for properties that are one
    std::optional<std::int64_t> coverage; ///< of a coverage property: its bits
    std::uint64_t fired = 0;              ///< events and states on which it said something
};

struct random_run {
    std::string revision;
    std::uint64_t first_seed = 0;
    std::uint64_t cases = 0;                   ///< that ran
    std::optional<std::uint64_t> wanted_cases; ///< that were asked for; empty: as many as the budget allows
    std::uint64_t events = 0;
    std::string stopped_by; ///< "cases" or "budget"
    double seconds = 0;
    std::vector<property_result> properties; ///< in the order of the catalogue; only those asked for
    std::map<std::string, std::uint64_t, std::less<>>
        distribution; ///< "event wake", "no effect wake", "branch throttled", "cases with 64 CPUs"
};

/// Called a few times a second, with the cases and events so far.
using run_progress = std::function<void(std::uint64_t cases, std::uint64_t events)>;

/// Runs random cases on `revision`.
[[nodiscard]] random_run run_random(const model::revision& revision, const run_options& options,
                                    const run_progress& on_progress = {});

/// The distribution of commands and triggers, as a table for people.
[[nodiscard]] std::string distribution_text(const random_run& run);

} // namespace bwcheck::random

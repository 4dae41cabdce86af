// The exhaustive engine, asked about a revision: which properties hold in every state that a scope can reach.
//
// This is where the generic explorer meets the kernel's machine. Everything else in this room knows nothing of the
// kernel.
#pragma once

#include "explorer/progress.hpp"
#include "model/event.hpp"
#include "model/revisions/revision.hpp"
#include "model/scope.hpp"
#include "properties/catalogue.hpp"
#include "properties/verdict.hpp"
#include "text/clock.hpp"
#include "text/input_error.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bwcheck::explorer {

using properties::to_string;
using properties::verdict;

/// A shortest run that breaks a property: what happens after the setup of a scope's part.
struct counterexample {
    std::size_t part = 0; ///< which part of the scope
    std::vector<model::event> events;
    /// Found by asking the part, not by a run: to replay it is to ask again. The events, if any, are writes that show
    /// it.
    bool survey = false;
};

/// What was explored of one part of a scope.
struct part_report {
    std::string part;
    std::vector<std::string> refused_setup; ///< setup writes that this revision refuses, with the error
    std::uint64_t states = 0;
    std::uint64_t transitions = 0;
    std::uint64_t depth = 0;     ///< events from the initial state to the farthest one
    bool complete = false;       ///< every reachable state was visited
    std::string stopped_by;      ///< "exhausted", "budget" or "memory"
    std::uint64_t cut = 0;       ///< transitions not followed because they broke a property and left the packed ranges
    std::uint64_t escaped = 0;   ///< transitions that left the packed ranges with no property broken: not explored
    std::string escape;          ///< the first of those: which field
    std::uint64_t deadlocks = 0; ///< states in which nothing can happen
    std::optional<counterexample> deadlock;
    unsigned bits_per_state = 0;
    std::uint64_t memory_bytes = 0;
    double seconds = 0;
    std::map<std::string, std::uint64_t, std::less<>>
        coverage; ///< "event wake", "step update_curr", "branch refill_capped": times
};

struct property_result {
    std::string_view property;
    explorer::verdict verdict = verdict::inconclusive;
    std::string reason;                   ///< one sentence: what was found, or why nothing could be said
    std::optional<counterexample> trace;  ///< if violated by a run
    std::optional<std::int64_t> measured; ///< the number, for properties that are one
    std::optional<std::int64_t> coverage; ///< the bits, for properties that are of kind coverage
    std::uint64_t fired = 0;              ///< states and transitions on which it said something
    std::vector<std::string> parts;       ///< the parts in which it was judged
};

struct exploration {
    std::string revision;
    std::string scope;
    std::vector<part_report> parts;
    std::vector<property_result> properties; ///< in the order of the catalogue; only those asked for
    double seconds = 0;
};

struct exploration_options {
    unsigned jobs = 1;
    double budget_seconds = 0;                                      ///< 0: none
    text::clock now = text::steady_seconds;                         ///< for the budget
    std::uint64_t memory_bytes = 0;                                 ///< 0: none
    properties::property_set selected = properties::all_properties; ///< numbers of the catalogue
};

/// Called a few times a second with the part's name and how far it is.
using exploration_progress = std::function<void(std::string_view part, const progress&)>;

/// Explores `revision` in every part of `scope`. Throws text::input_error if a part cannot be packed.
[[nodiscard]] exploration explore_revision(const model::revision& revision, const model::scope& scope,
                                           const exploration_options& options,
                                           const exploration_progress& on_progress = {});

} // namespace bwcheck::explorer

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
#include "text/clock.hpp"
#include "text/input_error.hpp"
#include "verdicts/engine.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bwcheck::explorer {

struct exploration_options {
    unsigned jobs = 1;
    double budget_seconds = 0;                                      ///< 0: none
    text::clock now = text::steady_seconds;                         ///< for the budget
    std::uint64_t memory_bytes = 0;                                 ///< 0: none
    properties::property_set selected = properties::all_properties; ///< numbers of the catalogue
    bool until_violated = false; ///< explore a part only until all selected properties are violated in it
};

/// Called a few times a second with the part's name and how far it is.
using exploration_progress = std::function<void(std::string_view part, const progress&)>;

/// Explores `revision` in every part of `scope`. Throws text::input_error if a part cannot be packed.
[[nodiscard]] verdicts::report explore_revision(const model::revision& revision, const model::scope& scope,
                                                const exploration_options& options,
                                                const exploration_progress& on_progress = {});

/// The same, as one of the engines of a check.
[[nodiscard]] const verdicts::engine& explore_engine();

} // namespace bwcheck::explorer

// What `bwcheck check` runs: each engine, on one revision, with what it found in one form.
#pragma once

#include "cli/options.hpp"
#include "cli/reports/checked_revision.hpp"
#include "model/scope.hpp"
#include "text/input_error.hpp"

#include <string>

namespace bwcheck::cli {

/// The random engine. Counterexamples are written below `options.traces`. `budget_seconds`: 0 if there is none.
[[nodiscard]] checked_revision check_randomly(const std::string& revision, const check_options& options,
                                              const model::scope& scope, properties::property_set selected,
                                              double budget_seconds);

/// The prover. Counterexamples are written below `options.traces`. `budget_seconds`: 0 if there is none. Throws
/// text::input_error if `options` ask for what this machine does not have.
[[nodiscard]] checked_revision check_by_proof(const std::string& revision, const check_options& options,
                                              properties::property_set selected, double budget_seconds);

} // namespace bwcheck::cli

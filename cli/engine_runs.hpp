// What `bwcheck check` runs: each engine, on one revision, with what it found in one form.
#pragma once

#include "cli/checked_revision.hpp"
#include "cli/options.hpp"
#include "model/scope.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace bwcheck::cli {

/// The random engine. Counterexamples are written below `options.traces`. `budget_seconds`: 0 if there is none.
[[nodiscard]] checked_revision check_randomly(const std::string& revision, const check_options& options,
                                              const model::scope& scope, std::uint64_t selected, double budget_seconds);

/// The prover. Counterexamples are written below `options.traces`. `budget_seconds`: 0 if there is none. Throws
/// usage_error if `options` ask for what this machine does not have.
[[nodiscard]] checked_revision check_by_proof(const std::string& revision, const check_options& options,
                                              std::uint64_t selected, double budget_seconds);

/// Where the counterexample of a property goes: REVISION/PROPERTY.json below `options.traces`; if several engines run,
/// those after the first have their name in it, so that none overwrites what another reports.
[[nodiscard]] std::filesystem::path trace_file(const check_options& options, std::string_view revision,
                                               std::string_view property, std::string_view engine);

} // namespace bwcheck::cli

// One result out of many: what machines that shared a suite found, as if one of them had run all of it. The worst
// verdict wins, and what no machine ran does not pass.
#pragma once

#include "cli/reports/checked_revision.hpp"
#include "cli/reports/printed_report.hpp"
#include "text/input_error.hpp"

#include <string>
#include <vector>

namespace bwcheck::cli {

/// Puts the results of shards together, by revision, engine and property.
/// - Of the random engine the same property may come from several shards, with ranges of seeds that do not overlap.
///   Cases, events and triggers are added, and what remains of them is concluded again. Seeds in between that did not
///   run make it inconclusive.
/// - Of other engines each property comes from one shard, and is taken over as it is.
/// Results are in the order in which revisions and engines first come up, then in that of the catalogue.
/// Throws text::input_error for shards that do not go together: the same seed or property twice, or another scope.
[[nodiscard]] std::vector<printed_result> merged_results(const std::vector<printed_result>& shards);

/// As `check --json` prints it.
[[nodiscard]] std::string merged_json(const std::vector<printed_result>& merged);

/// For everything else that `check` prints and compares.
[[nodiscard]] std::vector<checked_revision> as_checked(const std::vector<printed_result>& merged);

} // namespace bwcheck::cli

// One result out of many: what machines that shared a suite found, as if one of them had run all of it. The worst
// verdict wins, and what no machine ran does not pass.
#pragma once

#include "cli/reports/checked_revision.hpp"
#include "cli/reports/printed_report.hpp"
#include "text/input_error.hpp"

#include <map>
#include <string>
#include <vector>

namespace bwcheck::cli {

/// What came of all shards.
struct merge {
    std::vector<printed_result> results;
    /// By revision: what should have run and did not, a sentence each: "random: shard 3 of 3 is missing: ...".
    std::map<std::string, std::vector<std::string>> missing;
};

/// Puts the results of shards together, by revision, engine and property.
/// - Of the random engine the same property may come from several shards, with ranges of seeds that do not overlap.
///   Cases, events and triggers are added, and what remains of them is concluded again. Seeds in between that did not
///   run make it inconclusive, and so does a shard that is missing or was not asked for it.
/// - Of other engines each property comes from one shard, and is taken over as it is. If shards of a check are there,
///   what it asked for and none of them has is inconclusive.
/// Results are in the order in which revisions and engines first come up, then in that of the catalogue.
/// Throws text::input_error for shards that do not go together: the same seed or property twice, another scope, shares
/// of different checks, or two scopes of one name that are not the same.
[[nodiscard]] merge merged_results(const std::vector<printed_result>& shards);

/// As `check --json` prints it.
[[nodiscard]] std::string merged_json(const merge& merged);

/// For everything else that `check` prints and compares.
[[nodiscard]] std::vector<checked_revision> as_checked(const std::vector<printed_result>& merged);

} // namespace bwcheck::cli

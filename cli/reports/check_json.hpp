// What `check --json` prints; docs/schema/check.schema.json describes it.
#pragma once

#include "cli/reports/against_base.hpp"
#include "cli/reports/checked_revision.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bwcheck::cli {

/// An object for one revision, otherwise a list; with a line feed at the end.
[[nodiscard]] std::string check_json(const std::vector<checked_revision>& all, const comparisons& against = {});

/// The report on one revision: its results, and what they come to. `asked`: the properties that were asked for;
/// `missing`: what should have run and did not, a sentence each.
[[nodiscard]] nlohmann::ordered_json report_json(const std::string& revision, nlohmann::ordered_json results,
                                                 const revision_result& all, properties::property_set asked,
                                                 const std::vector<std::string>& missing,
                                                 const comparisons& against = {});
/// To the microsecond; more is noise.
[[nodiscard]] double rounded_seconds(double seconds);

/// Reports as they are printed.
[[nodiscard]] std::string reports_text(const nlohmann::ordered_json& reports);

/// What a coverage property saw, as names: which checks were asked, and which decided. Null for others.
[[nodiscard]] nlohmann::ordered_json checks_json(const std::optional<properties::guard_coverage>& coverage);

} // namespace bwcheck::cli

// What a check found, in the forms that continuous integration reads.
#pragma once

#include "cli/reports/against_base.hpp"
#include "cli/reports/checked_revision.hpp"

#include <string>
#include <vector>

namespace bwcheck::cli {

// In all of them each verdict has its grounds, each suite what it covered, and where engines or solvers contradict each
// other nothing passes.

/// JUnit XML: a suite for each revision and engine, a case for each property. What is violated failed, what is
/// inconclusive was skipped: neither passes.
[[nodiscard]] std::string junit_text(const std::vector<checked_revision>& all, const comparisons& against = {});

/// KTAP, version 1: a nested test for each revision and engine. What is inconclusive carries the directive
/// SKIP, and so does a revision and engine of which something is.
[[nodiscard]] std::string ktap_text(const std::vector<checked_revision>& all, const comparisons& against = {});

/// The JSON array that b4's check commands print: tool, status (pass, warn, fail), summary and details.
[[nodiscard]] std::string b4_text(const std::vector<checked_revision>& all, const comparisons& against = {});

/// SARIF 2.1.0: a result for each property that is not as it should be, with what the base says as `baselineState`.
/// Where in the kernel's code is told by the function; where in the model, by the header of the revision.
[[nodiscard]] std::string sarif_text(const std::vector<checked_revision>& all, const comparisons& against = {});

} // namespace bwcheck::cli

// What `check` prints for people: a line for each property, and what the verdicts cover.
#pragma once

#include "cli/reports/checked_revision.hpp"
#include "text/style.hpp"

#include <string>

namespace bwcheck::cli {

/// The report on one revision. `verbose`: with counterexamples, and with what never happened.
[[nodiscard]] std::string check_text(const checked_revision& checked, const text::style& look, bool verbose);

} // namespace bwcheck::cli

// The files that a check, or a merge of checks, leaves for continuous integration, and the comparison with what is
// known.
#pragma once

#include "cli/checked_revision.hpp"
#include "cli/exit_status.hpp"
#include "cli/expectation.hpp"
#include "cli/options.hpp"

#include <cstdint>
#include <vector>

namespace bwcheck::cli {

/// Writes those that are named. Throws usage_error.
void write_reports(const report_files& files, const std::vector<checked_revision>& all);

/// Says every difference. `selected`: the properties that were asked for, a bit each.
[[nodiscard]] exit_status compare(const expectations& expected, const std::vector<checked_revision>& all,
                                  properties::property_set selected);

} // namespace bwcheck::cli

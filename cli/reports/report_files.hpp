// The files that a check, or a merge of checks, leaves for continuous integration, and the comparison with what is
// known.
#pragma once

#include "cli/exit_status.hpp"
#include "cli/options.hpp"
#include "cli/reports/checked_revision.hpp"
#include "cli/reports/expectation.hpp"
#include "text/input_error.hpp"

#include <cstdint>
#include <vector>

namespace bwcheck::cli {

/// Writes those that are named. Throws text::input_error.
void write_reports(const report_files& files, const std::vector<checked_revision>& all,
                   const comparisons& against = {});

/// Says every difference, and every error of bwcheck that the results show: such an error is as nobody can expect it.
[[nodiscard]] exit_status compare(const expectations& expected, const std::vector<checked_revision>& all,
                                  const asked_for& asked);

} // namespace bwcheck::cli

// What `check --json` prints; docs/schema/check.schema.json describes it.
#pragma once

#include "cli/checked_revision.hpp"

#include <string>
#include <vector>

namespace bwcheck::cli {

/// An object for one revision, otherwise a list; with a line feed at the end.
[[nodiscard]] std::string check_json(const std::vector<checked_revision>& all);

} // namespace bwcheck::cli

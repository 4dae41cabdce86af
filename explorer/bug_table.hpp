// Which properties tell a historical bug from the kernel that repaired it: a page that is computed, not written.
#pragma once

#include <string>

namespace bwcheck::explorer {

/// docs/historical-bugs.md, as Markdown. Explores every bug and its repair in all the small scopes of
/// historical_bugs.hpp, with all histories; takes seconds.
[[nodiscard]] std::string bug_table();

} // namespace bwcheck::explorer

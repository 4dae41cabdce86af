// What `bwcheck check` prints for people: one line a property, from all engines.
#pragma once

#include "cli/reports/against_base.hpp"
#include "cli/reports/checked_revision.hpp"
#include "text/style.hpp"

#include <span>
#include <string>

namespace bwcheck::cli {

/// `of_one`: what each engine found about one revision; `result`: what that comes to. With `verbose`, also what random
/// cases and proofs consisted of, what proofs rest on, what never happened, and all counterexamples. What a patch
/// changes of its base comes first, what was so before in short; then which violations come of which (`told`).
[[nodiscard]] std::string check_text(std::span<const checked_revision> of_one, const revision_result& result,
                                     const text::style& look, bool verbose, const comparisons& told = {});

} // namespace bwcheck::cli

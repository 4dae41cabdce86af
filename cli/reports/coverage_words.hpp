// What an engine covered of a revision, and what it left out, in the same words in every report: whoever reads one of
// them must not take for covered what was not.
#pragma once

#include "verdicts/report.hpp"

#include <string>
#include <vector>

namespace bwcheck::cli {

/// How far a part was explored: "all states", "ended by: budget".
[[nodiscard]] std::string end_of(const verdicts::part_report& part);

/// What a part is not, or leaves out, a sentence each: writes of its setup that were refused, states that were not
/// followed, states in which nothing can happen.
[[nodiscard]] std::vector<std::string> caveats_of(const verdicts::part_report& part);

/// "200 cases from seed 1, 31234 events; ended by: cases"
[[nodiscard]] std::string cases_text(const verdicts::case_report& ran);

/// "second opinion: cvc5 agrees on 12, does not know 0, disagrees on 0"; empty if there was none.
[[nodiscard]] std::string second_opinion_text(const verdicts::second_opinion& second);

/// "shard 2 of 3 of what was asked for"; empty if it is all of it.
[[nodiscard]] std::string share_text(const verdicts::report& report);

/// All of that about one engine's report, a line each, with the scope first.
[[nodiscard]] std::vector<std::string> coverage_of(const verdicts::report& report);

} // namespace bwcheck::cli

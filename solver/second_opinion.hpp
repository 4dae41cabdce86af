// A second opinion on a whole question: what cvc5 says of each obligation that Z3 decided.
#pragma once

#include "text/clock.hpp"
#include "verdicts/finding.hpp"

#include <span>
#include <string>

namespace bwcheck::solver {

/// Has cvc5 decide obligations that Z3 found to be unsatisfiable: `texts` as bit-vectors and, where it does not know,
/// the same as `integers`. Those that are left at `until` are unknown.
[[nodiscard]] verdicts::second_opinion hear_cvc5(std::span<const std::string> texts,
                                                 std::span<const std::string> integers, const text::deadline& until);

/// Why there is no second opinion to be had on this machine; empty if there is.
[[nodiscard]] std::string why_no_second_opinion();

} // namespace bwcheck::solver

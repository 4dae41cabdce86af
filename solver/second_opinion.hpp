// A second opinion on a whole question: what cvc5 says of each obligation that Z3 decided.
#pragma once

#include "verdicts/finding.hpp"

#include <chrono>
#include <span>
#include <string>

namespace bwcheck::solver {

/// Has cvc5 decide obligations that Z3 found to be unsatisfiable: `texts` as bit-vectors and, where it does not know,
/// the same as `integers`. Each gets `seconds` at most; those that are left at `deadline` are unknown.
[[nodiscard]] verdicts::second_opinion hear_cvc5(std::span<const std::string> texts,
                                                 std::span<const std::string> integers, double seconds,
                                                 std::chrono::steady_clock::time_point deadline);

/// Why there is no second opinion to be had on this machine; empty if there is.
[[nodiscard]] std::string why_no_second_opinion();

} // namespace bwcheck::solver

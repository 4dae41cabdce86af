// A second opinion on a whole question: what cvc5 says of each obligation that Z3 decided.
#pragma once

#include "text/clock.hpp"

#include <cstdint>
#include <span>
#include <string>

namespace bwcheck::solver {

/// What cvc5 said, where it was asked.
struct second_opinion {
    bool asked = false;
    std::uint64_t agreed = 0;
    std::uint64_t unknown = 0;
    std::uint64_t disagreed = 0; ///< an error: one of two solvers is wrong
    std::string problem;         ///< the first obligation that they disagree on; else why cvc5 did not know, once

    void add(const second_opinion& other);
};

/// Has cvc5 decide obligations that Z3 found to be unsatisfiable: `texts` as bit-vectors and, where it does not know,
/// the same as `integers`. Those that are left at `until` are unknown.
[[nodiscard]] second_opinion hear_cvc5(std::span<const std::string> texts, std::span<const std::string> integers,
                                       const text::deadline& until);

/// Why there is no second opinion to be had on this machine; empty if there is.
[[nodiscard]] std::string why_no_second_opinion();

} // namespace bwcheck::solver

// What can go wrong in one expression: the small mistakes that a mutation run makes, one at a time.
#pragma once

#include "mutation/tokens.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bwcheck::mutation {

/// What kind of mistake a mutant is.
enum class mutant_kind : std::uint8_t {
    comparison, ///< another comparison: the boundary moved, or the opposite
    constant,   ///< a number, a constant of the kernel, a truth value or a status, changed
    arithmetic, ///< another operator, an operand of min() alone, a sign dropped
    logic,      ///< && for ||, an operand or a negation dropped
    condition,  ///< a branch always or never taken, a result negated
    dropped,    ///< a statement left out
    swapped,    ///< a statement in the place of its neighbour
    count,
};

[[nodiscard]] std::string_view to_string(mutant_kind kind);

/// An expression with one mistake in it.
struct variant {
    mutant_kind kind = mutant_kind::count;
    std::string code;  ///< the whole expression
    std::string shown; ///< the same on one line, for people

    friend bool operator==(const variant&, const variant&) = default;
};

/// All variants of the expression from token `first` to the one before `last`, which may be an assignment.
[[nodiscard]] std::vector<variant> variants_of(const source& in, std::size_t first, std::size_t last);

/// Those of a condition, with "always" and "never" as well.
[[nodiscard]] std::vector<variant> variants_of_condition(const source& in, std::size_t first, std::size_t last);

} // namespace bwcheck::mutation

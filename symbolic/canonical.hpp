// A model that a person can read: of all inputs that take a path, small and round ones.
#pragma once

#include "symbolic/expression.hpp"
#include "symbolic/z3_solver.hpp"

#include <vector>

namespace bwcheck::symbolic {

/// Inputs for which all of `taken` is true, one after the other made as small and round as the others allow: 0 if
/// possible, else the smallest of 1, 2 and 5 times a power of ten, else the smallest number at all. `inputs` is where
/// it starts from; names that are not inputs of the table (choices) stay as they are.
[[nodiscard]] assignment canonical(expression_table& table, std::vector<literal> taken, const assignment& inputs,
                                   const solver_limits& limits);

} // namespace bwcheck::symbolic

// Obligations, decided once more: each in a fresh solver, as bit-vectors, from the text that can also be kept and read.
//
// The path enumerator found them to be true in integers, so each ends up decided in two encodings. An obligation whose
// premise nobody satisfies says nothing: its witness, inputs that satisfy the premise and the goal, is checked by
// evaluation, which also refutes the opposite goal.
#pragma once

#include "symbolic/path_enumerator.hpp"
#include "symbolic/smt2.hpp"
#include "symbolic/z3_solver.hpp"

#include <string>
#include <vector>

namespace bwcheck::symbolic {

/// "refill.hpp:22:23".
[[nodiscard]] std::string to_string(const model::source_place& place);

/// What the obligation says, for a person, with its name.
[[nodiscard]] std::string describe(const obligation& what, std::string_view name);

/// The question whose answer must be "unsat": the premise, and not the goal.
[[nodiscard]] std::string question(expression_table& table, const obligation& what, encoding how,
                                   std::string_view name);

/// How long it took to decide one obligation once more.
struct obligation_time {
    std::string where;          ///< "file:line:column"
    bool only_integers = false; ///< bit-vectors were given up
    double seconds = 0;
};

/// What deciding a set of obligations came to.
struct obligation_report {
    std::uint64_t proved = 0;        ///< unsat
    std::uint64_t only_integers = 0; ///< of those: bit-vectors were given up, a fresh solver proved it in integers
    std::uint64_t refuted = 0;       ///< sat: the two encodings disagree
    std::uint64_t unknown = 0;
    std::uint64_t vacuous = 0;          ///< no inputs are known that satisfy the premise
    std::string problem;                ///< the first that was not proved, and why
    std::vector<obligation_time> times; ///< of each
};

/// Decides all of `obligations`. Bit-vectors get `bits_steps` instead of limits.steps before integers are tried.
[[nodiscard]] obligation_report decide(expression_table& table, const std::vector<obligation>& obligations,
                                       const solver_limits& limits, unsigned bits_steps);

} // namespace bwcheck::symbolic

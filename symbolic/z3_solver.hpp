// Z3, behind two narrow doors: one for questions that stand alone, one for the many small ones along a path.
//
// Z3's own types do not leave z3_solver.cpp. Its comparisons of bit-vectors are signed unless told otherwise and its
// constants go through int; nobody else should have to know.
#pragma once

#include "symbolic/answer.hpp"
#include "symbolic/expression.hpp"
#include "text/clock.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace bwcheck::symbolic {

/// Limits are counted in Z3's own steps (`rlimit`), so that an answer is the same on every machine, however busy. A
/// second is some 10^6 of them for bit-vectors, some 20 000 for products in integers.
struct solver_limits {
    unsigned steps = 2'000'000; ///< for one question, at least 1
    unsigned seed = 0;
    text::deadline until{}; ///< what is not answered by then is unknown
};

/// Decides questions that stand alone, each in a fresh solver. One for each thread.
class z3_solver {
public:
    explicit z3_solver(const solver_limits& limits);
    ~z3_solver();
    z3_solver(const z3_solver&) = delete;
    z3_solver& operator=(const z3_solver&) = delete;

    /// `text`: declarations and assertions in SMT-LIB 2, without (check-sat).
    [[nodiscard]] reply decide(const std::string& text);

private:
    struct parts;
    std::unique_ptr<parts> parts_;
};

/// Whether a path can be taken, asked again and again while the path grows and is cut back. In integers, which suit the
/// linear questions that paths consist of. One for each thread.
class z3_path_solver {
public:
    z3_path_solver(expression_table& table, const solver_limits& limits);
    ~z3_path_solver();
    z3_path_solver(const z3_path_solver&) = delete;
    z3_path_solver& operator=(const z3_path_solver&) = delete;

    /// Whether all of `path` and `next` can be true together. If so, `values` gets inputs that make them so; if not,
    /// `core` gets a part of `path` that suffices to exclude `next`.
    [[nodiscard]] answer check(std::span<const literal> path, literal next, assignment& values,
                               std::vector<literal>& core);

    /// What all questions so far have cost: Z3's steps, and a little for each question.
    [[nodiscard]] std::uint64_t steps() const { return steps_; }

private:
    struct parts;
    std::unique_ptr<parts> parts_;
    std::uint64_t steps_ = 0;
};

} // namespace bwcheck::symbolic

// Makes, from a header of the model, a copy that is all of its mutants at once: each mistake has a number, and is made
// only while that number is the active one (active_mutant.hpp).
//
// It understands C++ as the model is written, not C++: function bodies of declarations, expressions, if, while, switch
// and return. What it does not understand stays as it is, except a statement that it cannot find the end of, which is
// an error.
#pragma once

#include "mutation/variants.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace bwcheck::mutation {

/// One mistake.
struct mutant {
    std::string file;     ///< "model/fair/refill.hpp"
    std::size_t line = 0; ///< of the statement
    std::string function;
    mutant_kind kind = mutant_kind::count;
    std::string before; ///< the statement, or its condition, on one line
    std::string after;  ///< empty: dropped

    /// What it is called whatever its line: "refill.hpp refill_cfs_bandwidth_runtime: BEFORE -> AFTER".
    [[nodiscard]] std::string key() const;
};

/// A rewritten header, and what is wrong with it.
struct rewritten {
    std::string text;
    std::vector<mutant> mutants; ///< the first has the number that was asked for, the others follow
};

/// Rewrites a header. `file` is its name in #include, `first` the number of its first mutant. Throws
/// std::invalid_argument for a text that it cannot make sense of.
[[nodiscard]] rewritten rewrite(std::string_view file, const std::string& text, std::size_t first);

} // namespace bwcheck::mutation

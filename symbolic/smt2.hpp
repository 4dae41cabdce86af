// The text of a question to a solver, in SMT-LIB 2: are these statements satisfiable together?
//
// This text is what is decided: Z3 parses it, cvc5 reads it, and a person can keep it. There are two encodings, so that
// a mistake of a solver, or of one of the encodings, does not pass unnoticed: fixed-size bit-vectors, each operation
// wide enough to hold the result of unbounded integers, and integers with the ranges of the machine types.
#pragma once

#include "symbolic/expression.hpp"

#include <span>
#include <string>

namespace bwcheck::symbolic {

enum class encoding : std::uint8_t { bit_vectors, integers };

/// Declarations and assertions, without (check-sat). `comment` may have several lines.
[[nodiscard]] std::string to_smt2(expression_table& table, std::span<const literal> statements, encoding how,
                                  std::string_view comment = "");

/// The name of an input in that text.
[[nodiscard]] std::string smt2_name(std::string_view input);

} // namespace bwcheck::symbolic

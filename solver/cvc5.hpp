// A second opinion: the same texts, decided by cvc5, which shares no code with Z3.
#pragma once

#include "symbolic/answer.hpp"

#include <string>

namespace bwcheck::solver {

/// Asks the command cvc5 about a text that ends with (check-sat), in a process of its own: one that runs out of time
/// aborts. Bit-vectors are decided as integers, which is the encoding that Z3 does not use for them.
[[nodiscard]] symbolic::reply ask_cvc5(const std::string& text, double seconds);

} // namespace bwcheck::solver

// A second opinion: the same texts, decided by cvc5, which shares no code with Z3.
#pragma once

#include "symbolic/answer.hpp"
#include "text/clock.hpp"

#include <string>

namespace bwcheck::solver {

/// Asks the command cvc5 about a text that ends with (check-sat), in a process of its own: one that runs out of what it
/// is allowed aborts. `resources`: cvc5's own count of what it does, so that its answer is the same on every machine;
/// some 200 000 are a second. Bit-vectors are decided as integers, which is the encoding that Z3 does not use for them.
[[nodiscard]] symbolic::reply ask_cvc5(const std::string& text, unsigned resources, const text::deadline& until);

} // namespace bwcheck::solver

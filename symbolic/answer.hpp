// What a solver says of a question.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace bwcheck::symbolic {

enum class answer : std::uint8_t {
    unsatisfiable,
    satisfiable,
    unknown, ///< gave up, or ran out of time; never to be taken for anything else
};

/// "unsat", "sat", "unknown", as in SMT-LIB.
[[nodiscard]] constexpr std::string_view to_string(answer value) {
    switch (value) {
    case answer::unsatisfiable:
        return "unsat";
    case answer::satisfiable:
        return "sat";
    case answer::unknown:
        break;
    }
    return "unknown";
}

/// An answer, why it is unknown if it is, and how long it took.
struct reply {
    answer value = answer::unknown;
    std::string reason;
    double seconds = 0;
};

} // namespace bwcheck::symbolic

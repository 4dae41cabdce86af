// What is concluded about a property, whichever engine concludes it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace bwcheck::verdicts {

enum class verdict : std::uint8_t {
    holds,        ///< a requirement that nothing was found to break, within the bounds that are said with it
    violated,     ///< a requirement that something breaks
    yes,          ///< the answer to a question: it is so, within the bounds
    no,           ///< the answer to a question: something shows that it is not so
    measured,     ///< of a measure: there is a number
    inconclusive, ///< cut short, undecided, or never put to the test; not to be taken for any of the others
};

inline constexpr std::array all_verdicts{verdict::holds, verdict::violated, verdict::yes,
                                         verdict::no,    verdict::measured, verdict::inconclusive};

/// "holds", "violated", "yes", "no", "measured", "inconclusive".
[[nodiscard]] std::string_view to_string(verdict value);
/// Empty if there is no such verdict.
[[nodiscard]] std::optional<verdict> verdict_from_string(std::string_view name);

} // namespace bwcheck::verdicts

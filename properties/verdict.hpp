// What an engine concludes about a property, whichever engine it is.
#pragma once

#include <cstdint>
#include <string_view>

namespace bwcheck::properties {

enum class verdict : std::uint8_t {
    holds,
    violated,
    inconclusive, ///< cut short, undecided, or never put to the test; not to be taken for "holds"
};

/// "holds", "violated", "inconclusive".
[[nodiscard]] constexpr std::string_view to_string(verdict value) {
    switch (value) {
    case verdict::holds:
        return "holds";
    case verdict::violated:
        return "violated";
    case verdict::inconclusive:
        break;
    }
    return "inconclusive";
}

} // namespace bwcheck::properties

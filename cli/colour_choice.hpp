// When to use colour: --color, NO_COLOR, and whether a terminal is there to show it.
#pragma once

#include <cstdint>

namespace bwcheck::cli {

enum class colour_choice : std::uint8_t { automatic, always, never };

/// Whether to colour standard output. With `automatic`: if it is a terminal that can, and NO_COLOR is not set.
[[nodiscard]] bool colour_wanted(colour_choice choice);

} // namespace bwcheck::cli

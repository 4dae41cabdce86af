// Numbers on the command line: checked against their bounds, with an error that says what would be right.
#pragma once

#include "text/input_error.hpp"

#include <cstdint>
#include <string_view>

namespace bwcheck::cli {

inline constexpr std::uint64_t most_jobs = 256;
inline constexpr std::uint64_t largest_seed = 1'000'000'000'000'000'000;

/// A whole number. Throws text::input_error, which begins with `option`.
[[nodiscard]] std::uint64_t whole_number(std::string_view option, std::string_view text, std::uint64_t least,
                                         std::uint64_t most);

/// A number of seconds, above 0 and at most `most`; a fraction is allowed. Throws text::input_error.
[[nodiscard]] double seconds(std::string_view option, std::string_view text, double most);

} // namespace bwcheck::cli

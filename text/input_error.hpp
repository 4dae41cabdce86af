// Wrong usage or input: what the user can put right, in a command line, a file or a header.
#pragma once

#include <cstddef>
#include <stdexcept>

namespace bwcheck::text {

/// what() is one line that says what is wrong, where, and what would be right.
class input_error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// How much of what was typed such an error repeats, characters.
inline constexpr std::size_t most_repeated = 60;

} // namespace bwcheck::text

// Wrong usage or input: what the user can put right. what() is one line.
#pragma once

#include <cstddef>
#include <stdexcept>

namespace bwcheck::cli {

class usage_error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// How much of what was typed such an error repeats, characters.
inline constexpr std::size_t most_repeated = 60;

} // namespace bwcheck::cli

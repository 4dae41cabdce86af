// A file name as it can be pasted into a shell.
#pragma once

#include <string>
#include <string_view>

namespace bwcheck::text {

/// Quoted if need be. A name with control characters is quoted too, but not made fit to be shown.
[[nodiscard]] inline std::string shell_word(std::string_view text) {
    constexpr std::string_view harmless = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-+:@%,=";
    if (!text.empty() && text.find_first_not_of(harmless) == std::string_view::npos)
        return std::string(text);
    std::string word = "'";
    for (const char c : text)
        word += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return word + "'";
}

} // namespace bwcheck::text

// Any bytes as one word between quotation marks, as in C: what a script tells the guest to write, and what the guest
// answers.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace bwcheck::text {

/// "20000 100000\n" with its quotation marks. Other than printable ASCII becomes \n, \t or \xNN.
[[nodiscard]] std::string in_quotes(std::string_view bytes);

/// Takes a quoted text from the front of `line`. Nothing, if `line` does not begin with one.
[[nodiscard]] std::optional<std::string> take_quoted(std::string_view& line);

} // namespace bwcheck::text

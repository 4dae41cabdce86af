// Text from elsewhere, fit to be shown.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace bwcheck::text {

/// Text from elsewhere, made fit for one line on a terminal: other than printable ASCII becomes \n, \t or \xNN, and
/// what is longer than `most` characters is cut short.
[[nodiscard]] std::string printable(std::string_view text, std::size_t most = std::string_view::npos);

} // namespace bwcheck::text

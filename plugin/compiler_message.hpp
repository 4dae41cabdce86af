// What a compiler says of a header that does not compile, in one line.
#pragma once

#include <string>
#include <string_view>

namespace bwcheck::plugin {

/// The first error in what a compiler printed: "FILE:LINE:COLUMN: MESSAGE". If it is not in `header` but in what that
/// makes a compiler instantiate, where it does so is said as well. Without an error: the first line; never empty.
[[nodiscard]] std::string first_error_in(std::string_view output, std::string_view header);

} // namespace bwcheck::plugin

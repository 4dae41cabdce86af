// Which headers of bwcheck a program, or a plug-in, was made with. Only two that were made with the same ones
// understand each other.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace bwcheck::plugin {

/// The hash of all headers below `source` that a plug-in may include: names and contents, as 32 hexadecimal digits.
/// Throws std::system_error or std::filesystem::filesystem_error.
[[nodiscard]] std::string hash_of_headers(const std::filesystem::path& source);

/// The hash of those that this program was built with.
[[nodiscard]] std::string_view headers_built_with();

} // namespace bwcheck::plugin

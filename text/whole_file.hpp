// Files that are whole: who reads one of ours, at any moment, finds what was there before or all that is there now.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace bwcheck::text {

/// All of a file; nothing if it has more than `most_bytes`, which is found out without reading on. Throws
/// std::system_error.
[[nodiscard]] std::optional<std::string> read_file(const std::filesystem::path& path, std::size_t most_bytes);

/// Puts `text` in the place of the file: it is written beside it, and then gets its name. What is there but no ordinary
/// file, such as a pipe, a terminal or a symbolic link, is written to as it is. Throws std::system_error.
void replace_file(const std::filesystem::path& path, std::string_view text);

} // namespace bwcheck::text

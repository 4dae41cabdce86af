// Whole files as text, for those that people and other programs hand to bwcheck, and that it writes for them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace bwcheck::text {

/// The content of a file. Throws input_error if it cannot be read, or has more than `most_bytes`; `purpose` is what it
/// would be too large for.
[[nodiscard]] std::string read_text_file(const std::string& path, std::size_t most_bytes, std::string_view purpose);

/// Writes all of a file or none of it. Throws input_error if it cannot be written.
void write_text_file(const std::string& path, std::string_view text);

/// Throws input_error if what was typed after `option` cannot be a file's name. Other commands take "-" for standard
/// input or output; those of ours are not free for it.
void require_file_name(std::string_view option, std::string_view name);

} // namespace bwcheck::text

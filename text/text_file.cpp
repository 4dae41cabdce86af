#include "text/text_file.hpp"

#include "text/input_error.hpp"
#include "text/whole_file.hpp"

#include <fmt/format.h>

#include <system_error>
#include <utility>

namespace bwcheck::text {

std::string read_text_file(const std::string& path, std::size_t most_bytes, std::string_view purpose) {
    try {
        if (auto text = read_file(path, most_bytes))
            return std::move(*text);
    } catch (const std::system_error& error) {
        throw input_error(fmt::format("{}: cannot be read: {}", path, error.code().message()));
    }
    throw input_error(fmt::format("{}: too large for {}", path, purpose));
}

void write_text_file(const std::string& path, std::string_view text) {
    try {
        replace_file(path, text);
    } catch (const std::system_error& error) {
        throw input_error(fmt::format("{}: cannot be written: {}", path, error.code().message()));
    }
}

void require_file_name(std::string_view option, std::string_view name) {
    if (name.empty())
        throw input_error(fmt::format("{}: must be the name of a file", option));
    if (name == "-")
        throw input_error(fmt::format("{}: must be the name of a file, not \"-\"", option));
}

} // namespace bwcheck::text

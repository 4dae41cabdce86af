#include "cli/text_file.hpp"

#include "cli/usage_error.hpp"
#include "counterexamples/whole_file.hpp"

#include <fmt/format.h>

#include <system_error>
#include <utility>

namespace bwcheck::cli {

std::string read_text_file(const std::string& path, std::size_t most_bytes, std::string_view what) {
    try {
        if (auto text = counterexamples::read_file(path, most_bytes))
            return std::move(*text);
    } catch (const std::system_error& error) {
        throw usage_error(fmt::format("{}: cannot be read: {}", path, error.code().message()));
    }
    throw usage_error(fmt::format("{}: too large for {}", path, what));
}

void write_text_file(const std::string& path, std::string_view text) {
    try {
        counterexamples::replace_file(path, text);
    } catch (const std::system_error& error) {
        throw usage_error(fmt::format("{}: cannot be written: {}", path, error.code().message()));
    }
}

void require_file_name(std::string_view option, std::string_view name) {
    if (name.empty())
        throw usage_error(fmt::format("{}: must be the name of a file", option));
    if (name == "-")
        throw usage_error(fmt::format("{}: must be the name of a file, not \"-\"", option));
}

} // namespace bwcheck::cli

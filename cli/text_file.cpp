#include "cli/text_file.hpp"

#include "cli/usage_error.hpp"
#include "counterexamples/replace_file.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>

namespace bwcheck::cli {

std::string read_text_file(const std::string& path, std::size_t most_bytes, std::string_view what) {
    errno = 0;
    std::ifstream in(path, std::ios::binary);
    std::string text;
    std::string buffer(std::size_t{1} << 16U, '\0');
    while (in.is_open() && in.good()) {
        in.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
        text.append(buffer, 0, static_cast<std::size_t>(in.gcount()));
        if (text.size() > most_bytes)
            throw usage_error(fmt::format("{}: too large for {}", path, what));
    }
    if (!in.is_open() || in.bad())
        throw usage_error(fmt::format("{}: cannot be read: {}", path, std::strerror(errno)));
    return text;
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

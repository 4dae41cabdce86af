#include "plugin/compiler_message.hpp"

#include "text/printable.hpp"

#include <fmt/format.h>

#include <optional>
#include <vector>

namespace bwcheck::plugin {

namespace {

constexpr std::size_t longest_message = 300;

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        if (end != 0)
            lines.push_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return lines;
}

/// "FILE:LINE:COLUMN" at the front of a line about `file`; empty if it is about something else.
std::string_view place_in(std::string_view line, std::string_view file) {
    if (!line.starts_with(file) || line.size() <= file.size() || line[file.size()] != ':')
        return {};
    const std::size_t end = line.find_first_not_of("0123456789:", file.size());
    const std::string_view place = line.substr(0, end);
    return place.substr(0, place.find_last_not_of(':') + 1);
}

/// A line "PLACE: error: MESSAGE", without the word.
std::optional<std::string> error_in(std::string_view line) {
    for (const std::string_view mark : {": fatal error: ", ": error: "})
        if (const std::size_t at = line.find(mark); at != std::string_view::npos)
            return fmt::format("{}: {}", line.substr(0, at), line.substr(at + mark.size()));
    return std::nullopt;
}

} // namespace

std::string first_error_in(std::string_view output, std::string_view header) {
    const auto lines = lines_of(output);
    for (const std::string_view line : lines) {
        const auto error = error_in(line);
        if (!error)
            continue;
        std::string said = text::printable(*error, longest_message);
        for (const std::string_view other : lines)
            if (!line.starts_with(header) && !place_in(other, header).empty())
                return fmt::format("{}, which {} needs", said, text::printable(place_in(other, header)));
        return said;
    }
    return lines.empty() ? "the compiler does not say why" : text::printable(lines.front(), longest_message);
}

} // namespace bwcheck::plugin

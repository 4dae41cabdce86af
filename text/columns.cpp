#include "text/columns.hpp"

#include <algorithm>

namespace bwcheck::text {

namespace {

bool begins_a_character(char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }

/// The first `width` characters of a text, in bytes.
std::size_t bytes_of(std::string_view text, std::size_t width) {
    std::size_t seen = 0;
    for (std::size_t byte = 0; byte < text.size(); ++byte)
        if (begins_a_character(text[byte]) && seen++ == width)
            return byte;
    return text.size();
}

struct line {
    std::string text;
    emphasis how = emphasis::none;
};

std::vector<line> lines_of(const cell& content, std::size_t width) {
    constexpr std::size_t indent = 2;
    std::vector<line> lines;
    for (const cell_text& paragraph : content)
        for (std::string& text : wrap(paragraph.text, width, indent))
            lines.push_back({std::move(text), paragraph.how});
    return lines;
}

} // namespace

std::size_t display_width(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_a_character));
}

std::vector<std::string> wrap(std::string_view text, std::size_t width, std::size_t indent) {
    std::vector<std::string> lines;
    std::string prefix;
    while (true) {
        const std::size_t room = std::max<std::size_t>(width, prefix.size() + 1) - prefix.size();
        if (display_width(text) <= room) {
            lines.push_back(prefix + std::string(text));
            return lines;
        }
        // A space right behind the last character that fits is as good a place as one before it.
        const std::size_t fits = bytes_of(text, room);
        const std::size_t space = text.substr(0, fits + 1).rfind(' ');
        const bool at_space = space != std::string_view::npos && space > 0;
        lines.push_back(prefix + std::string(text.substr(0, at_space ? space : fits)));
        text.remove_prefix(at_space ? space + 1 : fits);
        prefix.assign(indent, ' ');
    }
}

std::string columns(const std::vector<cell>& row, const std::vector<std::size_t>& widths, const style& look,
                    std::size_t gap) {
    std::vector<std::vector<line>> cells;
    std::size_t height = 0;
    for (std::size_t column = 0; column < row.size(); ++column) {
        cells.push_back(lines_of(row[column], widths[column]));
        height = std::max(height, cells.back().size());
    }
    std::string text;
    for (std::size_t number = 0; number < height; ++number) {
        std::size_t owed = 0; // spaces that are only needed if something follows
        for (std::size_t column = 0; column < cells.size(); ++column) {
            const line content = number < cells[column].size() ? cells[column][number] : line{};
            if (!content.text.empty()) {
                text.append(owed, ' ');
                text += look(content.how, content.text);
                owed = 0;
            }
            owed += widths[column] - std::min(widths[column], display_width(content.text)) + gap;
        }
        text += '\n';
    }
    return text;
}

} // namespace bwcheck::text

#include "text/quoted_text.hpp"

namespace bwcheck::text {

namespace {

constexpr std::string_view hexadecimal = "0123456789abcdef";

void append_quoted(std::string& text, char c) {
    constexpr unsigned low_bits = 0xf;
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
        text += '\\';
        text += c;
    } else if (c == '\n') {
        text += "\\n";
    } else if (c == '\t') {
        text += "\\t";
    } else if (byte >= ' ' && byte < '\x7f') {
        text += c;
    } else {
        text += "\\x";
        text += hexadecimal[byte >> 4U];
        text += hexadecimal[byte & low_bits];
    }
}

/// The byte that an escape stands for, of which the backslash has been taken.
std::optional<char> take_escape(std::string_view& line) {
    if (line.empty())
        return std::nullopt;
    const char kind = line.front();
    line.remove_prefix(1);
    switch (kind) {
    case '"':
    case '\\':
        return kind;
    case 'n':
        return '\n';
    case 't':
        return '\t';
    case 'x': {
        if (line.size() < 2)
            return std::nullopt;
        const auto high = hexadecimal.find(line[0]);
        const auto low = hexadecimal.find(line[1]);
        if (high == std::string_view::npos || low == std::string_view::npos)
            return std::nullopt;
        line.remove_prefix(2);
        return static_cast<char>(high * hexadecimal.size() + low);
    }
    default:
        return std::nullopt;
    }
}

} // namespace

std::string in_quotes(std::string_view bytes) {
    std::string text = "\"";
    for (const char c : bytes)
        append_quoted(text, c);
    return text + '"';
}

std::optional<std::string> take_quoted(std::string_view& line) {
    if (!line.starts_with('"'))
        return std::nullopt;
    std::string_view rest = line.substr(1);
    std::string bytes;
    while (!rest.empty()) {
        const char c = rest.front();
        rest.remove_prefix(1);
        if (c == '"') {
            line = rest;
            return bytes;
        }
        if (c != '\\') {
            bytes += c;
            continue;
        }
        const auto meant = take_escape(rest);
        if (!meant)
            return std::nullopt;
        bytes += *meant;
    }
    return std::nullopt;
}

} // namespace bwcheck::text

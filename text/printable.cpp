#include "text/printable.hpp"

#include <fmt/format.h>

namespace bwcheck::text {

std::string printable(std::string_view text, std::size_t most) {
    std::string result;
    for (const char c : text) {
        if (result.size() >= most)
            return result + "...";
        if (c == '\n')
            result += "\\n";
        else if (c == '\t')
            result += "\\t";
        else if (c == '\\')
            result += "\\\\";
        else if (c < ' ' || c > '~')
            result += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
        else
            result += c;
    }
    return result;
}

} // namespace bwcheck::text

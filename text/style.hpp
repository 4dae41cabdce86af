// Colour for terminals, and nothing for everything else. Meaning never depends on it: what is coloured also says so in
// words.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace bwcheck::text {

enum class emphasis : std::uint8_t { none, strong, faint, good, bad, unsure };

class style {
public:
    /// `coloured`: whether escape sequences are wanted.
    explicit style(bool coloured) : coloured_(coloured) {}

    [[nodiscard]] std::string operator()(emphasis how, std::string_view text) const {
        if (!coloured_ || how == emphasis::none || text.empty())
            return std::string(text);
        return std::string(begin(how)) + std::string(text) + "\x1b[0m";
    }
    [[nodiscard]] bool coloured() const { return coloured_; }

private:
    [[nodiscard]] static std::string_view begin(emphasis how) {
        switch (how) {
        case emphasis::strong:
            return "\x1b[1m";
        case emphasis::faint:
            return "\x1b[2m";
        case emphasis::good:
            return "\x1b[32m";
        case emphasis::bad:
            return "\x1b[1;31m";
        case emphasis::unsure:
            return "\x1b[33m";
        case emphasis::none:
            break;
        }
        return "";
    }

    bool coloured_;
};

} // namespace bwcheck::text

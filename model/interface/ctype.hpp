// Text as the kernel sees it: bytes up to a NUL, classified by its own table, never by a locale.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace bwcheck::model {

// The C string that begins where BYTES do. Here the end of the view takes the place of the terminating NUL.
constexpr std::string_view until_nul(std::string_view bytes) { return bytes.substr(0, bytes.find('\0')); }

// isspace() of lib/ctype.c: the six of ASCII (\t \n \v \f \r and space) and Latin-1's no-break space.
// A no-break space in UTF-8 is two bytes, of which only the second, 0xa0, counts.
constexpr bool is_space(char c) { return (c >= '\t' && c <= '\r') || c == ' ' || c == '\xa0'; }

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The value of a digit in some base up to 16; 16 for everything that is none.
constexpr unsigned digit_value(char c) {
    if (is_digit(c))
        return static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f')
        return static_cast<unsigned>(c - 'a') + 10U;
    if (c >= 'A' && c <= 'F')
        return static_cast<unsigned>(c - 'A') + 10U;
    return 16;
}

constexpr std::string_view skip_spaces(std::string_view text) {
    while (!text.empty() && is_space(text.front()))
        text.remove_prefix(1);
    return text;
}

struct digit_run {
    std::uint64_t value;  // modulo 2^64
    bool overflow;        // whether the number is 2^64 or more
    std::size_t consumed; // how many digits there were
};

// _parse_integer() of lib/kstrtox.c: the digits of BASE that TEXT begins with. What to make of an overflow is left to
// the caller: kstrtoull() refuses it, sscanf() takes the wrapped value.
constexpr digit_run read_digits(std::string_view text, unsigned base) {
    digit_run run{.value = 0, .overflow = false, .consumed = 0};
    for (const char c : text) {
        const std::uint64_t digit = digit_value(c);
        if (digit >= base)
            break;
        run.overflow = run.overflow || run.value > (UINT64_MAX - digit) / base;
        run.value = run.value * base + digit;
        ++run.consumed;
    }
    return run;
}

} // namespace bwcheck::model

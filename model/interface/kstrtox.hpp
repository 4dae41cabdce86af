// Numbers in files that hold one number, such as cpu.max.burst: cgroup_file_write() of kernel/cgroup/cgroup.c passes
// the text as written, unstripped, to kstrtoull() of lib/kstrtox.c with base 0. References are to Linux 6.1.
#pragma once

#include "model/interface/ctype.hpp"
#include "model/interface/status.hpp"

#include <cstdint>
#include <string_view>

namespace bwcheck::model {

struct parsed_u64 {
    status error = status::ok;
    std::uint64_t value = 0; // 0 after an error

    friend bool operator==(const parsed_u64&, const parsed_u64&) = default;
};

// kstrtoull(text, 0): what the prefix says decides the base, as in C.
constexpr parsed_u64 kstrtoull(std::string_view text) {
    text = until_nul(text);

    // kstrtoull(): one plus sign, no minus sign, and no white space anywhere in front.
    if (text.starts_with('+'))
        text.remove_prefix(1);

    // _parse_integer_fixup_radix(): "0x" counts as a prefix only if a hexadecimal digit follows. Otherwise it is an
    // octal 0 with garbage behind it. The 0 of an octal number is left where it is: it is a digit too.
    unsigned base = 10;
    if (text.starts_with('0')) {
        base = 8;
        if (text.size() > 2 && (text[1] == 'x' || text[1] == 'X') && digit_value(text[2]) < 16) {
            base = 16;
            text.remove_prefix(2);
        }
    }

    // _kstrtoull(): an overflow is reported before anyone looks at what follows the digits.
    const digit_run run = read_digits(text, base);
    if (run.overflow)
        return {.error = status::erange};
    if (run.consumed == 0)
        return {.error = status::einval};
    text.remove_prefix(run.consumed);

    // One newline may end the number, as echo writes it.
    if (text.starts_with('\n'))
        text.remove_prefix(1);
    if (!text.empty())
        return {.error = status::einval};
    return {.value = run.value};
}

struct parsed_s64 {
    status error = status::ok;
    std::int64_t value = 0; // 0 after an error

    friend bool operator==(const parsed_s64&, const parsed_s64&) = default;
};

// kstrtoll(text, 0), for files that take negative numbers too: one sign, either, but not both.
constexpr parsed_s64 kstrtoll(std::string_view text) {
    constexpr std::uint64_t top = std::uint64_t{1} << 63U;
    const bool negative = text.starts_with('-');
    if (negative) {
        text.remove_prefix(1);
        if (text.starts_with('+'))
            return {.error = status::einval};
    }
    const parsed_u64 magnitude = kstrtoull(text);
    if (magnitude.error != status::ok)
        return {.error = magnitude.error};
    if (negative ? magnitude.value > top : magnitude.value >= top)
        return {.error = status::erange};
    return {.value = static_cast<std::int64_t>(negative ? 0 - magnitude.value : magnitude.value)};
}

} // namespace bwcheck::model

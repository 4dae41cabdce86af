// What cpu.max makes of the text written to it: cpu_period_quota_parse() of kernel/sched/core.c, with the parts of
// vsscanf() of lib/vsprintf.c that it uses. References are to Linux 6.1; cpu.max gets the text as written, unstripped.
//
// The kernel reads twice: first a word of at most 20 characters (as many digits as 2^64 - 1 has) and a number from the
// text, then the quota from the word. Only the quota has to make sense. Whether the values are allowed is not decided
// here.
#pragma once

#include "model/interface/ctype.hpp"
#include "model/interface/status.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace bwcheck::model {

struct parsed_cpu_max {
    status error = status::ok;
    bool unlimited = false;      // "max"
    std::uint64_t quota_us = 0;  // 0 if unlimited
    bool has_period = false;     // otherwise the period stays what it is, rounded down to whole microseconds
    std::uint64_t period_us = 0; // 0 if there is none

    friend bool operator==(const parsed_cpu_max&, const parsed_cpu_max&) = default;
};

// "%llu" of vsscanf(): white space, then a decimal digit at once (no sign, no "0x"), then all digits that follow. There
// is no such thing as too large a number: it wraps modulo 2^64 (simple_strntoull() drops the overflow flag of
// _parse_integer_limit()).
constexpr std::optional<std::uint64_t> scan_llu(std::string_view text) {
    const digit_run run = read_digits(skip_spaces(text), 10);
    if (run.consumed == 0)
        return std::nullopt;
    return run.value;
}

// "%20s" of vsscanf(): white space, then everything up to the next white space, but not more than WIDTH characters.
// Takes from TEXT what it has read. A word may be empty: text that is all white space counts as a successful
// conversion.
constexpr std::string_view scan_word(std::string_view& text, std::size_t width) {
    text = skip_spaces(text);
    std::size_t length = 0;
    while (length < std::min(width, text.size()) && !is_space(text[length]))
        ++length;
    const std::string_view word = text.substr(0, length);
    text.remove_prefix(length);
    return word;
}

constexpr parsed_cpu_max parse_cpu_max(std::string_view text) {
    constexpr std::size_t word_width = 20;
    parsed_cpu_max parsed;

    // vsscanf() stops at the end of the text, so "%20s" fails on an empty one. On white space alone it yields an empty
    // word, which then fails as a quota.
    text = until_nul(text);
    const std::string_view word = scan_word(text, word_width);

    // The space in "%20s %llu" matches any white space, also none: what is left of a longer word is read as the period.
    // If there is no number, the period that the caller put in place stays.
    const std::optional<std::uint64_t> period_us = scan_llu(text);
    parsed.has_period = period_us.has_value();
    parsed.period_us = period_us.value_or(0);

    // A number, followed by whatever; else exactly "max".
    if (const std::optional<std::uint64_t> quota_us = scan_llu(word))
        parsed.quota_us = *quota_us;
    else if (word == "max")
        parsed.unlimited = true;
    else
        return {.error = status::einval};
    return parsed;
}

} // namespace bwcheck::model

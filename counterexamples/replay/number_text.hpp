// The numbers in what is written to a file, and simpler ones in their place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bwcheck::counterexamples {

/// How hard a number is to remember: its digits, less the zeros at its end. 0 for 0.
[[nodiscard]] int significant_digits(std::uint64_t number);

/// Numbers near `number` that are easier to remember, the easiest first.
[[nodiscard]] std::vector<std::uint64_t> rounder_than(std::uint64_t number);

/// Some numbers quite different from `number`.
[[nodiscard]] std::vector<std::uint64_t> other_numbers(std::uint64_t number);

/// Where a number stands in a text.
struct text_number {
    std::size_t begin = 0;
    std::size_t length = 0;
    std::uint64_t value = 0;
};

/// The numbers of a text that fit 64 bits.
[[nodiscard]] std::vector<text_number> numbers_in(std::string_view text);
[[nodiscard]] std::string replaced(std::string_view text, const text_number& place, std::uint64_t by);

/// Texts that are simpler than `text`, the simplest first: with fewer words, or rounder numbers.
[[nodiscard]] std::vector<std::string> simpler_texts(std::string_view text);

} // namespace bwcheck::counterexamples

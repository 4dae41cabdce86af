#include "counterexamples/replay/number_text.hpp"

#include <fmt/format.h>

#include <cctype>
#include <charconv>
#include <limits>
#include <set>

namespace bwcheck::counterexamples {

int significant_digits(std::uint64_t number) {
    constexpr std::uint64_t base = 10;
    if (number == 0)
        return 0;
    while (number % base == 0)
        number /= base;
    int digits = 0;
    for (; number != 0; number /= base)
        ++digits;
    return digits;
}

std::vector<std::uint64_t> rounder_than(std::uint64_t number) {
    constexpr std::uint64_t base = 10;
    std::vector<std::uint64_t> rounder;
    const int digits = significant_digits(number);
    std::uint64_t largest_unit = 1;
    while (largest_unit <= number / base)
        largest_unit *= base;
    for (std::uint64_t unit = largest_unit; unit > 1; unit /= base) {
        const std::uint64_t down = number / unit * unit;
        for (const std::uint64_t near : {unit, down, down + unit})
            if (near >= unit && significant_digits(near) < digits)
                rounder.push_back(near);
    }
    return rounder;
}

std::vector<std::uint64_t> other_numbers(std::uint64_t number) {
    constexpr std::uint64_t msec = 1000; // in the unit of the files
    std::set<std::uint64_t> others{number + msec, number / 2 + 1, 2 * msec, 70 * msec};
    if (number <= std::numeric_limits<std::uint64_t>::max() / 3)
        others.insert(number * 3);
    others.erase(number);
    return {others.begin(), others.end()};
}

std::vector<text_number> numbers_in(std::string_view text) {
    std::vector<text_number> found;
    for (std::size_t at = 0; at < text.size();) {
        if (std::isdigit(static_cast<unsigned char>(text[at])) == 0) {
            ++at;
            continue;
        }
        text_number number{at, 0, 0};
        const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), number.value);
        number.length = static_cast<std::size_t>(end - text.data()) - at;
        if (error == std::errc{})
            found.push_back(number);
        at += number.length;
    }
    return found;
}

std::string replaced(std::string_view text, const text_number& place, std::uint64_t by) {
    return fmt::format("{}{}{}", text.substr(0, place.begin), by, text.substr(place.begin + place.length));
}

std::vector<std::string> simpler_texts(std::string_view text) {
    std::vector<std::string> simpler;
    if (const std::size_t space = text.find(' '); space != std::string_view::npos && space > 0)
        simpler.emplace_back(text.substr(0, space));
    for (const text_number& place : numbers_in(text)) {
        std::vector<std::uint64_t> numbers = rounder_than(place.value);
        if (significant_digits(place.value) > 1)
            for (const std::uint64_t usual : {100'000U, 10'000U, 1'000U})
                numbers.insert(numbers.begin(), usual);
        for (const std::uint64_t number : numbers)
            simpler.push_back(replaced(text, place, number));
    }
    return simpler;
}

} // namespace bwcheck::counterexamples

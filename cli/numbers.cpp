#include "cli/numbers.hpp"

#include "text/input_error.hpp"
#include "text/printable.hpp"

#include <fmt/format.h>

#include <charconv>
#include <string>
#include <system_error>

namespace bwcheck::cli {

namespace {

[[noreturn]] void fail(std::string_view option, std::string_view text, const std::string& must_be) {
    constexpr std::size_t shown = 40;
    throw text::input_error(fmt::format("{}: must be {}, not \"{}\"", option, must_be, text::printable(text, shown)));
}

/// Whether all of the text is a number.
template <class Number>
bool reads(std::string_view text, Number& number) {
    const char* const end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, number);
    return error == std::errc() && stopped == end;
}

} // namespace

std::uint64_t whole_number(std::string_view option, std::string_view text, std::uint64_t least, std::uint64_t most) {
    std::uint64_t number = 0;
    if (!reads(text, number) || number < least || number > most)
        fail(option, text, fmt::format("a whole number from {} to {}", least, most));
    return number;
}

double seconds(std::string_view option, std::string_view text, double most) {
    double number = 0;
    // Written so that what is not a number fails too.
    if (!reads(text, number) || !(number > 0 && number <= most))
        fail(option, text, fmt::format("a number of seconds above 0 and up to {}", most));
    return number;
}

} // namespace bwcheck::cli

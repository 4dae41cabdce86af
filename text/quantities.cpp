#include "text/quantities.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>

namespace bwcheck::text {

namespace {

constexpr double thousand = 1000;

} // namespace

std::string rounded(double number) {
    if (number < thousand)
        return fmt::format("{:.0f}", number);
    static constexpr std::array<std::string_view, 4> units{"k", "M", "G", "T"};
    std::size_t unit = 0;
    number /= thousand;
    // Written so that 999.95 k becomes 1.00 M and not 1000 k.
    constexpr double rounds_up = 999.5;
    for (; number >= rounds_up && unit + 1 < units.size(); ++unit)
        number /= thousand;
    constexpr double two_digits = 99.95;
    constexpr double one_digit = 9.995;
    const int decimals = number >= two_digits ? 0 : number >= one_digit ? 1 : 2;
    return fmt::format("{:.{}f} {}", number, decimals, units[unit]);
}

std::string mebibytes(std::uint64_t bytes) {
    constexpr double bytes_per_mib = 1024 * 1024;
    constexpr double small = 9.95;
    const double mib = static_cast<double>(bytes) / bytes_per_mib;
    return fmt::format("{:.{}f}", mib, mib < small ? 1 : 0);
}

std::string seconds_text(double seconds) {
    constexpr double tiny = 0.0995;
    constexpr double small = 9.95;
    return fmt::format("{:.{}f}", seconds, seconds < tiny ? 3 : seconds < small ? 1 : 0);
}

} // namespace bwcheck::text

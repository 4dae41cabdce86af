// A set of properties, by their numbers: a bit for each, because one is made for every transition explored, and
// billions are.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

namespace bwcheck::properties {

/// Bit i stands for property i.
__extension__ using property_set = unsigned __int128;

/// How many a set has room for.
inline constexpr std::size_t max_properties = 128;

inline constexpr property_set all_properties = ~property_set{0};

/// The set of one.
[[nodiscard]] constexpr property_set only(std::size_t number) { return property_set{1} << number; }

[[nodiscard]] constexpr bool contains(property_set all, std::size_t number) { return ((all >> number) & 1U) != 0; }

/// The smallest number in a set that is not empty.
[[nodiscard]] constexpr std::size_t first_of(property_set all) {
    constexpr unsigned half = 64;
    const auto low = static_cast<std::uint64_t>(all);
    return static_cast<std::size_t>(low != 0 ? std::countr_zero(low)
                                             : static_cast<int>(half) +
                                                   std::countr_zero(static_cast<std::uint64_t>(all >> half)));
}

/// Calls visit(number) for each, in their order.
template <class Visit>
constexpr void for_each_of(property_set all, Visit&& visit) {
    for (; all != 0; all &= all - 1)
        visit(first_of(all));
}

} // namespace bwcheck::properties

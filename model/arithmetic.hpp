// The numbers a kernel function computes with are a parameter, so that one body serves every engine.
//
// `plain` is what the kernel has: 64-bit machine integers. `checked` (checked.hpp) notices wrap-around. A symbolic one
// can take their place, because bodies keep to this vocabulary:
//   + - * / % << and comparisons   between two numbers of the same type; a wrap is a finding
//   as_s64(u), as_u64(s)           the conversions that C does silently
//   wrapping_sub(a, b)             where the kernel's own intent is arithmetic modulo 2^64, said explicitly
//   wide(x)                        the same value in unbounded integers, for what properties compare
// A comparison may yield something other than bool (a symbolic truth value) as long as it converts to bool in a
// condition.
#pragma once

#include <concepts>
#include <cstdint>

namespace bwcheck::model {

/// Signed integers wide enough that no sum or product of two 64-bit values and a few terms more can wrap.
__extension__ using int128 = __int128;

/// Machine integers: the explorer and replay use these.
struct plain {
    using u64 = std::uint64_t;
    using s64 = std::int64_t;
    using s32 = std::int32_t; ///< `int` counters of cpu.stat
    using flag = bool;        ///< a truth value of the state
    static constexpr int max_cpus = 8;
};

/// The same for machines of a size that nobody explores: random tests.
struct plain_many_cpus : plain {
    static constexpr int max_cpus = 64;
};

[[nodiscard]] constexpr std::int64_t as_s64(std::uint64_t value) { return static_cast<std::int64_t>(value); }
[[nodiscard]] constexpr std::uint64_t as_u64(std::int64_t value) { return static_cast<std::uint64_t>(value); }
[[nodiscard]] constexpr std::int32_t as_s32(std::uint64_t value) { return static_cast<std::int32_t>(value); }
[[nodiscard]] constexpr std::uint64_t wrapping_sub(std::uint64_t a, std::uint64_t b) { return a - b; }
[[nodiscard]] constexpr int128 wide(std::uint64_t value) { return value; }
[[nodiscard]] constexpr int128 wide(std::int64_t value) { return value; }

/// What wide() makes of the numbers of a family: integers that do not wrap.
template <class Num>
using unbounded = decltype(wide(typename Num::u64{}));

/// The smaller of two numbers, in the words of the vocabulary above only.
template <class Number>
[[nodiscard]] constexpr Number min(const Number& a, const Number& b) {
    if (b < a)
        return b;
    return a;
}

/// What a family of numbers must offer before a model can be built over it.
template <class Num>
concept arithmetic = requires(typename Num::u64 u, typename Num::s64 s, typename Num::s32 count,
                              const typename Num::u64 constant, const typename Num::flag flag) {
    { Num::max_cpus } -> std::convertible_to<int>;
    { u + constant } -> std::same_as<typename Num::u64>;
    { u - constant } -> std::same_as<typename Num::u64>;
    { u* constant } -> std::same_as<typename Num::u64>;
    { u / constant } -> std::same_as<typename Num::u64>;
    { u << 20U } -> std::same_as<typename Num::u64>;
    { s + s } -> std::same_as<typename Num::s64>;
    { s - s } -> std::same_as<typename Num::s64>;
    { as_s64(u) } -> std::same_as<typename Num::s64>;
    { as_u64(s) } -> std::same_as<typename Num::u64>;
    { as_s32(u) } -> std::same_as<typename Num::s32>;
    { wrapping_sub(u, u) } -> std::same_as<typename Num::u64>;
    { u < constant } -> std::convertible_to<bool>;
    { flag } -> std::convertible_to<bool>;
    { s > s } -> std::convertible_to<bool>;
    { wide(u) <= wide(s) } -> std::convertible_to<bool>;
    count += count;
};

static_assert(arithmetic<plain> && arithmetic<plain_many_cpus>);

} // namespace bwcheck::model

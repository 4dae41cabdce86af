// Numbers that notice wrap-around: they compute exactly what machine integers compute, and remember the first operation
// whose result was not the one of unbounded integers, with the place in the model where it stands.
#pragma once

#include "model/arithmetic.hpp"
#include "model/source_place.hpp"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace bwcheck::model {

/// One operation that wrapped: what was computed, with which operands (as 64-bit patterns), and where.
struct wrap {
    char operation = '?'; ///< '+', '-', '*' or '<' (shift left)
    std::uint64_t left = 0;
    std::uint64_t right = 0;
    bool is_signed = false;
    source_place where;
};

/// The first wrap on this thread since the last call of take_first_wrap(); empty if none.
/// A thread-wide register, as the FPU has one for exceptions: arithmetic expressions have no room for a parameter.
[[nodiscard]] std::optional<wrap> take_first_wrap();

/// All wraps on this thread since the last call of either function, in order; one, the first, for each operation that
/// wrapped, and no more than 16.
[[nodiscard]] std::vector<wrap> take_wraps();

/// "18446744073709551615 + 1 wraps at refill.hpp:31:9".
[[nodiscard]] std::string to_string(const wrap& finding);

namespace detail {
void note_wrap(const wrap& finding);
} // namespace detail

/// A 64-bit or 32-bit machine integer whose + - * << are watched.
template <class Integer>
class checked_number {
public:
    constexpr checked_number() = default;

    /// Any integer constant that the type can hold; one that it cannot hold is not silently converted.
    template <std::integral Value>
    constexpr checked_number(Value value) // NOLINT(google-explicit-constructor): constants stand in bodies as in C
        : value_(static_cast<Integer>(value)) {
        if (!std::in_range<Integer>(value))
            throw_out_of_range();
    }

    [[nodiscard]] constexpr Integer value() const { return value_; }

    /// The right operand of an operation. Its conversion is where the operation's place is picked up.
    struct operand {
        Integer value;
        source_place where;

        constexpr operand(const checked_number& number, // NOLINT(google-explicit-constructor): picks up the place
                          source_place place = source_place::current())
            : value(number.value_), where(place) {}
        template <std::integral Value>
        constexpr operand(Value constant, // NOLINT(google-explicit-constructor): picks up the place
                          source_place place = source_place::current())
            : value(checked_number(constant).value_), where(place) {}
    };

    friend checked_number operator+(const checked_number& a, operand b) {
        Integer result{};
        watch(__builtin_add_overflow(a.value_, b.value, &result), '+', a, b);
        return from(result);
    }
    friend checked_number operator-(const checked_number& a, operand b) {
        Integer result{};
        watch(__builtin_sub_overflow(a.value_, b.value, &result), '-', a, b);
        return from(result);
    }
    friend checked_number operator*(const checked_number& a, operand b) {
        Integer result{};
        watch(__builtin_mul_overflow(a.value_, b.value, &result), '*', a, b);
        return from(result);
    }
    friend checked_number operator<<(const checked_number& a, operand b) {
        static_assert(std::is_unsigned_v<Integer>, "the kernel shifts unsigned numbers only");
        const Integer result = a.value_ << b.value;
        watch((result >> b.value) != a.value_, '<', a, b);
        return from(result);
    }
    friend checked_number operator/(const checked_number& a, const checked_number& b) {
        return from(static_cast<Integer>(a.value_ / b.value_));
    }
    friend checked_number operator%(const checked_number& a, const checked_number& b) {
        return from(static_cast<Integer>(a.value_ % b.value_));
    }
    friend checked_number operator-(const checked_number& a) {
        static_assert(std::is_signed_v<Integer>, "negating an unsigned number always wraps, except for 0");
        return checked_number(0) - a;
    }
    friend checked_number& operator+=(checked_number& a, operand b) { return a = a + b; }
    friend checked_number& operator-=(checked_number& a, operand b) { return a = a - b; }
    friend checked_number& operator*=(checked_number& a, operand b) { return a = a * b; }

    friend constexpr bool operator==(const checked_number& a, const checked_number& b) = default;
    friend constexpr auto operator<=>(const checked_number& a, const checked_number& b) = default;

private:
    static constexpr checked_number from(Integer value) {
        checked_number number;
        number.value_ = value;
        return number;
    }
    static void watch(bool wrapped, char operation, const checked_number& a, const operand& b) {
        if (wrapped)
            detail::note_wrap({operation, static_cast<std::uint64_t>(a.value_), static_cast<std::uint64_t>(b.value),
                               std::is_signed_v<Integer>, b.where});
    }
    [[noreturn]] static void throw_out_of_range();

    Integer value_{};
};

/// The family of wrap-noticing numbers. It runs beside others, on machines of any size, and is never stored by the
/// million: one size serves all.
struct checked {
    using u64 = checked_number<std::uint64_t>;
    using s64 = checked_number<std::int64_t>;
    using s32 = checked_number<std::int32_t>;
    using flag = bool;
    static constexpr int max_cpus = plain_many_cpus::max_cpus;
};

[[nodiscard]] constexpr checked::s64 as_s64(const checked::u64& number) { return as_s64(number.value()); }
[[nodiscard]] constexpr checked::u64 as_u64(const checked::s64& number) { return as_u64(number.value()); }
[[nodiscard]] constexpr checked::s32 as_s32(const checked::u64& number) { return as_s32(number.value()); }
[[nodiscard]] constexpr checked::u64 wrapping_sub(const checked::u64& a, const checked::u64& b) {
    return a.value() - b.value();
}
[[nodiscard]] constexpr int128 wide(const checked::u64& number) { return number.value(); }
[[nodiscard]] constexpr int128 wide(const checked::s64& number) { return number.value(); }

static_assert(arithmetic<checked>);

} // namespace bwcheck::model

// What symbolic numbers cannot express must not compile: a question that left something out silently would prove less
// than it says.
#include "model/arithmetic.hpp"
#include "symbolic/numbers.hpp"

#include <gtest/gtest.h>

#include <concepts>
#include <type_traits>

namespace bwcheck::symbolic {
namespace {

using u64 = numbers::u64;
using s64 = numbers::s64;
using s32 = numbers::s32;

template <class Left, class Right>
concept added = requires(Left left, Right right) {
    left + right;
};
template <class Left, class Right>
concept compared_with = requires(Left left, Right right) {
    left < right;
};
template <class Number>
concept has_bit_operations = requires(Number a) {
    a& a;
}
|| requires(Number a) { a | a; }
|| requires(Number a) { a ^ a; }
|| requires(Number a) { ~a; };
template <class Number>
concept shifts_right = requires(Number a) {
    a >> 1U;
};
template <class Number>
concept steps_by_one = requires(Number& a) {
    ++a;
};

static_assert(model::arithmetic<numbers>, "all that the model's functions may do");
static_assert(added<u64, u64> && added<s64, s64> && compared_with<u64, u64> && compared_with<s64, s64>);

// C would convert silently; the model says as_s64() and as_u64().
static_assert(!added<u64, s64> && !added<s64, u64> && !added<u64, s32>);
static_assert(!compared_with<u64, s64> && !compared_with<s64, u64>);
static_assert(!std::convertible_to<u64, std::uint64_t> && !std::convertible_to<u64, bool> &&
                  !std::convertible_to<s64, std::int64_t>,
              "a symbolic number has no value that plain code could go on with");
static_assert(!added<u64, double> && !std::constructible_from<u64, double>);

// No obligation says what these mean.
static_assert(!has_bit_operations<u64> && !shifts_right<u64> && !steps_by_one<u64>);

TEST(symbolic, is_of_no_use_outside_of_an_enumeration) {
    EXPECT_THROW(static_cast<void>(u64(1) + u64(2)), std::logic_error);
}

} // namespace
} // namespace bwcheck::symbolic

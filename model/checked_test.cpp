#include "model/checked.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <thread>

namespace bwcheck::model {
namespace {

using u64 = checked::u64;
using s64 = checked::s64;
using s32 = checked::s32;

constexpr std::uint64_t u64_max = std::numeric_limits<std::uint64_t>::max();
constexpr std::int64_t s64_max = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t s64_min = std::numeric_limits<std::int64_t>::min();

/// Whether computing `expression` wrapped, and that it did so with this operation.
template <class Expression>
char wrapped(Expression&& expression) {
    static_cast<void>(take_first_wrap());
    static_cast<void>(expression());
    const auto found = take_first_wrap();
    return found ? found->operation : ' ';
}

TEST(checked, computes_as_machine_integers_do) {
    EXPECT_EQ(u64(u64_max) + 2, u64(1));
    EXPECT_EQ(u64(1) - 2, u64(u64_max));
    EXPECT_EQ(u64(u64_max) * 2, u64(u64_max - 1));
    EXPECT_EQ(u64(3) << 63, u64(std::uint64_t{1} << 63U));
    EXPECT_EQ(s64(s64_max) + 1, s64(s64_min));
    EXPECT_EQ(u64(17) / 5, u64(3));
    EXPECT_EQ(s64(-17) % 5, s64(-2));
    EXPECT_EQ(-s64(5), s64(-5));
    static_cast<void>(take_first_wrap());
}

TEST(checked, notices_unsigned_wraps_and_only_those) {
    EXPECT_EQ(wrapped([] { return u64(u64_max) + 1; }), '+');
    EXPECT_EQ(wrapped([] { return u64(u64_max - 1) + 1; }), ' ');
    EXPECT_EQ(wrapped([] { return u64(0) - 1; }), '-');
    EXPECT_EQ(wrapped([] { return u64(1) - 1; }), ' ');
    EXPECT_EQ(wrapped([] { return u64(std::uint64_t{1} << 32U) * (std::uint64_t{1} << 32U); }), '*');
    EXPECT_EQ(wrapped([] { return u64(u64_max) * 1; }), ' ');
    EXPECT_EQ(wrapped([] { return u64(std::uint64_t{1} << 44U) << 20; }), '<');
    EXPECT_EQ(wrapped([] { return u64((std::uint64_t{1} << 44U) - 1) << 20; }), ' ');
}

TEST(checked, notices_signed_wraps_and_only_those) {
    EXPECT_EQ(wrapped([] { return s64(s64_max) + 1; }), '+');
    EXPECT_EQ(wrapped([] { return s64(s64_min) + s64_max; }), ' ');
    EXPECT_EQ(wrapped([] { return s64(s64_min) - 1; }), '-');
    EXPECT_EQ(wrapped([] { return s64(-1) - s64_max; }), ' ');
    EXPECT_EQ(wrapped([] { return s64(s64_min) * -1; }), '*');
    EXPECT_EQ(wrapped([] { return -s64(s64_min); }), '-');
    EXPECT_EQ(wrapped([] { return -s64(s64_max); }), ' ');
    EXPECT_EQ(wrapped([] { return s32(std::numeric_limits<std::int32_t>::max()) + 1; }), '+');
}

TEST(checked, notices_wraps_of_compound_assignment) {
    EXPECT_EQ(wrapped([] {
                  u64 number = u64_max;
                  return number += 1;
              }),
              '+');
    EXPECT_EQ(wrapped([] {
                  u64 number = 0;
                  return number -= 1;
              }),
              '-');
    EXPECT_EQ(wrapped([] {
                  u64 number = u64_max;
                  return number *= 2;
              }),
              '*');
}

TEST(checked, lets_the_kernels_own_modular_arithmetic_be) {
    EXPECT_EQ(wrapped([] { return wrapping_sub(u64(1), u64(2)); }), ' ');
    EXPECT_EQ(wrapping_sub(u64(1), u64(2)), u64(u64_max));
    EXPECT_EQ(wrapped([] { return as_s64(u64(u64_max)); }), ' ');
}

TEST(checked, keeps_the_first_wrap_until_it_is_taken) {
    static_cast<void>(take_first_wrap());
    static_cast<void>(u64(u64_max) + 5);
    static_cast<void>(u64(3) - 4);
    const auto found = take_first_wrap();
    ASSERT_TRUE(found);
    EXPECT_EQ(found->operation, '+');
    EXPECT_EQ(found->left, u64_max);
    EXPECT_EQ(found->right, 5U);
    EXPECT_FALSE(found->is_signed);
    EXPECT_FALSE(take_first_wrap());
}

TEST(checked, keeps_one_wrap_of_each_operation) {
    static_cast<void>(take_wraps());
    for (std::uint64_t more = 1; more <= 3; ++more)
        static_cast<void>(u64(u64_max) + more);
    static_cast<void>(u64(3) - 4);
    const auto found = take_wraps();
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].operation, '+');
    EXPECT_EQ(found[0].right, 1U) << "not the first time that this operation wrapped";
    EXPECT_EQ(found[1].operation, '-');
    EXPECT_TRUE(take_wraps().empty());
    for (int times = 0; times < 2; ++times)
        static_cast<void>(u64(u64_max) * 2);
    EXPECT_TRUE(take_first_wrap());
    EXPECT_TRUE(take_wraps().empty()) << "the first was taken, and the others with it";
}

TEST(checked, keeps_a_register_for_each_thread) {
    static_cast<void>(take_first_wrap());
    std::thread([] { static_cast<void>(u64(0) - 1); }).join();
    EXPECT_FALSE(take_first_wrap());
}

TEST(checked, says_in_which_line_and_column_the_operation_stands) {
    static_cast<void>(take_first_wrap());
    const u64 one = 1;
    const u64 two = 2;
    const auto line = static_cast<std::uint32_t>(__LINE__) + 1;
    const u64 sum = one + (one - two);
    static_cast<void>(sum);
    const auto found = take_first_wrap();
    ASSERT_TRUE(found);
    EXPECT_EQ(found->operation, '-');
    EXPECT_EQ(found->where.line(), line);
    EXPECT_TRUE(std::string(found->where.file_name()).ends_with("checked_test.cpp"));
}

TEST(checked, tells_two_operations_in_a_line_apart_by_column) {
    const u64 huge = u64_max;
    const u64 one = 1;
    const auto column_of = [&](bool first) {
        static_cast<void>(take_first_wrap());
        const u64 a = first ? huge : one;
        const u64 b = first ? one : huge;
        static_cast<void>((a + 1) / 2 + (b + 1) / 2);
        const auto found = take_first_wrap();
        return found ? found->where.column() : 0;
    };
    EXPECT_NE(column_of(true), 0U);
    EXPECT_LT(column_of(true), column_of(false));
}

TEST(checked, describes_a_wrap_for_people) {
    static_cast<void>(take_first_wrap());
    static_cast<void>(u64(u64_max) + 1);
    EXPECT_EQ(to_string(*take_first_wrap()).substr(0, 48), "18446744073709551615 + 1 wraps at checked_test.c");
    static_cast<void>(u64(u64_max) << 1);
    EXPECT_EQ(to_string(*take_first_wrap()).substr(0, 33), "18446744073709551615 << 1 wraps a");
    static_cast<void>(s64(s64_min) - 1);
    EXPECT_EQ(to_string(*take_first_wrap()).substr(0, 33), "-9223372036854775808 - 1 wraps at");
}

TEST(checked, refuses_constants_that_do_not_fit) {
    EXPECT_THROW(static_cast<void>(u64(-1)), std::out_of_range);
    EXPECT_THROW(static_cast<void>(s64(u64_max)), std::out_of_range);
    EXPECT_THROW(static_cast<void>(s32(s64_max)), std::out_of_range);
    EXPECT_NO_THROW(static_cast<void>(s64(s64_min)));
    EXPECT_THROW(static_cast<void>(u64(5) + -1), std::out_of_range);
}

TEST(checked, converts_as_c_does) {
    EXPECT_EQ(as_s64(u64(u64_max)), s64(-1));
    EXPECT_EQ(as_u64(s64(-1)), u64(u64_max));
    EXPECT_EQ(as_s32(u64(0x1'0000'0003)), s32(3));
    EXPECT_TRUE(wide(u64(u64_max)) > wide(s64(s64_max)));
    EXPECT_TRUE(wide(s64(-1)) < wide(u64(0)));
}

TEST(checked, compares_by_value) {
    EXPECT_TRUE(u64(3) < u64(4));
    EXPECT_TRUE(s64(-3) < 0);
    EXPECT_TRUE(u64(3) == 3);
    EXPECT_EQ(min(u64(3), u64(4)), u64(3));
    EXPECT_EQ(min(u64(5), u64(4)), u64(4));
}

} // namespace
} // namespace bwcheck::model

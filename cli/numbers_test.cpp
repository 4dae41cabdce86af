#include "cli/numbers.hpp"
#include "text/input_error.hpp"

#include <gtest/gtest.h>

namespace bwcheck::cli {
namespace {

TEST(whole_number, is_read_up_to_its_bounds) {
    EXPECT_EQ(whole_number("-n", "1", 1, 8), 1U);
    EXPECT_EQ(whole_number("-n", "8", 1, 8), 8U);
    EXPECT_EQ(whole_number("-n", "18446744073709551615", 0, UINT64_MAX), UINT64_MAX);
    for (const char* const bad : {"", "0", "9", "-1", "+1", " 1", "1 ", "1.0", "0x1", "18446744073709551616"})
        EXPECT_THROW(static_cast<void>(whole_number("-n", bad, 1, 8)), text::input_error) << bad;
}

TEST(whole_number, says_what_it_must_be) {
    try {
        static_cast<void>(whole_number("--jobs", "no\n", 1, 8));
        FAIL();
    } catch (const text::input_error& error) {
        EXPECT_STREQ(error.what(), "--jobs: must be a whole number from 1 to 8, not \"no\\n\"");
    }
}

TEST(seconds, may_have_a_fraction) {
    EXPECT_EQ(seconds("-s", "2.5", 10), 2.5);
    EXPECT_EQ(seconds("-s", "1e1", 10), 10);
    for (const char* const bad : {"", "0", "-1", "nan", "inf", "-inf", "1e999", "11", "1s"})
        EXPECT_THROW(static_cast<void>(seconds("-s", bad, 10)), text::input_error) << bad;
}

} // namespace
} // namespace bwcheck::cli

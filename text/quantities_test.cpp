#include "text/quantities.hpp"

#include <gtest/gtest.h>

namespace bwcheck::text {
namespace {

TEST(rounded, has_three_digits) {
    EXPECT_EQ(rounded(0), "0");
    EXPECT_EQ(rounded(999), "999");
    EXPECT_EQ(rounded(1000), "1.00 k");
    EXPECT_EQ(rounded(12345), "12.3 k");
    EXPECT_EQ(rounded(123456), "123 k");
    EXPECT_EQ(rounded(999'499), "999 k");
    EXPECT_EQ(rounded(999'501), "1.00 M");
    EXPECT_EQ(rounded(9'999'000), "10.0 M");
    EXPECT_EQ(rounded(1e18), "1000000 T");
}

TEST(mebibytes, have_a_decimal_where_it_matters) {
    EXPECT_EQ(mebibytes(0), "0.0");
    EXPECT_EQ(mebibytes(std::uint64_t{1} << 20U), "1.0");
    EXPECT_EQ(mebibytes(std::uint64_t{1} << 30U), "1024");
}

TEST(seconds_text, has_decimals_where_they_matter) {
    EXPECT_EQ(seconds_text(0.0042), "0.004");
    EXPECT_EQ(seconds_text(1.23), "1.2");
    EXPECT_EQ(seconds_text(75.4), "75");
}

} // namespace
} // namespace bwcheck::text

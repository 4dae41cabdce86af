#include "lab/proposal/delay_plot.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace bwcheck::lab {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

TEST(delay_histogram, counts_every_delay_once) {
    const std::string text = delay_histogram({{0, 4'999, 5'000, 99'999, 100'000, 250'000}, 0}, {});
    EXPECT_THAT(text, HasSubstr("0 to 5 ms     2 ####"));
    EXPECT_THAT(text, HasSubstr("5 to 10 ms     1 ####"));
    EXPECT_THAT(text, HasSubstr("95 to 100 ms     1 ####"));
    EXPECT_THAT(text, HasSubstr("100 ms or more     2 ####"));
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 21);
}

TEST(delay_svg, names_its_kernels) {
    const std::string svg = delay_svg({{"a<b", {{10, 20}, 0}}, {"none", {}}}, {});
    EXPECT_THAT(svg, HasSubstr(">a&lt;b</text>"));
    EXPECT_THAT(svg, HasSubstr(">none</text>"));
    EXPECT_THAT(svg, EndsWith("</svg>\n"));
}

} // namespace
} // namespace bwcheck::lab

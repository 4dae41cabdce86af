#include "lab/host_pressure.hpp"

#include <gtest/gtest.h>

namespace bwcheck::lab {
namespace {

TEST(host_pressure, is_read_as_the_kernel_writes_it) {
    EXPECT_EQ(waited_us("some avg10=99.99 avg60=99.82 avg300=99.69 total=5458761221"), 5458761221U);
    EXPECT_EQ(waited_us("some avg10=0.00 avg60=0.00 avg300=0.00 total=0\nfull total=7\n"), 0U);
    for (const char* const bad : {"", "full avg10=0.00 total=1", "some avg10=0.00", "some total=x"})
        EXPECT_EQ(waited_us(bad), std::nullopt) << bad;
}

TEST(host_pressure, is_a_part_of_the_time) {
    const host_pressure since;
    if (const auto waited = since.waited()) {
        EXPECT_GE(*waited, 0);
        EXPECT_LE(*waited, 1);
    }
}

} // namespace
} // namespace bwcheck::lab

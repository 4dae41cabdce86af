#include "lab/proposal/selftest.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>

namespace bwcheck::lab {
namespace {

using testing::HasSubstr;

class selftest_test : public testing::Test {
protected:
    [[nodiscard]] selftest_result with_usage(std::uint64_t us, int error_of_write = 0) const {
        std::vector<answer> answers;
        for (std::size_t number = 0; number < script.size(); ++number) {
            answer said{.number = number, .error = 0, .time_us = 0, .value = ""};
            if (script[number].file == "cpu.stat")
                said.value = "usage_usec " + std::to_string(us) + "\nuser_usec 7\n";
            if (script[number].file == "cpu.max.runtime")
                said.error = error_of_write;
            answers.push_back(said);
        }
        return read_selftest(script, answers);
    }

    std::vector<command> script = selftest_script();
};

TEST_F(selftest_test, passes_within_ten_percent_of_the_sum) {
    EXPECT_EQ(with_usage(2'550'000).usage_us, 2'550'000U);
    EXPECT_TRUE(with_usage(2'550'000).passed);
    EXPECT_TRUE(with_usage(3'055'000).passed); // 555 of 5555 ms
    EXPECT_FALSE(with_usage(3'060'000).passed);
    EXPECT_TRUE(with_usage(2'046'000).passed);
    EXPECT_FALSE(with_usage(2'040'000).passed);
    EXPECT_FALSE(with_usage(0).passed);
}

TEST_F(selftest_test, fails_if_a_write_does) {
    const selftest_result result = with_usage(2'500'000, ENOENT);
    EXPECT_FALSE(result.passed);
    EXPECT_THAT(result.failure, HasSubstr("cpu.max.runtime \"2500000\"\" failed with ENOENT"));
}

TEST(cpu_stat_number, is_found_by_its_whole_name) {
    EXPECT_EQ(cpu_stat_number("nr_bursts 3\nburst_usec 900\n", "burst_usec"), 900U);
    EXPECT_EQ(cpu_stat_number("nr_bursts 3\n", "bursts"), 0U);
    EXPECT_EQ(cpu_stat_number("", "bursts"), 0U);
}

} // namespace
} // namespace bwcheck::lab

#include "lab/lab_error.hpp"
#include "lab/proposal/delays.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>

namespace bwcheck::lab {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::uint64_t> even(std::size_t count, std::uint64_t until) {
    std::vector<std::uint64_t> delays;
    for (std::size_t number = 0; number < count; ++number)
        delays.push_back((2 * number + 1) * until / (2 * count));
    return delays;
}

TEST(delays, even_ones_are_those_of_a_refill) {
    EXPECT_EQ(judge({even(200, 100'000), 0}, {}), wakening::at_refill);
    EXPECT_NEAR(distance_from_even(even(100, 100'000), 100'000), 0.005, 1e-9);
}

TEST(delays, short_ones_are_at_once) {
    auto delays = even(200, 400);
    EXPECT_EQ(judge({delays, 0}, {}), wakening::at_once);
    // One of twenty may be late, on a busy host; no more.
    std::fill(delays.end() - 10, delays.end(), 30'000);
    EXPECT_EQ(judge({delays, 0}, {}), wakening::at_once);
    std::fill(delays.end() - 11, delays.end(), 30'000);
    EXPECT_EQ(judge({delays, 0}, {}), wakening::unclear);
}

TEST(delays, other_ones_are_unclear) {
    EXPECT_EQ(judge({even(200, 50'000), 0}, {}), wakening::unclear);
    EXPECT_EQ(judge({even(200, 300'000), 0}, {}), wakening::unclear);
    EXPECT_EQ(judge({even(10, 400), 0}, {}), wakening::unclear);
    EXPECT_EQ(judge({even(100, 400), 50}, {}), wakening::unclear);
    EXPECT_EQ(judge({}, {}), wakening::unclear);
}

TEST(delays, quantiles) {
    const std::vector<std::uint64_t> delays{1, 2, 3, 4};
    EXPECT_EQ(quantile(delays, 0), 1U);
    EXPECT_EQ(quantile(delays, 0.5), 2U);
    EXPECT_EQ(quantile(delays, 0.51), 3U);
    EXPECT_EQ(quantile(delays, 1), 4U);
    EXPECT_EQ(quantile({}, 0.5), 0U);
}

class delay_answers : public testing::Test {
protected:
    delay_answers() {
        delay_plan plan;
        plan.injections = 3;
        script = delay_script(plan);
        for (std::size_t number = 0; number < script.size(); ++number) {
            answers.push_back({.number = number, .error = 0, .time_us = 0, .value = ""});
            if (script[number].action == verb::wake)
                wakes.push_back(number);
        }
        for (const std::size_t number : wakes)
            answers[number].value = std::to_string(100 - number);
    }

    std::vector<command> script;
    std::vector<answer> answers;
    std::vector<std::size_t> wakes;
};

TEST_F(delay_answers, are_sorted) {
    ASSERT_EQ(wakes.size(), 3U);
    answers[wakes[1]].error = ETIMEDOUT;
    const delay_sample sample = read_delays(script, answers);
    EXPECT_THAT(sample.delays_us, ElementsAre(100 - wakes[2], 100 - wakes[0]));
    EXPECT_EQ(sample.missed, 1U);
}

TEST_F(delay_answers, say_what_is_missing) {
    const auto trouble = [&] {
        try {
            static_cast<void>(read_delays(script, answers));
        } catch (const lab_error& error) {
            return std::string(error.what());
        }
        return std::string();
    };
    answers[wakes[0]].error = ENOENT;
    EXPECT_THAT(trouble(), HasSubstr("no cpu.max.runtime"));
    answers[wakes[0]].error = EINVAL;
    EXPECT_THAT(trouble(), HasSubstr("failed with EINVAL"));
}

TEST_F(delay_answers, come_from_writes_at_moments_that_the_seed_chooses) {
    delay_plan other;
    other.injections = 3;
    EXPECT_EQ(delay_script(other), script);
    other.seed = 2;
    EXPECT_NE(delay_script(other), script);
}

} // namespace
} // namespace bwcheck::lab

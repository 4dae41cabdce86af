#include "lab/behaviour_conformance.hpp"
#include "lab/simulation.hpp"
#include "testing/fake_kernel.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace bwcheck::lab {
namespace {

using model::file;

constexpr std::uint64_t msec = 1'000'000; // ns

scenario busy(std::vector<model::scope_write> setup) {
    return {.name = "busy",
            .about = "",
            .setup = std::move(setup),
            .children = {{0, {{activity::kind::busy, 5'000'000}}, false}},
            .writes = {},
            .settle_us = 210'000,
            .duration_us = 1'000'000};
}

// A tick of 1 ms, and a period that ends 40 ms after the beginning: 20 ms in it, and then 20 ms in each of ten, of
// which the last has 60 ms left.
TEST(simulation, of_a_limit_can_be_done_by_hand) {
    const phases when{.tick_ns = msec, .first_tick_ns = msec, .first_period_ns = 50 * msec};
    const statistics found = simulate("linux-6.1", busy({{file::cpu_max, "20000 100000"}}), when);
    EXPECT_EQ(found.nr_periods, 10U);
    EXPECT_EQ(found.nr_throttled, 10U);
    EXPECT_EQ(found.nr_bursts, 0U);
    EXPECT_NEAR(static_cast<double>(found.usage_us), 220'000, 2'000);
    // 20 ms of the first period, and 80 ms of nine; the last stretch has not ended.
    EXPECT_NEAR(static_cast<double>(found.throttled_us), 740'000, 12'000);
}

TEST(simulation, of_a_burst_counts_what_was_used_beyond_the_quota) {
    const phases when{.tick_ns = msec, .first_tick_ns = msec, .first_period_ns = 100 * msec};
    const statistics found =
        simulate("linux-6.1", busy({{file::cpu_max, "30000 100000"}, {file::cpu_max_burst, "20000"}}), when);
    EXPECT_EQ(found.nr_bursts, 1U);
    EXPECT_NEAR(static_cast<double>(found.burst_us), 20'000, 2'000);
}

TEST(simulation, of_a_child_that_burns_and_sleeps) {
    scenario scenario = busy({{file::cpu_max, "50000 100000"}});
    scenario.children = {{0, {{activity::kind::burn, 10'000}, {activity::kind::sleep, 90'000}}, true}};
    const statistics found =
        simulate("linux-6.1", scenario, {.tick_ns = msec, .first_tick_ns = msec, .first_period_ns = 0});
    EXPECT_EQ(found.usage_us, 100'000U);
    EXPECT_EQ(found.nr_throttled, 0U);
}

TEST(simulation, without_a_limit_is_never_stopped) {
    const statistics found =
        simulate("linux-6.1", busy({}), {.tick_ns = msec, .first_tick_ns = msec, .first_period_ns = 0});
    EXPECT_EQ(found.usage_us, 1'000'000U);
    EXPECT_EQ(found.nr_periods, 0U);
}

TEST(simulation, of_every_scenario_runs_on_later_kernels_too) {
    for (const scenario& each : scenarios_for(2)) {
        const statistics found =
            simulate("mainline", each, {.tick_ns = 4 * msec, .first_tick_ns = msec, .first_period_ns = 0});
        EXPECT_GT(found.usage_us, 0U) << each.name;
    }
}

/// A kernel whose cpu.stat is what a revision predicts, with something added.
class behaviour_conformance : public testing::Test {
protected:
    [[nodiscard]] behaviour_report compare(const std::function<void(statistics&)>& spoil) {
        const auto scenarios = scenarios_for(1);
        std::vector<statistics> readings;
        for (const scenario& each : scenarios) {
            statistics found = simulate("linux-6.1", each,
                                        {.tick_ns = 10 * msec, .first_tick_ns = 3 * msec, .first_period_ns = 7 * msec});
            spoil(found);
            readings.push_back({});
            readings.push_back(found);
        }
        fake_kernel kernel("linux-6.1");
        std::size_t next = 0;
        kernel.cpu_stat = [&] { return cpu_stat_text(readings[next++ % readings.size()]); };
        return compare_behaviour("linux-6.1", 3, [&](const std::vector<command>& script) {
            boot_result result = kernel(script);
            result.host_busy = host_busy;
            return result;
        });
    }

    std::optional<double> host_busy;
};

TEST_F(behaviour_conformance, agrees_with_a_kernel_that_is_the_model) {
    const auto report = compare([](statistics&) {});
    EXPECT_EQ(report.scenarios.size(), scenarios_for(1).size());
    for (const scenario_result& each : report.scenarios) {
        EXPECT_TRUE(each.agrees()) << each.what.name;
        EXPECT_EQ(each.explained, 3U) << each.what.name;
    }
}

TEST_F(behaviour_conformance, finds_a_kernel_that_does_not_throttle) {
    const auto report = compare([](statistics& found) {
        found.usage_us = 1'000'000;
        found.nr_throttled = 0;
    });
    const auto& limited = report.scenarios.front();
    EXPECT_EQ(limited.what.name, "limited");
    EXPECT_THAT(limited.outside, testing::ElementsAre("usage_usec", "nr_throttled"));
    EXPECT_FALSE(limited.agrees());
}

TEST_F(behaviour_conformance, finds_a_kernel_that_counts_throttled_time_twice) {
    const auto report = compare([](statistics& found) { found.throttled_us *= 2; });
    const auto& limited = report.scenarios.front();
    EXPECT_THAT(limited.outside, testing::ElementsAre("throttled_usec"));
    EXPECT_FALSE(limited.agrees());
}

TEST_F(behaviour_conformance, knows_how_busy_the_host_was) {
    host_busy = 0.1;
    EXPECT_FALSE(compare([](statistics&) {}).host_was_busy());
    host_busy = 0.9;
    EXPECT_TRUE(compare([](statistics&) {}).host_was_busy());
}

TEST_F(behaviour_conformance, finds_a_kernel_that_counts_no_bursts) {
    const auto report = compare([](statistics& found) {
        found.nr_bursts = 0;
        found.burst_us = 0;
    });
    const auto used = std::find_if(report.scenarios.begin(), report.scenarios.end(),
                                   [](const auto& each) { return each.what.name == "burst-used"; });
    ASSERT_NE(used, report.scenarios.end());
    EXPECT_FALSE(used->agrees());
}

} // namespace
} // namespace bwcheck::lab

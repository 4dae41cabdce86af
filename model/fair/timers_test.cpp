#include "model/revisions/linux_6_1.hpp"
#include "testing/test_machine.hpp"

#include <gtest/gtest.h>

namespace bwcheck::model {
namespace {

using functions_6_1 = kernel<linux_6_1, plain>;

TEST(hrtimer_forward_now, moves_an_expiry_past_now_and_counts_periods) {
    struct row {
        std::int64_t expires;
        std::uint64_t periods;
        std::int64_t after;
    };
    for (const auto& [expires, periods, after] :
         {row{1, 0, 1}, row{100, 0, 100}, row{250, 0, 250}, row{0, 1, 100}, row{-1, 1, 99}, row{-99, 1, 1},
          row{-100, 2, 100}, row{-101, 2, 99}, row{-1000, 11, 100}}) {
        std::int64_t moved = expires;
        EXPECT_EQ(functions_6_1::hrtimer_forward_now(moved, 100), periods) << expires;
        EXPECT_EQ(moved, after) << expires;
    }
}

TEST(start_cfs_bandwidth, keeps_the_phase_and_does_not_refill) {
    test_machine<linux_6_1> m;
    m.pass(30 * msec);
    ASSERT_EQ(m.write_max("20000 100000"), status::ok);
    EXPECT_TRUE(m.cfs_b().period_active);
    EXPECT_EQ(m.cfs_b().period_timer, 70'000'000);
    m.cfs_b().runtime = 3;
    m.cfs_b().period_active = false;
    functions_6_1::start_cfs_bandwidth(m.tg);
    EXPECT_TRUE(m.cfs_b().period_active);
    EXPECT_EQ(m.cfs_b().runtime, 3U);
}

TEST(start_cfs_bandwidth, keeps_the_phase_also_over_a_long_time_without_timer) {
    test_machine<linux_6_1> m;
    m.pass(1030 * msec);
    EXPECT_EQ(m.cfs_b().period_timer, 70'000'000);
}

TEST(start_cfs_bandwidth, leaves_an_armed_timer_alone) {
    test_machine<linux_6_1> m;
    ASSERT_EQ(m.write_max("20000 1000000"), status::ok);
    m.next_period();
    ASSERT_EQ(m.cfs_b().period_timer, 1'000'000'000);
    ASSERT_EQ(m.write_max("20000 1000"), status::ok);
    EXPECT_EQ(m.cfs_b().period, 1 * msec);
    EXPECT_EQ(m.cfs_b().period_timer, 1'000'000'000) << "the next refill is still a second away";
    m.next_period();
    EXPECT_EQ(m.cfs_b().period_timer, 1'000'000) << "only then the new period counts";
}

TEST(start_cfs_bandwidth, brings_the_first_tick_within_a_period) {
    for (std::uint64_t idle_time = 0; idle_time < 300 * msec; idle_time += 7 * msec + 1) {
        test_machine<linux_6_1> m;
        m.pass(idle_time);
        ASSERT_EQ(m.write_max("20000 30000"), status::ok);
        EXPECT_GT(m.cfs_b().period_timer, 0);
        EXPECT_LE(m.cfs_b().period_timer, 30'000'000);
    }
}

TEST(runtime_refresh_within, is_strict) {
    test_machine<linux_6_1> m;
    EXPECT_FALSE(functions_6_1::runtime_refresh_within(m.tg, 100 * msec));
    EXPECT_TRUE(functions_6_1::runtime_refresh_within(m.tg, 100 * msec + 1));
}

TEST(time, does_not_pass_while_a_timer_is_as_late_as_it_may_be) {
    test_machine<linux_6_1> m;
    m.environment.max_lateness = 10;
    ASSERT_EQ(m.write_max("20000 100000"), status::ok);
    const auto may_pass = [&](std::uint64_t delta) {
        return model::enabled(m.tg, m.environment, {.kind = event_kind::tick, .amount = delta});
    };
    EXPECT_TRUE(may_pass(100 * msec + 10));
    EXPECT_FALSE(may_pass(100 * msec + 11));
}

TEST(time, does_not_pass_while_a_task_waits_to_be_charged) {
    test_machine<linux_6_1> m;
    m.environment.max_unaccounted = 4 * msec;
    m.wake(0);
    m.pass(4 * msec);
    EXPECT_FALSE(model::enabled(m.tg, m.environment, {.kind = event_kind::tick, .amount = 1}));
    m.charge(0);
    m.pass(4 * msec);
}

} // namespace
} // namespace bwcheck::model

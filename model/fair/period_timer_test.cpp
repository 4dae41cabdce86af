#include "model/revisions/cpu_max_runtime_v1.hpp"
#include "testing/test_machine.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace bwcheck::model {
namespace {

template <class Revision>
class period_timer : public testing::Test {
public:
    test_machine<Revision> group{2};

    void SetUp() override {
        ASSERT_EQ(group.write_max("20000 100000"), status::ok);
        // The 1 ns that a write leaves since 6.18 would only blur the numbers.
        for (const int cpu : {0, 1})
            group.cfs_rq(cpu).runtime_remaining = 0;
    }

    /// Both CPUs run until the pool is empty and they are throttled, at the same moment.
    void throttle_both() {
        group.wake(0);
        group.wake(1);
        group.pass(15 * msec);
        group.charge(0);
        group.charge(1);
        ASSERT_TRUE(group.cfs_rq(0).throttled);
        ASSERT_TRUE(group.cfs_rq(1).throttled);
    }
};

using period_timer_revisions = testing::Types<linux_6_1, mainline, cpu_max_runtime_v1>;
TYPED_TEST_SUITE(period_timer, period_timer_revisions);

TYPED_TEST(period_timer, needs_two_quiet_ticks_to_stop) {
    auto& m = this->group;
    m.next_period();
    EXPECT_TRUE(m.cfs_b().idle);
    EXPECT_TRUE(m.cfs_b().period_active);
    EXPECT_TRUE(m.reached(branch::timer_idle_marked));
    m.next_period();
    EXPECT_FALSE(m.cfs_b().period_active);
    EXPECT_TRUE(m.reached(branch::timer_stopped));
}

TYPED_TEST(period_timer, refills_also_in_the_tick_that_stops_it) {
    auto& m = this->group;
    ASSERT_EQ(m.write_burst("20000"), status::ok);
    m.cfs_b().runtime = 0;
    m.next_period();
    m.next_period();
    EXPECT_EQ(m.cfs_b().runtime, 40 * msec) << "quota + burst, as burst is not above quota";
    EXPECT_EQ(m.cfs_b().nr_periods, 2);
}

TYPED_TEST(period_timer, stays_if_something_was_allocated_in_between) {
    auto& m = this->group;
    m.next_period();
    m.wake(0);
    EXPECT_FALSE(m.cfs_b().idle);
    m.next_period();
    EXPECT_TRUE(m.cfs_b().idle);
    EXPECT_TRUE(m.cfs_b().period_active);
}

TYPED_TEST(period_timer, stops_at_once_when_the_limit_is_gone_without_counting_or_refilling) {
    auto& m = this->group;
    ASSERT_EQ(m.write_max("max"), status::ok);
    EXPECT_TRUE(m.cfs_b().period_active) << "taking the limit away does not stop the timer";
    const auto runtime = m.cfs_b().runtime;
    m.next_period();
    EXPECT_FALSE(m.cfs_b().period_active);
    EXPECT_EQ(m.cfs_b().nr_periods, 0);
    EXPECT_EQ(m.cfs_b().runtime, runtime);
    EXPECT_TRUE(m.reached(branch::timer_quota_unlimited));
}

TYPED_TEST(period_timer, counts_every_missed_period_and_refills_once) {
    auto& m = this->group;
    m.cfs_b().runtime = 0;
    m.pass(350 * msec);
    m.period_timer();
    EXPECT_EQ(m.cfs_b().nr_periods, 3);
    EXPECT_EQ(m.cfs_b().runtime, 20 * msec);
    EXPECT_EQ(m.cfs_b().period_timer, 50'000'000);
    EXPECT_TRUE(m.reached(branch::timer_overrun));
}

TYPED_TEST(period_timer, counts_as_throttled_the_periods_that_began_with_somebody_throttled) {
    auto& m = this->group;
    this->throttle_both();
    m.pass(385 * msec);
    m.period_timer();
    EXPECT_EQ(m.cfs_b().nr_periods, 4);
    EXPECT_EQ(m.cfs_b().nr_throttled, 4);
    EXPECT_FALSE(m.cfs_b().idle);
}

TYPED_TEST(period_timer, unthrottles_with_the_debt_paid_and_one_ns) {
    auto& m = this->group;
    this->throttle_both();
    const std::int64_t debt = -m.cfs_rq(0).runtime_remaining - m.cfs_rq(1).runtime_remaining;
    ASSERT_EQ(debt, 10'000'000) << "30 ms executed, of which 20 ms were in the pool";
    m.next_period();
    for (const int cpu : {0, 1}) {
        EXPECT_FALSE(m.cfs_rq(cpu).throttled);
        EXPECT_EQ(m.cfs_rq(cpu).runtime_remaining, 1);
    }
    EXPECT_EQ(m.cfs_b().runtime, 20 * msec - static_cast<std::uint64_t>(debt) - 2);
}

TYPED_TEST(period_timer, leaves_throttled_whom_it_cannot_pay_off_and_stays_active) {
    auto& m = this->group;
    m.wake(0);
    m.run(0, 95 * msec);
    ASSERT_EQ(m.cfs_rq(0).runtime_remaining, -75'000'000);
    for (const std::int64_t left : {-55'000'000, -35'000'000, -15'000'000}) {
        m.next_period();
        EXPECT_TRUE(m.cfs_rq(0).throttled);
        EXPECT_EQ(m.cfs_rq(0).runtime_remaining, left);
        EXPECT_EQ(m.cfs_b().runtime, 0U);
        EXPECT_TRUE(m.cfs_b().period_active);
        EXPECT_TRUE(m.reached(branch::distribute_left_some));
    }
    m.next_period();
    EXPECT_FALSE(m.cfs_rq(0).throttled);
    EXPECT_EQ(m.cfs_b().runtime, 5 * msec - 1);
    EXPECT_FALSE(m.log.has_run_away());
}

TYPED_TEST(period_timer, scales_on_the_fourth_pass_of_one_callback) {
    auto& m = this->group;
    ASSERT_EQ(m.write_burst("10000"), status::ok);
    m.next_period(3);
    EXPECT_TRUE(m.reached(branch::period_scaled));
    EXPECT_EQ(m.cfs_b().period, 200 * msec);
    EXPECT_EQ(m.cfs_b().quota, 40 * msec);
    EXPECT_EQ(m.cfs_b().burst, 20 * msec);
}

TYPED_TEST(period_timer, does_not_scale_on_the_third_pass) {
    auto& m = this->group;
    m.next_period(2);
    EXPECT_EQ(m.cfs_b().nr_periods, 3);
    EXPECT_EQ(m.cfs_b().period, 100 * msec);
    EXPECT_FALSE(m.reached(branch::period_scaled));
    EXPECT_FALSE(m.reached(branch::period_not_scaled));
}

TYPED_TEST(period_timer, refills_with_the_old_quota_before_it_scales) {
    auto& m = this->group;
    ASSERT_EQ(m.write_burst("20000"), status::ok);
    m.cfs_b().runtime = 0;
    m.cfs_b().runtime_snap = 0;
    m.next_period(3);
    EXPECT_EQ(m.cfs_b().quota, 40 * msec);
    EXPECT_EQ(m.cfs_b().runtime, 40 * msec) << "four refills of 20 ms, capped at 20 ms + 20 ms";
    EXPECT_EQ(m.cfs_b().runtime_snap, 40 * msec) << "neither pool nor snapshot is scaled";
    EXPECT_EQ(m.cfs_b().period_timer, 100'000'000) << "armed with the old period";
}

TYPED_TEST(period_timer, begins_to_count_passes_again_after_scaling) {
    for (const auto& [stalls, period] :
         {std::pair(3, 200 * msec), std::pair(6, 200 * msec), std::pair(7, 400 * msec)}) {
        test_machine<TypeParam> fresh;
        ASSERT_EQ(fresh.write_max("20000 100000"), status::ok);
        fresh.next_period(stalls);
        EXPECT_EQ(fresh.cfs_b().period, period) << stalls;
    }
}

TYPED_TEST(period_timer, doubles_at_most_nine_times_from_1_ms_three_from_100_ms_and_never_from_500_ms) {
    struct row {
        const char* written;
        std::uint64_t longest;
    };
    for (const auto& [written, longest] : {row{"1000 1000", 512 * msec}, row{"20000 100000", 800 * msec},
                                           row{"20000 500000", 500 * msec}, row{"20000 499999", 999'998 * usec}}) {
        test_machine<TypeParam> fresh;
        ASSERT_EQ(fresh.write_max(written), status::ok);
        const std::uint64_t before = fresh.cfs_b().period;
        const std::uint64_t quota = fresh.cfs_b().quota;
        fresh.next_period(64);
        EXPECT_EQ(fresh.cfs_b().period, longest) << written;
        EXPECT_EQ(fresh.cfs_b().quota, quota * (longest / before)) << written;
        EXPECT_TRUE(fresh.reached(branch::period_not_scaled)) << written;
    }
}

TYPED_TEST(period_timer, scales_even_a_group_without_a_limit) {
    auto& m = this->group;
    ASSERT_EQ(m.write_max("max"), status::ok);
    m.next_period(3);
    EXPECT_EQ(m.cfs_b().period, 200 * msec);
    EXPECT_EQ(m.cfs_b().quota, runtime_inf - 1) << "all ones, doubled modulo 2^64: now a finite quota";
    EXPECT_FALSE(m.cfs_b().period_active);
}

TYPED_TEST(period_timer, leaves_one_record_a_step) {
    auto& m = this->group;
    this->throttle_both();
    m.next_period();
    const auto& records = m.log.records();
    ASSERT_GE(records.size(), 4U);
    EXPECT_EQ(records[0].function, step::do_sched_cfs_period_timer);
    EXPECT_EQ(records[0].refills, 1);
    EXPECT_EQ(records[1].function, step::distribute_cfs_runtime);
    EXPECT_EQ(records[2].function, step::distribute_cfs_runtime);
    EXPECT_EQ(records[3].function, step::hrtimer_restart);
    EXPECT_EQ(records[1].runtime_before, 20 * msec);
    EXPECT_EQ(records[1].runtime_after, records[2].runtime_before);
    EXPECT_EQ(records[1].remaining_after, 1);
}

} // namespace
} // namespace bwcheck::model

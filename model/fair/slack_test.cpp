#include "model/revisions/mainline.hpp"
#include "testing/test_machine.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace bwcheck::model {
namespace {

/// A limited group whose first CPU runs; `throttle` puts a second one on the list.
template <class Revision>
class slack : public testing::Test {
public:
    test_machine<Revision> group{2};

    void SetUp() override {
        ASSERT_EQ(group.write_max("20000 100000"), status::ok);
        group.wake(0);
        ASSERT_EQ(group.cfs_b().runtime,
                  20 * msec - static_cast<std::uint64_t>(group.cfs_rq(0).runtime_remaining) + carried());
    }
    void throttle_other(std::int64_t debt) {
        group.cfs_rq(1).runtime_remaining = -debt;
        group.cfs_rq(1).throttled = true;
        group.cfs_rq(1).nr_queued = true;
        group.cfs_b().throttled_cfs_rq.push_back(1);
    }

private:
    /// Since 6.18 a write leaves 1 ns, which is enough for a wake.
    [[nodiscard]] static std::uint64_t carried() {
        return test_machine<Revision>::functions::runtime_remaining_after_write;
    }
};

using slack_revisions = testing::Types<linux_6_1, mainline>;
TYPED_TEST_SUITE(slack, slack_revisions);

TYPED_TEST(slack, all_but_1_ms_goes_back_when_a_queue_becomes_empty) {
    auto& m = this->group;
    m.cfs_b().runtime = 0;
    m.cfs_rq(0).runtime_remaining = 4'000'000;
    m.sleep(0);
    EXPECT_EQ(m.cfs_rq(0).runtime_remaining, 1'000'000);
    EXPECT_EQ(m.cfs_b().runtime, 3 * msec);
    EXPECT_TRUE(m.reached(branch::slack_returned));
    EXPECT_FALSE(m.cfs_b().slack_started) << "nobody is throttled";
}

TYPED_TEST(slack, up_to_1_ms_stays) {
    auto& m = this->group;
    m.cfs_b().runtime = 0;
    m.cfs_rq(0).runtime_remaining = 1'000'000;
    m.sleep(0);
    EXPECT_EQ(m.cfs_rq(0).runtime_remaining, 1'000'000);
    EXPECT_EQ(m.cfs_b().runtime, 0U);
    EXPECT_FALSE(m.reached(branch::slack_returned));
}

TYPED_TEST(slack, may_lift_the_pool_above_its_cap) {
    auto& m = this->group;
    m.cfs_b().runtime = 20 * msec;
    m.cfs_rq(0).runtime_remaining = 5'000'000;
    m.sleep(0);
    EXPECT_EQ(m.cfs_b().runtime, 24 * msec);
    m.next_period();
    EXPECT_EQ(m.cfs_b().runtime, 20 * msec) << "the next refill cuts it off";
}

TYPED_TEST(slack, timer_starts_when_the_pool_exceeds_a_slice_and_somebody_waits) {
    auto& m = this->group;
    this->throttle_other(10);
    m.cfs_b().runtime = 2 * msec;
    m.cfs_rq(0).runtime_remaining = 4'000'000;
    m.sleep(0);
    EXPECT_EQ(m.cfs_b().runtime, 5 * msec);
    EXPECT_FALSE(m.cfs_b().slack_started) << "exactly a slice is not more than one";
    m.wake(0);
    m.cfs_b().runtime = 2 * msec + 1;
    m.cfs_rq(0).runtime_remaining = 4'000'000;
    m.sleep(0);
    EXPECT_TRUE(m.cfs_b().slack_started);
    EXPECT_EQ(m.cfs_b().slack_timer, 5'000'000);
    EXPECT_TRUE(m.reached(branch::slack_timer_started));
}

TYPED_TEST(slack, timer_does_not_start_within_7_ms_of_a_refill) {
    for (const auto& [until_refill, starts] : {std::pair(7 * msec, true), std::pair(7 * msec - 1, false)}) {
        test_machine<TypeParam> m{2};
        ASSERT_EQ(m.write_max("20000 100000"), status::ok);
        m.wake(0);
        m.cfs_rq(1).throttled = true;
        m.cfs_b().throttled_cfs_rq.push_back(1);
        m.pass(100 * msec - until_refill);
        m.cfs_rq(0).unaccounted = 0;
        m.cfs_rq(0).runtime_remaining = 5'000'000;
        m.cfs_b().runtime = 10 * msec;
        m.sleep(0);
        EXPECT_EQ(m.cfs_b().slack_started, starts) << until_refill;
    }
}

TYPED_TEST(slack, timer_is_not_pushed_back_once_armed) {
    auto& m = this->group;
    this->throttle_other(10);
    m.sleep(0);
    m.wake(0);
    m.cfs_b().slack_started = true;
    m.cfs_b().slack_timer = 5'000'000;
    m.pass(1 * msec);
    m.cfs_b().runtime = 10 * msec;
    m.cfs_rq(0).runtime_remaining = 5'000'000;
    m.sleep(0);
    EXPECT_EQ(m.cfs_b().slack_timer, 4'000'000);
}

TYPED_TEST(slack, timer_distributes_what_exceeds_a_slice) {
    auto& m = this->group;
    this->throttle_other(10);
    m.cfs_b().slack_started = true;
    m.cfs_b().slack_timer = 0;
    m.cfs_b().runtime = 5 * msec + 1;
    m.slack_timer();
    EXPECT_FALSE(m.cfs_b().slack_started);
    EXPECT_TRUE(m.reached(branch::slack_distributed));
    EXPECT_FALSE(m.cfs_rq(1).throttled);
    EXPECT_EQ(m.cfs_rq(1).runtime_remaining, 1);
}

TYPED_TEST(slack, timer_does_nothing_for_exactly_a_slice_and_does_not_try_again) {
    auto& m = this->group;
    this->throttle_other(10);
    m.cfs_b().slack_started = true;
    m.cfs_b().slack_timer = 0;
    m.cfs_b().runtime = 5 * msec;
    m.slack_timer();
    EXPECT_TRUE(m.reached(branch::slack_nothing));
    EXPECT_TRUE(m.cfs_rq(1).throttled);
    EXPECT_FALSE(m.cfs_b().slack_started);
}

TYPED_TEST(slack, timer_gives_up_within_2_ms_of_a_refill) {
    for (const auto& [until_refill, acts] : {std::pair(2 * msec, true), std::pair(2 * msec - 1, false)}) {
        test_machine<TypeParam> m{2};
        ASSERT_EQ(m.write_max("20000 100000"), status::ok);
        m.cfs_rq(1).throttled = true;
        m.cfs_rq(1).runtime_remaining = -10;
        m.cfs_b().throttled_cfs_rq.push_back(1);
        m.cfs_b().slack_started = true;
        m.cfs_b().slack_timer = as_s64(100 * msec - until_refill);
        m.pass(100 * msec - until_refill);
        m.slack_timer();
        EXPECT_EQ(m.cfs_rq(1).throttled, !acts) << until_refill;
        EXPECT_EQ(m.reached(branch::slack_too_late), !acts);
    }
}

TYPED_TEST(slack, is_dropped_without_a_limit) {
    auto& m = this->group;
    // The limit is gone, but the write has not reached this CPU yet.
    m.cfs_b().quota = runtime_inf;
    m.cfs_b().runtime = 0;
    m.cfs_rq(0).runtime_remaining = 5'000'000;
    m.sleep(0);
    EXPECT_EQ(m.cfs_rq(0).runtime_remaining, 1'000'000);
    EXPECT_EQ(m.cfs_b().runtime, 0U);
}

} // namespace
} // namespace bwcheck::model

#include "model/revisions/mainline.hpp"
#include "testing/test_machine.hpp"

#include <gtest/gtest.h>

namespace bwcheck::model {
namespace {

/// A group with 2 ms a period of 100 ms, whose first CPU runs.
class throttle : public testing::Test {
public:
    test_machine<linux_6_1> m{3};

    void SetUp() override {
        ASSERT_EQ(m.write_max("2000 100000"), status::ok);
        m.wake(0);
    }
};

TEST_F(throttle, a_wake_fetches_what_the_pool_has_up_to_a_slice) {
    EXPECT_EQ(m.cfs_rq(0).runtime_remaining, 2'000'000);
    EXPECT_EQ(m.cfs_b().runtime, 0U);
    EXPECT_TRUE(m.cfs_rq(0).curr);
}

TEST_F(throttle, happens_when_a_charge_finds_the_pool_empty) {
    m.run(0, 2 * msec);
    EXPECT_TRUE(m.cfs_rq(0).throttled);
    EXPECT_FALSE(m.cfs_rq(0).curr) << "6.1 dequeues the whole queue";
    EXPECT_TRUE(m.cfs_rq(0).nr_queued);
    EXPECT_EQ(m.cfs_rq(0).runtime_remaining, 0);
    EXPECT_EQ(m.cfs_b().throttled_cfs_rq.front(), 0);
    EXPECT_TRUE(m.cfs_b().period_active) << "somebody has to unthrottle it";
}

TEST_F(throttle, leaves_the_overshoot_as_debt) {
    m.run(0, 6 * msec);
    EXPECT_TRUE(m.cfs_rq(0).throttled);
    EXPECT_EQ(m.cfs_rq(0).runtime_remaining, -4'000'000);
}

TEST_F(throttle, appends_at_the_tail) {
    m.run(0, 2 * msec);
    m.wake(2);
    m.wake(1);
    ASSERT_EQ(m.cfs_b().throttled_cfs_rq.size(), 3);
    EXPECT_EQ(m.cfs_b().throttled_cfs_rq[0], 0);
    EXPECT_EQ(m.cfs_b().throttled_cfs_rq[1], 2);
    EXPECT_EQ(m.cfs_b().throttled_cfs_rq[2], 1);
    EXPECT_TRUE(m.log.records().front().appended);
}

TEST_F(throttle, is_avoided_for_exactly_one_ns_if_the_pool_has_it_by_then) {
    m.cfs_rq(0).runtime_remaining = -3;
    m.cfs_b().runtime = 10;
    m.log.clear();
    const step_scope<plain> step(m.tg, step::throttle_cfs_rq, 0);
    EXPECT_FALSE(test_machine<linux_6_1>::functions::throttle_cfs_rq(m.tg, 0));
    EXPECT_EQ(m.cfs_rq(0).runtime_remaining, 1);
    EXPECT_EQ(m.cfs_b().runtime, 6U);
    EXPECT_FALSE(m.cfs_rq(0).throttled);
    EXPECT_TRUE(m.reached(branch::throttle_avoided));
}

TEST_F(throttle, takes_what_is_left_in_the_pool_even_when_it_fails) {
    m.cfs_rq(0).runtime_remaining = -30;
    m.cfs_b().runtime = 10;
    m.log.clear();
    const step_scope<plain> step(m.tg, step::throttle_cfs_rq, 0);
    EXPECT_TRUE(test_machine<linux_6_1>::functions::throttle_cfs_rq(m.tg, 0));
    EXPECT_EQ(m.cfs_rq(0).runtime_remaining, -20);
    EXPECT_EQ(m.cfs_b().runtime, 0U);
}

TEST_F(throttle, can_happen_to_a_queue_that_just_became_empty) {
    m.pass(2 * msec);
    m.sleep(0);
    EXPECT_TRUE(m.cfs_rq(0).throttled);
    EXPECT_FALSE(m.cfs_rq(0).nr_queued);
    m.next_period();
    EXPECT_FALSE(m.cfs_rq(0).throttled);
    EXPECT_FALSE(m.cfs_rq(0).curr) << "there is no task to run";
}

TEST_F(throttle, lets_a_task_that_wakes_up_on_a_throttled_queue_wait) {
    m.pass(2 * msec);
    m.sleep(0);
    m.wake(0);
    EXPECT_TRUE(m.cfs_rq(0).nr_queued);
    EXPECT_FALSE(m.cfs_rq(0).curr);
    EXPECT_EQ(m.cfs_b().throttled_cfs_rq.size(), 1);
}

TEST_F(throttle, clock_runs_from_throttle_to_unthrottle) {
    m.run(0, 2 * msec);
    m.pass(30 * msec);
    EXPECT_EQ(m.cfs_rq(0).throttled_clock, 30 * msec);
    EXPECT_EQ(m.cfs_b().throttled_time, 0U);
    m.next_period();
    EXPECT_EQ(m.cfs_b().throttled_time, 98 * msec);
}

TEST_F(throttle, a_write_leaves_nothing_and_the_task_runs_on_it_until_it_is_charged) {
    m.run(0, 6 * msec);
    ASSERT_TRUE(m.cfs_rq(0).throttled);
    EXPECT_EQ(m.write_max("20000 100000"), status::ok);
    EXPECT_FALSE(m.cfs_rq(0).throttled);
    EXPECT_TRUE(m.cfs_rq(0).curr);
    EXPECT_EQ(m.cfs_rq(0).runtime_remaining, 0) << "an idle CPU picks a task without asking for runtime";
    m.run(0, 1 * msec);
    EXPECT_EQ(m.cfs_rq(0).runtime_remaining, 5'000'000);
}

} // namespace
} // namespace bwcheck::model

#include "model/revisions/mainline.hpp"
#include "testing/test_machine.hpp"

#include <gtest/gtest.h>

namespace bwcheck::model {
namespace {

/// A group with 2 ms a period of 100 ms, whose only task has used them up 4 ms ago.
class per_task_throttle : public testing::Test {
public:
    test_machine<mainline> m{2};

    void SetUp() override {
        ASSERT_EQ(m.write_max("2000 100000"), status::ok);
        m.wake(0);
        m.run(0, 6 * msec);
        ASSERT_TRUE(m.cfs_rq(0).throttled);
        ASSERT_EQ(m.cfs_rq(0).runtime_remaining, -3'999'999) << "1 ns from the write, 2 ms from the pool";
    }
};

TEST_F(per_task_throttle, only_marks_the_queue_and_tells_the_task_to_park) {
    EXPECT_TRUE(m.cfs_rq(0).curr);
    EXPECT_TRUE(m.cfs_rq(0).nr_queued);
    EXPECT_TRUE(m.cfs_rq(0).sched_throttle_work);
    EXPECT_EQ(m.cfs_b().throttled_cfs_rq.front(), 0);
}

TEST_F(per_task_throttle, charges_a_task_in_the_kernel_on_and_on) {
    m.run(0, 3 * msec);
    EXPECT_EQ(m.cfs_rq(0).runtime_remaining, -6'999'999);
    EXPECT_TRUE(m.reached(branch::charge_throttled));
}

TEST_F(per_task_throttle, parks_the_task_when_it_returns_to_user_space) {
    m.pass(1 * msec);
    m.exit_to_user(0);
    EXPECT_TRUE(m.reached(branch::task_parked));
    EXPECT_TRUE(m.cfs_rq(0).throttled_limbo);
    EXPECT_FALSE(m.cfs_rq(0).nr_queued);
    EXPECT_FALSE(m.cfs_rq(0).curr);
    EXPECT_FALSE(m.cfs_rq(0).sched_throttle_work);
    EXPECT_EQ(m.cfs_rq(0).runtime_remaining, -4'999'999) << "the last ms is charged before";
}

TEST_F(per_task_throttle, starts_the_throttle_clock_when_the_task_parks) {
    m.pass(1 * msec);
    EXPECT_EQ(m.cfs_rq(0).throttled_clock, 0U);
    m.exit_to_user(0);
    m.pass(1 * msec);
    EXPECT_EQ(m.cfs_rq(0).throttled_clock, 1 * msec);
}

TEST_F(per_task_throttle, lets_a_task_go_on_that_was_unthrottled_before_it_could_park) {
    ASSERT_EQ(m.write_max("20000 100000"), status::ok);
    EXPECT_FALSE(m.cfs_rq(0).throttled);
    m.exit_to_user(0);
    EXPECT_TRUE(m.cfs_rq(0).curr);
    EXPECT_FALSE(m.cfs_rq(0).throttled_limbo);
    EXPECT_FALSE(m.reached(branch::task_parked));
}

TEST_F(per_task_throttle, an_unthrottle_queues_the_parked_task_again) {
    m.exit_to_user(0);
    m.cfs_rq(0).runtime_remaining = -1;
    m.next_period();
    EXPECT_TRUE(m.reached(branch::task_unparked));
    EXPECT_FALSE(m.cfs_rq(0).throttled_limbo);
    EXPECT_TRUE(m.cfs_rq(0).nr_queued);
    EXPECT_TRUE(m.cfs_rq(0).curr);
    EXPECT_EQ(m.cfs_rq(0).runtime_remaining, 1);
}

TEST_F(per_task_throttle, an_unthrottle_refuses_a_queue_in_debt) {
    m.log.clear();
    test_machine<mainline>::functions::unthrottle_cfs_rq(m.tg, 0);
    EXPECT_TRUE(m.reached(branch::unthrottle_refused));
    EXPECT_TRUE(m.cfs_rq(0).throttled);
    m.cfs_rq(0).runtime_remaining = 0;
    test_machine<mainline>::functions::unthrottle_cfs_rq(m.tg, 0);
    EXPECT_TRUE(m.cfs_rq(0).throttled);
    m.cfs_rq(0).runtime_remaining = 1;
    test_machine<mainline>::functions::unthrottle_cfs_rq(m.tg, 0);
    EXPECT_FALSE(m.cfs_rq(0).throttled);
}

TEST_F(per_task_throttle, an_unthrottle_does_not_ask_for_runtime_where_the_limit_does_not_apply) {
    m.cfs_rq(0).runtime_enabled = false;
    test_machine<mainline>::functions::unthrottle_cfs_rq(m.tg, 0);
    EXPECT_FALSE(m.cfs_rq(0).throttled);
}

TEST_F(per_task_throttle, a_write_leaves_1_ns_which_is_enough_to_unthrottle) {
    m.exit_to_user(0);
    ASSERT_EQ(m.write_max("2000 100000"), status::ok);
    EXPECT_FALSE(m.cfs_rq(0).throttled);
    EXPECT_EQ(m.cfs_rq(0).runtime_remaining, 1);
    EXPECT_EQ(m.cfs_rq(1).runtime_remaining, 1);
}

TEST_F(per_task_throttle, a_task_may_sleep_instead_of_parking_and_runs_in_the_kernel_when_it_wakes_up) {
    m.sleep(0);
    EXPECT_FALSE(m.cfs_rq(0).nr_queued);
    EXPECT_TRUE(m.cfs_rq(0).throttled);
    m.wake(0);
    EXPECT_TRUE(m.cfs_rq(0).curr) << "a task that is in the kernel is not kept from running";
    EXPECT_TRUE(m.cfs_rq(0).sched_throttle_work);
}

} // namespace
} // namespace bwcheck::model

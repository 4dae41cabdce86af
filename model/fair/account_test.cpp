#include "model/revisions/mainline.hpp"
#include "testing/test_machine.hpp"

#include <gtest/gtest.h>

namespace bwcheck::model {
namespace {

template <class Revision>
class account : public testing::Test {
public:
    test_machine<Revision> m{2};

    void SetUp() override {
        m.cfs_b().quota = 20 * msec;
        m.tg.cfs_bandwidth_used = true;
        m.cfs_rq(0).runtime_enabled = true;
    }
    bool assign(std::uint64_t target) {
        m.log.clear();
        const step_scope<plain> step(m.tg, step::update_curr, 0);
        return test_machine<Revision>::functions::assign_cfs_rq_runtime(m.tg, 0, target);
    }
    bool charge(std::uint64_t delta) {
        m.log.clear();
        const step_scope<plain> step(m.tg, step::update_curr, 0);
        return test_machine<Revision>::functions::account_cfs_rq_runtime(m.tg, 0, delta);
    }
};

using account_revisions = testing::Types<linux_6_1, mainline>;
TYPED_TEST_SUITE(account, account_revisions);

TYPED_TEST(account, assign_brings_the_cpu_to_exactly_the_target_and_repays_debt) {
    this->m.cfs_b().runtime = 20 * msec;
    this->m.cfs_rq(0).runtime_remaining = -3'000'000;
    EXPECT_TRUE(this->assign(5 * msec));
    EXPECT_EQ(this->m.cfs_rq(0).runtime_remaining, 5'000'000);
    EXPECT_EQ(this->m.cfs_b().runtime, 12 * msec);
    EXPECT_TRUE(this->m.reached(branch::assign_full));
}

TYPED_TEST(account, assign_drains_a_smaller_pool_completely) {
    this->m.cfs_b().runtime = 2 * msec;
    this->m.cfs_rq(0).runtime_remaining = -3'000'000;
    EXPECT_FALSE(this->assign(5 * msec));
    EXPECT_EQ(this->m.cfs_rq(0).runtime_remaining, -1'000'000);
    EXPECT_EQ(this->m.cfs_b().runtime, 0U);
    EXPECT_TRUE(this->m.reached(branch::assign_partial));
}

TYPED_TEST(account, assign_ends_idleness_only_when_it_grants_something) {
    this->m.cfs_b().idle = true;
    EXPECT_FALSE(this->assign(5 * msec));
    EXPECT_TRUE(this->m.cfs_b().idle);
    EXPECT_TRUE(this->m.reached(branch::assign_pool_empty));
    this->m.cfs_b().runtime = 1;
    EXPECT_TRUE(this->assign(5 * msec));
    EXPECT_FALSE(this->m.cfs_b().idle);
}

TYPED_TEST(account, assign_starts_the_timer_even_when_it_grants_nothing) {
    EXPECT_FALSE(this->assign(1));
    EXPECT_TRUE(this->m.cfs_b().period_active);
    EXPECT_TRUE(this->m.reached(branch::timer_started));
}

TYPED_TEST(account, assign_without_a_limit_neither_uses_the_pool_nor_starts_the_timer) {
    this->m.cfs_b().quota = runtime_inf;
    this->m.cfs_rq(0).runtime_remaining = -1;
    EXPECT_TRUE(this->assign(5 * msec));
    EXPECT_EQ(this->m.cfs_rq(0).runtime_remaining, 5'000'000);
    EXPECT_FALSE(this->m.cfs_b().period_active);
    EXPECT_TRUE(this->m.reached(branch::assign_unlimited));
}

TYPED_TEST(account, charge_needs_the_static_key_and_the_cpus_own_flag) {
    this->m.cfs_rq(0).runtime_enabled = false;
    EXPECT_FALSE(this->charge(7));
    this->m.cfs_rq(0).runtime_enabled = true;
    this->m.tg.cfs_bandwidth_used = false;
    EXPECT_FALSE(this->charge(7));
    EXPECT_EQ(this->m.cfs_rq(0).runtime_remaining, 0);
    EXPECT_TRUE(this->m.reached(branch::charge_not_enabled));
}

TYPED_TEST(account, charge_asks_for_a_slice_at_zero_but_not_at_one) {
    this->m.cfs_b().runtime = 20 * msec;
    this->m.cfs_rq(0).runtime_remaining = 8;
    EXPECT_FALSE(this->charge(7));
    EXPECT_EQ(this->m.cfs_rq(0).runtime_remaining, 1);
    EXPECT_FALSE(this->charge(1));
    EXPECT_EQ(this->m.cfs_rq(0).runtime_remaining, 5'000'000);
    EXPECT_EQ(this->m.cfs_b().runtime, 15 * msec);
    EXPECT_EQ(this->m.log.records().back().consumed, 1U);
}

TYPED_TEST(account, a_throttled_queue_is_charged_but_gets_nothing) {
    this->m.cfs_b().runtime = 20 * msec;
    this->m.cfs_rq(0).throttled = true;
    EXPECT_FALSE(this->charge(7));
    EXPECT_EQ(this->m.cfs_rq(0).runtime_remaining, -7);
    EXPECT_EQ(this->m.cfs_b().runtime, 20 * msec);
    EXPECT_TRUE(this->m.reached(branch::charge_throttled));
}

TYPED_TEST(account, a_failed_charge_asks_for_a_reschedule_only_while_a_task_executes) {
    EXPECT_FALSE(this->charge(7));
    this->m.cfs_rq(0).curr = true;
    EXPECT_TRUE(this->charge(7));
    EXPECT_EQ(this->m.cfs_rq(0).runtime_remaining, -14);
}

} // namespace
} // namespace bwcheck::model

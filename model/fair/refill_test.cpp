#include "model/revisions/cpu_max_runtime_v1.hpp"
#include "testing/test_machine.hpp"

#include <gtest/gtest.h>

namespace bwcheck::model {
namespace {

template <class Revision>
class refill : public testing::Test {
public:
    test_machine<Revision> m;

    void SetUp() override {
        m.cfs_b().quota = 20 * msec;
        m.cfs_b().burst = 5 * msec;
    }
    void refill_once() {
        m.log.clear();
        const step_scope<plain> step(m.tg, step::do_sched_cfs_period_timer);
        test_machine<Revision>::functions::refill_cfs_bandwidth_runtime(m.tg);
    }
};

using refill_revisions = testing::Types<linux_6_1, mainline, cpu_max_runtime_v1>;
TYPED_TEST_SUITE(refill, refill_revisions);

TYPED_TEST(refill, does_nothing_at_all_without_a_limit) {
    auto& cfs_b = this->m.cfs_b();
    cfs_b.quota = runtime_inf;
    cfs_b.runtime = 7;
    cfs_b.runtime_snap = 9;
    this->refill_once();
    EXPECT_EQ(cfs_b.runtime, 7U);
    EXPECT_EQ(cfs_b.runtime_snap, 9U);
    EXPECT_EQ(cfs_b.nr_burst, 0);
    EXPECT_EQ(this->m.log.records().back().refills, 0);
}

TYPED_TEST(refill, adds_one_quota) {
    auto& cfs_b = this->m.cfs_b();
    cfs_b.runtime = 1 * msec;
    this->refill_once();
    EXPECT_EQ(cfs_b.runtime, 21 * msec);
    EXPECT_EQ(cfs_b.runtime_snap, 21 * msec);
    EXPECT_TRUE(this->m.reached(branch::refill_not_capped));
    EXPECT_EQ(this->m.log.records().back().refills, 1);
}

TYPED_TEST(refill, caps_the_pool_at_quota_plus_burst) {
    auto& cfs_b = this->m.cfs_b();
    cfs_b.runtime = 5 * msec;
    this->refill_once();
    EXPECT_EQ(cfs_b.runtime, 25 * msec);
    EXPECT_TRUE(this->m.reached(branch::refill_not_capped));
    cfs_b.runtime = 5 * msec + 1;
    this->refill_once();
    EXPECT_EQ(cfs_b.runtime, 25 * msec);
    EXPECT_TRUE(this->m.reached(branch::refill_capped));
}

TYPED_TEST(refill, takes_the_snapshot_after_the_cap) {
    auto& cfs_b = this->m.cfs_b();
    cfs_b.runtime = 30 * msec;
    this->refill_once();
    EXPECT_EQ(cfs_b.runtime_snap, 25 * msec);
}

TYPED_TEST(refill, counts_as_burst_what_was_consumed_beyond_one_quota) {
    auto& cfs_b = this->m.cfs_b();
    // 25 ms were there after the last refill and 23 ms are gone: 3 ms above the quota.
    cfs_b.runtime_snap = 25 * msec;
    cfs_b.runtime = 2 * msec;
    this->refill_once();
    EXPECT_EQ(cfs_b.nr_burst, 1);
    EXPECT_EQ(cfs_b.burst_time, 3 * msec);
    EXPECT_EQ(cfs_b.runtime, 22 * msec);
}

TYPED_TEST(refill, counts_no_burst_for_exactly_one_quota) {
    auto& cfs_b = this->m.cfs_b();
    cfs_b.runtime_snap = 25 * msec;
    cfs_b.runtime = 5 * msec;
    this->refill_once();
    EXPECT_EQ(cfs_b.nr_burst, 0);
    EXPECT_EQ(cfs_b.burst_time, 0U);
    EXPECT_FALSE(this->m.reached(branch::refill_burst_counted));
}

TYPED_TEST(refill, looks_at_burst_before_it_caps) {
    auto& cfs_b = this->m.cfs_b();
    // Both at once: what was consumed exceeds the quota by 1 ns, and the pool exceeds the cap.
    cfs_b.runtime_snap = 50 * msec + 1;
    cfs_b.runtime = 30 * msec;
    this->refill_once();
    EXPECT_EQ(cfs_b.nr_burst, 1);
    EXPECT_EQ(cfs_b.burst_time, 1U);
    EXPECT_EQ(cfs_b.runtime, 25 * msec);
}

TYPED_TEST(refill, is_modulo_two_to_the_64) {
    auto& cfs_b = this->m.cfs_b();
    cfs_b.runtime = runtime_inf - 20 * msec + 2;
    cfs_b.runtime_snap = cfs_b.runtime;
    this->refill_once();
    EXPECT_EQ(cfs_b.runtime, 1U);
}

} // namespace
} // namespace bwcheck::model

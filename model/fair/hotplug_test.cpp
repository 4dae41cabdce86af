#include "model/revisions/mainline.hpp"
#include "testing/test_machine.hpp"

#include <gtest/gtest.h>

namespace bwcheck::model {
namespace {

template <class Revision>
class hotplug : public testing::Test {
public:
    test_machine<Revision> group{2};

    void SetUp() override {
        ASSERT_EQ(group.write_max("2000 100000"), status::ok);
        group.wake(0);
    }
};

using hotplug_revisions = testing::Types<linux_6_1, mainline>;
TYPED_TEST_SUITE(hotplug, hotplug_revisions);
using hotplug_6_1 = hotplug<linux_6_1>;
using hotplug_mainline = hotplug<mainline>;

TYPED_TEST(hotplug, a_throttled_cpu_goes_offline_unthrottled_with_1_ns) {
    auto& m = this->group;
    m.run(0, 6 * msec);
    ASSERT_TRUE(m.cfs_rq(0).throttled);
    m.offline(0);
    EXPECT_FALSE(m.cfs_rq(0).throttled);
    EXPECT_FALSE(m.cfs_rq(0).runtime_enabled);
    EXPECT_FALSE(m.cfs_rq(0).runnable());
    EXPECT_EQ(m.cfs_rq(0).runtime_remaining, 1);
    EXPECT_TRUE(m.cfs_b().throttled_cfs_rq.empty());
}

TYPED_TEST(hotplug, what_a_cpu_had_left_does_not_return_to_the_pool) {
    auto& m = this->group;
    const auto pool = m.cfs_b().runtime;
    m.offline(0);
    EXPECT_EQ(m.cfs_b().runtime, pool);
}

TYPED_TEST(hotplug, an_offline_cpu_is_not_charged_and_not_reached_by_a_write) {
    auto& m = this->group;
    m.offline(0);
    m.cfs_rq(0).runtime_remaining = 77;
    ASSERT_EQ(m.write_max("20000 100000"), status::ok);
    EXPECT_EQ(m.cfs_rq(0).runtime_remaining, 77);
    EXPECT_FALSE(m.cfs_rq(0).runtime_enabled);
}

TYPED_TEST(hotplug, a_cpu_that_comes_back_is_limited_if_the_group_is_by_then_and_keeps_its_runtime) {
    auto& m = this->group;
    m.offline(0);
    m.cfs_rq(0).runtime_remaining = 77;
    m.online(0);
    EXPECT_TRUE(m.cfs_rq(0).runtime_enabled);
    EXPECT_EQ(m.cfs_rq(0).runtime_remaining, 77);
    m.offline(0);
    ASSERT_EQ(m.write_max("max"), status::ok);
    m.online(0);
    EXPECT_FALSE(m.cfs_rq(0).runtime_enabled);
}

TYPED_TEST(hotplug, the_last_cpu_stays) {
    auto& m = this->group;
    m.offline(0);
    EXPECT_FALSE(model::enabled(m.tg, m.environment, {.kind = event_kind::offline, .cpu = 1}));
}

TYPED_TEST(hotplug, without_a_limit_nothing_is_touched) {
    auto& m = this->group;
    ASSERT_EQ(m.write_max("max"), status::ok);
    m.cfs_rq(0).runtime_remaining = 77;
    m.offline(0);
    EXPECT_EQ(m.cfs_rq(0).runtime_remaining, 77);
}

TEST_F(hotplug_6_1, leaves_1_ns_also_to_a_cpu_that_was_not_throttled) {
    ASSERT_EQ(group.cfs_rq(0).runtime_remaining, 2'000'000);
    group.offline(0);
    EXPECT_EQ(group.cfs_rq(0).runtime_remaining, 1);
}

TEST_F(hotplug_mainline, leaves_its_runtime_to_a_cpu_that_was_not_throttled) {
    group.cfs_rq(0).runtime_remaining = 2'000'000;
    group.offline(0);
    EXPECT_EQ(group.cfs_rq(0).runtime_remaining, 2'000'000);
}

} // namespace
} // namespace bwcheck::model

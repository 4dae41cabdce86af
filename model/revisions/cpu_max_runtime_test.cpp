// The three revisions that have cpu.max.runtime.
#include "model/revisions/cpu_max_runtime_delta.hpp"
#include "model/revisions/cpu_max_runtime_v1.hpp"
#include "model/revisions/cpu_max_runtime_v2.hpp"
#include "testing/test_machine.hpp"

#include <gtest/gtest.h>

namespace bwcheck::model {
namespace {

/// 20 ms a period of 100 ms, and 5 ms of burst; CPU 0 is throttled with 4 ms of debt.
template <class Revision>
class cpu_max_runtime : public testing::Test {
public:
    test_machine<Revision> m{2};

    void SetUp() override {
        ASSERT_EQ(m.write_max("20000 100000"), status::ok);
        ASSERT_EQ(m.write_burst("5000"), status::ok);
        m.cfs_rq(0).runtime_remaining = 0;
        m.cfs_b().runtime = 2 * msec;
        m.wake(0);
        m.run(0, 6 * msec);
        ASSERT_TRUE(m.cfs_rq(0).throttled);
        ASSERT_EQ(m.cfs_rq(0).runtime_remaining, -4'000'000);
        ASSERT_EQ(m.cfs_b().runtime, 0U);
    }
    guard refused(std::string_view text) {
        const auto before = m.cfs_b().runtime;
        const status answer = m.write_runtime(text);
        if (answer != status::ok)
            EXPECT_EQ(m.cfs_b().runtime, before);
        return m.log.rejected_by();
    }
};

using v1 = cpu_max_runtime<cpu_max_runtime_v1>;
using v2 = cpu_max_runtime<cpu_max_runtime_v2>;
using delta = cpu_max_runtime<cpu_max_runtime_delta>;

constexpr guard accepted = guard::count;

TEST_F(v1, sets_the_pool) {
    EXPECT_EQ(refused("7000"), accepted);
    EXPECT_EQ(m.cfs_b().runtime, 7 * msec);
    EXPECT_EQ(refused("0"), accepted);
    EXPECT_EQ(m.cfs_b().runtime, 0U);
}

TEST_F(v1, takes_up_to_quota_plus_burst) {
    EXPECT_EQ(refused("25000"), accepted);
    EXPECT_EQ(refused("25001"), guard::runtime_within_cap);
}

TEST_F(v1, takes_up_to_203_days_without_a_limit) {
    ASSERT_EQ(m.write_max("max"), status::ok);
    EXPECT_EQ(refused("17592186044415"), accepted);
    EXPECT_EQ(refused("17592186044416"), guard::runtime_within_limit);
}

TEST_F(v1, does_not_help_a_throttled_cpu_before_the_next_tick) {
    ASSERT_EQ(refused("25000"), accepted);
    EXPECT_TRUE(m.cfs_rq(0).throttled);
    EXPECT_EQ(m.cfs_rq(0).runtime_remaining, -4'000'000);
    m.next_period();
    EXPECT_FALSE(m.cfs_rq(0).throttled);
}

TEST_F(v1, neither_refills_nor_touches_the_snapshot) {
    const auto snapshot = m.cfs_b().runtime_snap;
    ASSERT_EQ(refused("7000"), accepted);
    EXPECT_EQ(m.cfs_b().runtime_snap, snapshot);
    ASSERT_EQ(m.log.records().size(), 1U);
    EXPECT_EQ(m.log.records()[0].function, step::cpu_runtime_write_u64);
    EXPECT_EQ(m.log.records()[0].refills, 0);
}

TEST_F(v1, lets_burst_exceed_the_quota_up_to_203_days_in_all) {
    EXPECT_EQ(m.write_burst("20001"), status::ok);
    EXPECT_EQ(m.write_burst("17592186024415"), status::ok);
    EXPECT_EQ(m.write_burst("17592186024416"), status::einval);
    EXPECT_EQ(m.log.rejected_by(), guard::burst_and_quota_within_limit);
}

TEST_F(v1, refuses_what_is_not_a_number) {
    EXPECT_EQ(refused("-1"), guard::parse);
    EXPECT_EQ(refused("max"), guard::parse);
    EXPECT_EQ(m.write_runtime("18446744073709551616"), status::erange);
}

TEST_F(v2, distributes_what_was_written_at_once) {
    ASSERT_EQ(refused("25000"), accepted);
    EXPECT_FALSE(m.cfs_rq(0).throttled);
    EXPECT_EQ(m.cfs_rq(0).runtime_remaining, 1);
    EXPECT_EQ(m.cfs_b().runtime, 21 * msec - 1);
}

TEST_F(v2, pays_off_part_of_a_debt) {
    ASSERT_EQ(refused("3000"), accepted);
    EXPECT_TRUE(m.cfs_rq(0).throttled);
    EXPECT_EQ(m.cfs_rq(0).runtime_remaining, -1'000'000);
    EXPECT_EQ(m.cfs_b().runtime, 0U);
}

TEST_F(v2, bounds_the_burst_by_itself) {
    EXPECT_EQ(m.write_burst("20001"), status::ok);
    EXPECT_EQ(m.write_burst("17592186044416"), status::einval);
    EXPECT_EQ(m.log.rejected_by(), guard::burst_within_limit);
    EXPECT_EQ(m.write_burst("17592186044415"), status::einval);
    EXPECT_EQ(m.log.rejected_by(), guard::burst_and_quota_within_limit);
}

TEST_F(delta, adds_and_takes_away) {
    m.cfs_rq(0).throttled = false;
    m.cfs_b().throttled_cfs_rq.clear();
    EXPECT_EQ(refused("7000"), accepted);
    EXPECT_EQ(refused("+3000"), accepted);
    EXPECT_EQ(m.cfs_b().runtime, 10 * msec);
    EXPECT_EQ(refused("-4000"), accepted);
    EXPECT_EQ(m.cfs_b().runtime, 6 * msec);
    EXPECT_EQ(refused("0"), accepted);
    EXPECT_EQ(m.cfs_b().runtime, 6 * msec);
}

TEST_F(delta, refuses_to_go_below_nothing_or_above_the_cap) {
    m.cfs_rq(0).throttled = false;
    m.cfs_b().throttled_cfs_rq.clear();
    m.cfs_b().runtime = 5 * msec;
    EXPECT_EQ(refused("-5001"), guard::runtime_not_negative);
    EXPECT_EQ(refused("20001"), guard::runtime_within_cap);
    EXPECT_EQ(refused("20000"), accepted);
    EXPECT_EQ(refused("-25000"), accepted);
    EXPECT_EQ(m.cfs_b().runtime, 0U);
}

TEST_F(delta, bounds_the_amount_before_it_adds) {
    for (const char* text : {"9223372036854775807", "-9223372036854775808", "17592186044416", "-17592186044416"})
        EXPECT_EQ(refused(text), guard::runtime_within_limit) << text;
    EXPECT_EQ(refused("17592186044415"), guard::runtime_within_cap);
    EXPECT_EQ(refused("-17592186044415"), guard::runtime_not_negative);
}

TEST_F(delta, distributes_as_v2_does) {
    ASSERT_EQ(refused("25000"), accepted);
    EXPECT_FALSE(m.cfs_rq(0).throttled);
    EXPECT_EQ(m.cfs_b().runtime, 21 * msec - 1);
}

} // namespace
} // namespace bwcheck::model

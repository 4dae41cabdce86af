#include "model/revisions/mainline.hpp"
#include "testing/test_machine.hpp"

#include <gtest/gtest.h>

namespace bwcheck::model {
namespace {

/// Linux since 6.17, with what a write is refused by.
class bandwidth_us : public testing::Test {
public:
    test_machine<mainline> m{2};

    /// guard::count if it is accepted.
    guard refused_max(std::string_view text) {
        const status answer = m.write_max(text);
        EXPECT_EQ(answer, m.log.rejected_by() == guard::count ? status::ok : status::einval);
        return m.log.rejected_by();
    }
    guard refused_burst(std::string_view text) {
        const status answer = m.write_burst(text);
        EXPECT_EQ(answer, m.log.rejected_by() == guard::count ? status::ok : status::einval);
        return m.log.rejected_by();
    }
};

constexpr guard accepted_us = guard::count;

TEST_F(bandwidth_us, every_number_must_survive_conversion_to_ns) {
    EXPECT_EQ(refused_max("20000 18446744073709551"), guard::period_at_most_max);
    EXPECT_EQ(refused_max("20000 18446744073709552"), guard::period_us_converts);
    EXPECT_EQ(refused_max("18446744073709551 100000"), guard::quota_within_limit);
    EXPECT_EQ(refused_max("18446744073709552 100000"), guard::quota_us_converts);
    EXPECT_EQ(refused_burst("18446744073709551"), accepted_us) << "without a limit nobody looks at it";
    EXPECT_EQ(refused_burst("18446744073709552"), guard::burst_us_converts);
}

TEST_F(bandwidth_us, what_wrapped_in_6_1_is_refused) {
    EXPECT_EQ(refused_max("18446744073710552 100000"), guard::quota_us_converts);
    EXPECT_EQ(refused_max("20000 18446744073809552"), guard::period_us_converts);
}

TEST_F(bandwidth_us, the_parser_still_wraps) {
    EXPECT_EQ(refused_max("18446744073709571616 100000"), accepted_us) << "2^64 + 20000";
    EXPECT_EQ(m.cfs_b().quota, 20 * msec);
}

TEST_F(bandwidth_us, all_ones_means_max) {
    ASSERT_EQ(refused_max("20000 100000"), accepted_us);
    EXPECT_EQ(refused_max("18446744073709551615 100000"), accepted_us);
    EXPECT_EQ(m.cfs_b().quota, runtime_inf);
}

TEST_F(bandwidth_us, quota_must_be_1_ms_to_203_days) {
    EXPECT_EQ(refused_max("999 100000"), guard::quota_at_least_min);
    EXPECT_EQ(refused_max("1000 100000"), accepted_us);
    EXPECT_EQ(refused_max("17592186044415 100000"), accepted_us);
    EXPECT_EQ(refused_max("17592186044416 100000"), guard::quota_within_limit);
}

TEST_F(bandwidth_us, period_must_be_1_ms_to_1_s) {
    EXPECT_EQ(refused_max("1000 999"), guard::period_at_least_min);
    EXPECT_EQ(refused_max("1000 1000"), accepted_us);
    EXPECT_EQ(refused_max("1000 1000000"), accepted_us);
    EXPECT_EQ(refused_max("1000 1000001"), guard::period_at_most_max);
    EXPECT_EQ(refused_max("max 1000001"), guard::period_at_most_max);
}

TEST_F(bandwidth_us, burst_may_reach_the_quota_and_both_together_203_days) {
    ASSERT_EQ(refused_max("20000 100000"), accepted_us);
    EXPECT_EQ(refused_burst("20000"), accepted_us);
    EXPECT_EQ(refused_burst("20001"), guard::burst_within_quota);
    ASSERT_EQ(refused_max("8796093022208 100000"), accepted_us);
    EXPECT_EQ(refused_burst("8796093022207"), accepted_us);
    EXPECT_EQ(refused_burst("8796093022208"), guard::burst_and_quota_within_limit);
}

TEST_F(bandwidth_us, a_write_carries_the_other_settings_over_in_whole_microseconds) {
    m.cfs_b().burst = 12'345;
    m.cfs_b().period = 2 * msec + 999;
    ASSERT_EQ(refused_max("1000"), accepted_us);
    EXPECT_EQ(m.cfs_b().burst, 12'000U);
    EXPECT_EQ(m.cfs_b().period, 2 * msec);
    m.cfs_b().quota = 1 * msec + 999;
    ASSERT_EQ(refused_burst("7"), accepted_us);
    EXPECT_EQ(m.cfs_b().quota, 1 * msec);
}

TEST_F(bandwidth_us, a_burst_write_keeps_a_group_without_limit) {
    ASSERT_EQ(refused_burst("7"), accepted_us);
    EXPECT_EQ(m.cfs_b().quota, runtime_inf);
    EXPECT_EQ(m.cfs_b().burst, 7 * usec);
    EXPECT_FALSE(m.cfs_b().period_active);
}

TEST_F(bandwidth_us, leaves_1_ns_to_each_cpu) {
    m.cfs_rq(0).runtime_remaining = -50;
    m.cfs_rq(1).runtime_remaining = 4'000'000;
    ASSERT_EQ(refused_max("20000 100000"), accepted_us);
    EXPECT_EQ(m.cfs_rq(0).runtime_remaining, 1);
    EXPECT_EQ(m.cfs_rq(1).runtime_remaining, 1);
}

TEST_F(bandwidth_us, has_no_cpu_max_runtime) { EXPECT_EQ(m.write_runtime("5"), status::enoent); }

} // namespace
} // namespace bwcheck::model

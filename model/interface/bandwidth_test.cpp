#include "model/revisions/linux_6_1.hpp"
#include "testing/test_machine.hpp"

#include <gtest/gtest.h>

#include <string>

namespace bwcheck::model {
namespace {

/// Linux 6.1, with what a write is refused by.
class bandwidth : public testing::Test {
public:
    test_machine<linux_6_1> m{2};

    /// guard::count if it is accepted.
    guard refused_max(std::string_view text) {
        const status answer = m.write_max(text);
        EXPECT_EQ(answer == status::ok, m.log.rejected_by() == guard::count);
        EXPECT_TRUE(answer == status::ok || answer == status::einval) << name(answer);
        return m.log.rejected_by();
    }
    guard refused_burst(std::string_view text) {
        const status answer = m.write_burst(text);
        EXPECT_EQ(answer == status::ok, m.log.rejected_by() == guard::count);
        return m.log.rejected_by();
    }
};

constexpr guard accepted_ns = guard::count;

TEST_F(bandwidth, quota_must_be_at_least_1_ms) {
    EXPECT_EQ(refused_max("999 100000"), guard::quota_at_least_min);
    EXPECT_EQ(refused_max("1000 100000"), accepted_ns);
    EXPECT_EQ(refused_max("0 100000"), guard::quota_at_least_min);
}

TEST_F(bandwidth, period_must_be_1_ms_to_1_s) {
    EXPECT_EQ(refused_max("1000 999"), guard::period_at_least_min);
    EXPECT_EQ(refused_max("1000 1000"), accepted_ns);
    EXPECT_EQ(refused_max("1000 1000000"), accepted_ns);
    EXPECT_EQ(refused_max("1000 1000001"), guard::period_at_most_max);
}

TEST_F(bandwidth, period_is_bounded_without_a_limit_too) {
    EXPECT_EQ(refused_max("max 999"), guard::period_at_least_min);
    EXPECT_EQ(refused_max("max 1000001"), guard::period_at_most_max);
    EXPECT_EQ(refused_max("max 50000"), accepted_ns);
    EXPECT_EQ(m.cfs_b().quota, runtime_inf);
    EXPECT_EQ(m.cfs_b().period, 50 * msec);
}

TEST_F(bandwidth, quota_may_reach_203_days) {
    EXPECT_EQ(refused_max("17592186044415 100000"), accepted_ns);
    EXPECT_EQ(m.cfs_b().quota, 17'592'186'044'415'000U);
    EXPECT_EQ(refused_max("17592186044416 100000"), guard::quota_within_limit);
}

TEST_F(bandwidth, cpu_max_multiplies_before_it_looks_so_that_huge_numbers_wrap_into_the_valid_range) {
    EXPECT_EQ(refused_max("18446744073709551 100000"), guard::quota_within_limit);
    // 18446744073709552 us are 2^64 + 384 ns.
    EXPECT_EQ(refused_max("18446744073709552 100000"), guard::quota_at_least_min) << "384 ns";
    EXPECT_EQ(refused_max("18446744073710552 100000"), accepted_ns) << "1 ms and 384 ns";
    EXPECT_EQ(m.cfs_b().quota, 1'000'384U);
    EXPECT_EQ(refused_max("20000 18446744073809552"), accepted_ns);
    EXPECT_EQ(m.cfs_b().period, 100'000'384U);
}

TEST_F(bandwidth, all_ones_is_a_huge_quota_here_and_not_max) {
    EXPECT_EQ(refused_max("18446744073709551615 100000"), guard::quota_within_limit);
}

TEST_F(bandwidth, burst_may_reach_the_quota) {
    ASSERT_EQ(refused_max("20000 100000"), accepted_ns);
    EXPECT_EQ(refused_burst("20000"), accepted_ns);
    EXPECT_EQ(refused_burst("20001"), guard::burst_within_quota);
    EXPECT_EQ(m.cfs_b().burst, 20 * msec);
    EXPECT_EQ(refused_max("19999"), guard::burst_within_quota) << "the burst stays, and is checked again";
}

TEST_F(bandwidth, burst_and_quota_together_may_reach_203_days) {
    // Half of it, rounded up.
    ASSERT_EQ(refused_max("8796093022208 100000"), accepted_ns);
    EXPECT_EQ(refused_burst("8796093022207"), accepted_ns);
    EXPECT_EQ(refused_burst("8796093022208"), guard::burst_and_quota_within_limit);
}

TEST_F(bandwidth, burst_must_survive_conversion_to_ns) {
    EXPECT_EQ(refused_burst("18446744073709551"), accepted_ns) << "without a limit nobody looks at it";
    EXPECT_EQ(m.cfs_b().burst, 18'446'744'073'709'551'000U);
    EXPECT_EQ(refused_burst("18446744073709552"), guard::burst_us_converts);
}

TEST_F(bandwidth, malformed_text_changes_nothing_and_is_answered_with_the_parsers_error) {
    EXPECT_EQ(m.write_max(""), status::einval);
    EXPECT_EQ(m.write_max("-1"), status::einval);
    EXPECT_EQ(m.write_burst("-1"), status::einval);
    EXPECT_EQ(m.write_burst("18446744073709551616"), status::erange);
    EXPECT_EQ(m.log.rejected_by(), guard::parse);
    EXPECT_EQ(m.write_max(std::string(5000, '1')), status::e2big);
    EXPECT_TRUE(m.reached(branch::write_rejected));
    EXPECT_EQ(m.cfs_b().quota, runtime_inf);
    EXPECT_EQ(m.cfs_b().period, 100 * msec);
}

TEST_F(bandwidth, has_no_cpu_max_runtime) { EXPECT_EQ(m.write_runtime("5"), status::enoent); }

TEST_F(bandwidth, a_write_without_period_keeps_it_in_whole_microseconds) {
    m.cfs_b().period = 2 * msec + 999;
    ASSERT_EQ(refused_max("1000"), accepted_ns);
    EXPECT_EQ(m.cfs_b().period, 2 * msec);
}

TEST_F(bandwidth, a_write_keeps_the_burst_to_the_ns) {
    m.cfs_b().burst = 12'345;
    ASSERT_EQ(refused_max("1000 5000"), accepted_ns);
    EXPECT_EQ(m.cfs_b().burst, 12'345U);
}

TEST_F(bandwidth, every_accepted_write_refills) {
    ASSERT_EQ(refused_max("20000 100000"), accepted_ns);
    EXPECT_EQ(m.cfs_b().runtime, 20 * msec);
    EXPECT_EQ(m.log.records().front().refills, 1);
    ASSERT_EQ(refused_max("20000 100000"), accepted_ns);
    EXPECT_EQ(m.cfs_b().runtime, 20 * msec) << "capped";
    m.cfs_b().runtime = 3 * msec;
    ASSERT_EQ(refused_burst("5000"), accepted_ns);
    EXPECT_EQ(m.cfs_b().runtime, 23 * msec);
}

TEST_F(bandwidth, a_lower_quota_cuts_the_pool) {
    ASSERT_EQ(refused_max("20000 100000"), accepted_ns);
    ASSERT_EQ(refused_max("2000 100000"), accepted_ns);
    EXPECT_EQ(m.cfs_b().runtime, 2 * msec);
}

TEST_F(bandwidth, forgets_debt_and_unspent_runtime_of_online_cpus) {
    ASSERT_EQ(refused_max("20000 100000"), accepted_ns);
    m.cfs_rq(0).runtime_remaining = -50;
    m.cfs_rq(1).runtime_remaining = 4'000'000;
    ASSERT_EQ(refused_max("20000 100000"), accepted_ns);
    EXPECT_EQ(m.cfs_rq(0).runtime_remaining, 0);
    EXPECT_EQ(m.cfs_rq(1).runtime_remaining, 0);
}

TEST_F(bandwidth, limits_and_unlimits_the_cpus_and_the_static_key) {
    ASSERT_EQ(refused_max("20000 100000"), accepted_ns);
    EXPECT_TRUE(m.reached(branch::write_limits));
    EXPECT_TRUE(m.tg.cfs_bandwidth_used);
    EXPECT_TRUE(m.cfs_b().period_active);
    EXPECT_TRUE(m.cfs_rq(0).runtime_enabled);
    EXPECT_TRUE(m.cfs_rq(1).runtime_enabled);
    ASSERT_EQ(refused_max("max"), accepted_ns);
    EXPECT_TRUE(m.reached(branch::write_unlimits));
    EXPECT_FALSE(m.tg.cfs_bandwidth_used);
    EXPECT_FALSE(m.cfs_rq(0).runtime_enabled);
    EXPECT_EQ(m.cfs_b().runtime, 20 * msec) << "the pool is left as it was";
}

TEST_F(bandwidth, unthrottles_whoever_is_throttled) {
    ASSERT_EQ(refused_max("2000 100000"), accepted_ns);
    m.wake(0);
    m.run(0, 6 * msec);
    ASSERT_TRUE(m.cfs_rq(0).throttled);
    ASSERT_EQ(refused_max("max"), accepted_ns);
    EXPECT_FALSE(m.cfs_rq(0).throttled);
    EXPECT_TRUE(m.cfs_rq(0).curr);
    EXPECT_TRUE(m.cfs_b().throttled_cfs_rq.empty());
}

TEST_F(bandwidth, leaves_a_step_for_the_group_and_one_for_each_cpu) {
    ASSERT_EQ(refused_max("20000 100000"), accepted_ns);
    ASSERT_EQ(m.log.records().size(), 3U);
    EXPECT_EQ(m.log.records()[0].function, step::tg_set_cfs_bandwidth);
    EXPECT_EQ(m.log.records()[0].cpu, no_cpu);
    EXPECT_EQ(m.log.records()[0].runtime_after, 20 * msec);
    EXPECT_EQ(m.log.records()[1].function, step::tg_set_cfs_bandwidth_cpu);
    EXPECT_EQ(m.log.records()[1].cpu, 0);
    EXPECT_EQ(m.log.records()[2].cpu, 1);
}

TEST_F(bandwidth, can_be_asked_what_would_happen_without_a_check) {
    m.log.leave_out(guard::period_at_most_max);
    EXPECT_EQ(refused_max("20000 1000001"), accepted_ns);
    m.log.leave_out(guard::count);
    EXPECT_EQ(refused_max("20000 1000001"), guard::period_at_most_max);
}

TEST(to_ratio, is_a_fraction_of_two_to_the_20) {
    using functions = kernel<linux_6_1, plain>;
    EXPECT_EQ(functions::to_ratio(0, 5), 0U);
    EXPECT_EQ(functions::to_ratio(100'000, 100'000), std::uint64_t{1} << 20U);
    EXPECT_EQ(functions::to_ratio(100'000, 20'000), 209'715U);
    EXPECT_EQ(functions::to_ratio(1, 17'592'186'044'415), 17'592'186'044'415U << 20U);
    EXPECT_EQ(functions::to_ratio(1, 17'592'186'044'416), 0U) << "beyond its bound it loses its top bits";
}

} // namespace
} // namespace bwcheck::model

// What two runs measured adds up: numbers to the larger one, checks to all that either saw.
#include "properties/measurements.hpp"

#include <gtest/gtest.h>

#include <type_traits>

namespace bwcheck::properties {
namespace {

constexpr auto bit(model::guard check) { return static_cast<std::size_t>(check); }

static_assert(std::is_trivially_copyable_v<measurements>);

TEST(guard_coverage, misses_what_was_asked_and_never_decided) {
    guard_coverage seen;
    EXPECT_TRUE(seen.missing().none());
    seen.asked.set(bit(model::guard::period_at_most_max)).set(bit(model::guard::quota_within_limit));
    seen.decided.set(bit(model::guard::quota_within_limit));
    EXPECT_EQ(names_of(seen.missing()), std::vector<std::string_view>{"period_at_most_max"});
}

TEST(guard_coverage, of_two_runs_is_what_either_saw) {
    guard_coverage one;
    one.asked.set(bit(model::guard::period_at_most_max));
    guard_coverage other;
    other.decided.set(bit(model::guard::period_at_most_max));
    one.merge(other);
    EXPECT_TRUE(one.missing().none());
    EXPECT_EQ(one.asked, other.decided);
}

TEST(measurements, keep_the_larger_number_of_each_property) {
    constexpr std::size_t latency = property_number("write-latency").value();
    measurements one;
    measurements other;
    EXPECT_TRUE(one.same(latency, other));
    other.add(latency, 7);
    EXPECT_FALSE(one.same(latency, other));
    one.add(latency, 3);
    one.merge(other);
    EXPECT_EQ(one.numbers[latency], 7);
    EXPECT_EQ(one, other);
}

TEST(measurements, of_checks_count_for_the_property_about_them_only) {
    measurements one;
    measurements other;
    other.checks.asked.set(bit(model::guard::quota_within_limit));
    EXPECT_FALSE(one.same(number_of<guard_decides>, other));
    EXPECT_TRUE(one.same(number_of<write_latency>, other));
}

} // namespace
} // namespace bwcheck::properties

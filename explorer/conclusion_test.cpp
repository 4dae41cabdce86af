#include "explorer/conclusion.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bwcheck::explorer {
namespace {

using testing::HasSubstr;

std::size_t number_of(std::string_view property) { return properties::property_number(property).value(); }

property_in_part finding(std::string part, std::uint64_t fired, bool exhausted = true) {
    property_in_part judged{std::move(part), fired, exhausted, exhausted ? "exhausted" : "budget"};
    return judged;
}

property_in_part broken(std::string part, std::size_t length) {
    property_in_part judged = finding(std::move(part), 1);
    judged.broken.emplace().events.resize(length);
    judged.explanation = "because";
    return judged;
}

verdicts::finding conclude(std::string_view property, const std::vector<property_in_part>& findings) {
    conclusion sum(std::uint64_t{1} << number_of(property));
    for (const auto& found : findings)
        sum.add(number_of(property), found);
    return sum.results().at(0);
}

TEST(conclusion, holds_where_it_fired_and_all_was_explored) {
    const auto result = conclude("runtime-capped", {finding("a", 0), finding("b", 7)});
    EXPECT_EQ(result.verdict, verdicts::verdict::holds);
    EXPECT_EQ(result.fired, 7U);
    EXPECT_THAT(result.parts, testing::ElementsAre("b"));
}

TEST(conclusion, never_fired_is_vacuous_and_says_what_it_takes) {
    const auto result = conclude("scaling-keeps-ratio", {finding("a", 0), finding("b", 0)});
    EXPECT_EQ(result.verdict, verdicts::verdict::inconclusive);
    EXPECT_THAT(result.reason, HasSubstr("vacuous: it takes a period callback that scales"));
}

TEST(conclusion, a_stopped_exploration_is_inconclusive_even_where_it_fired) {
    const auto result = conclude("runtime-capped", {finding("a", 5), finding("b", 9, false)});
    EXPECT_EQ(result.verdict, verdicts::verdict::inconclusive);
    EXPECT_THAT(result.reason, HasSubstr("part b was not explored to its end: budget"));
}

TEST(conclusion, a_stopped_part_that_did_not_fire_yet_might_have_fired) {
    const auto result = conclude("runtime-capped", {finding("a", 5), finding("b", 0, false)});
    EXPECT_EQ(result.verdict, verdicts::verdict::inconclusive);
}

property_in_part refused(std::string part, std::uint64_t fired) {
    property_in_part judged = finding(std::move(part), fired);
    judged.refused_setup = "cpu.max 3 400: EINVAL";
    return judged;
}

TEST(conclusion, a_part_whose_setup_is_refused_is_not_the_machine_that_was_asked_about) {
    const auto nowhere_else = conclude("runtime-capped", {finding("a", 0), refused("b", 7)});
    EXPECT_EQ(nowhere_else.verdict, verdicts::verdict::inconclusive);
    EXPECT_EQ(nowhere_else.reason, "only in part b, whose setup is refused: cpu.max 3 400: EINVAL");
    const auto elsewhere = conclude("runtime-capped", {finding("a", 5), refused("b", 7)});
    EXPECT_EQ(elsewhere.verdict, verdicts::verdict::holds);
    EXPECT_EQ(elsewhere.fired, 5U);
    EXPECT_THAT(elsewhere.parts, testing::ElementsAre("a"));
    property_in_part violated = refused("b", 7);
    violated.broken.emplace().events.resize(3);
    EXPECT_EQ(conclude("runtime-capped", {finding("a", 5), violated}).verdict, verdicts::verdict::violated);
}

TEST(conclusion, one_violation_decides_and_the_shortest_run_is_kept) {
    const auto result = conclude("runtime-capped", {finding("a", 5, false), broken("b", 9), broken("c", 4)});
    EXPECT_EQ(result.verdict, verdicts::verdict::violated);
    EXPECT_EQ(result.run->events.size(), 4U);
    EXPECT_EQ(result.reason, "because");
}

TEST(conclusion, a_property_whose_history_no_part_keeps_is_not_judged) {
    const auto result = conclude("throttle-latency", {});
    EXPECT_EQ(result.verdict, verdicts::verdict::inconclusive);
    EXPECT_THAT(result.reason, HasSubstr("no part of this scope keeps the history it needs (latency)"));
}

TEST(conclusion, numbers_are_the_largest_of_all_parts) {
    auto small = finding("a", 1);
    small.number = 3;
    auto large = finding("b", 1);
    large.number = 8;
    EXPECT_EQ(conclude("write-latency", {large, small}).measured, 8);
    EXPECT_FALSE(conclude("write-latency", {finding("a", 1)}).measured.has_value());
}

TEST(conclusion, a_guard_that_never_decided_is_named) {
    const auto bit = [](model::guard check) { return static_cast<std::size_t>(check); };
    auto first = finding("a", 1);
    first.checks.asked.set(bit(model::guard::period_at_least_min)).set(bit(model::guard::quota_within_limit));
    auto second = finding("b", 1);
    second.checks.decided.set(bit(model::guard::period_at_least_min));
    const auto result = conclude("guard-decides", {first, second});
    EXPECT_EQ(result.verdict, verdicts::verdict::inconclusive);
    EXPECT_THAT(result.reason, HasSubstr(std::string(to_string(model::guard::quota_within_limit))));
    EXPECT_THAT(result.reason, testing::Not(HasSubstr(std::string(to_string(model::guard::period_at_least_min)))));
}

} // namespace
} // namespace bwcheck::explorer

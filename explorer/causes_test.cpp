// Which violations come of which, computed.
#include "explorer/causes.hpp"
#include "explorer/exploration.hpp"
#include "explorer/historical_bugs.hpp"
#include "model/revisions/registry.hpp"
#include "properties/catalogue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <initializer_list>
#include <set>
#include <string_view>

namespace bwcheck::explorer {
namespace {

using testing::Contains;
using testing::SizeIs;
using testing::UnorderedElementsAre;

property_set set_of(std::initializer_list<std::string_view> ids) {
    property_set all = 0;
    for (const std::string_view id : ids)
        all |= properties::only(id);
    return all;
}

std::set<std::string_view> ids_in(property_set all) {
    std::set<std::string_view> ids;
    properties::for_each_of(all, [&](std::size_t property) { ids.insert(properties::catalogue_infos[property].id); });
    return ids;
}

property_set violated_by(std::string_view revision, const model::scope& scope) {
    property_set violated = 0;
    exploration_options options;
    options.jobs = 2;
    for (const verdicts::finding& each : explore_revision(model::revision_named(revision), scope, options).findings)
        if (each.verdict == verdicts::verdict::violated)
            violated |= properties::only(each.property);
    return violated;
}

causes causes_in(std::string_view revision, const model::scope& scope, property_set violated, unsigned jobs = 2,
                 std::uint64_t most_states = 0) {
    return causes_of(model::revision_named(revision), scope, violated, 0, {.jobs = jobs, .most_states = most_states});
}

TEST(grouped, puts_those_together_that_explain_each_other) {
    const std::size_t a = properties::property_number("refill-exact").value();
    const std::size_t b = properties::property_number("conservation").value();
    const std::size_t c = properties::property_number("runtime-capped").value();
    const property_set all = properties::only(a) | properties::only(b) | properties::only(c);
    broken_without without{};
    without[c] = properties::only(a) | properties::only(b); // neither needs c, and c is never there without them
    const auto groups = grouped(all, 0, without);
    ASSERT_THAT(groups, SizeIs(1));
    EXPECT_EQ(groups[0].causes, properties::only(a) | properties::only(b));
    EXPECT_EQ(groups[0].consequences, properties::only(c));
}

TEST(grouped, lets_nothing_that_was_so_before_come_of_what_is_new) {
    const std::size_t fresh = properties::property_number("refill-exact").value();
    const std::size_t old = properties::property_number("conservation").value();
    const property_set both = properties::only(fresh) | properties::only(old);
    broken_without without{};
    without[old] = properties::only(fresh);
    EXPECT_EQ(grouped(both, 0, without).at(0).consequences, properties::only(old));
    EXPECT_THAT(grouped(both, properties::only(old), without), SizeIs(2));
}

TEST(causes, of_mainline_are_the_infinite_quota_that_scaling_doubles_and_others_by_themselves) {
    constexpr std::uint64_t pairs_of_a_check = 50'000;
    const auto found = causes_in(
        "mainline", model::parse_scope(model::named_scope_text("default"), "default"),
        set_of({"refill-exact", "scaling-keeps-ratio", "stored-config-valid", "read-back-exact", "runtime-capped",
                "conservation", "no-stale-charge", "throttle-statistics-true", "limit-applies-everywhere",
                "configuration-in-range", "refill-no-wrap", "scaling-no-wrap", "ratio-no-wrap"}),
        2, pairs_of_a_check);
    ASSERT_THAT(found.groups, SizeIs(6));
    EXPECT_THAT(ids_in(found.groups[0].causes),
                UnorderedElementsAre("scaling-no-wrap", "scaling-keeps-ratio", "stored-config-valid",
                                     "limit-applies-everywhere", "configuration-in-range"));
    EXPECT_THAT(ids_in(found.groups[0].consequences), UnorderedElementsAre("refill-no-wrap", "refill-exact"));
    for (std::size_t number = 1; number < found.groups.size(); ++number) {
        EXPECT_THAT(ids_in(found.groups[number].causes), SizeIs(1));
        EXPECT_EQ(found.groups[number].consequences, property_set{0});
    }
    EXPECT_THAT(ids_in(found.not_found), UnorderedElementsAre("ratio-no-wrap")) << "it takes the kernel's constants";
}

class cause_of_a_bug : public testing::TestWithParam<historical_bug> {};

TEST_P(cause_of_a_bug, is_its_own_property) {
    const historical_bug& bug = GetParam();
    const model::scope scope = bug_scope({bug.scope}, bug.history.empty() ? "" : fmt::format("\"{}\"", bug.history));
    const property_set violated = violated_by(bug.revision, scope);
    ASSERT_TRUE((violated & properties::only(bug.property)) != 0);
    const auto found = causes_in(bug.revision, scope, violated);
    EXPECT_TRUE(
        std::any_of(found.groups.begin(), found.groups.end(),
                    [&](const cause_group& each) { return (each.causes & properties::only(bug.property)) != 0; }))
        << bug.property << " is told as a consequence of others";
}

INSTANTIATE_TEST_SUITE_P(each_of_them, cause_of_a_bug, testing::ValuesIn(historical_bugs));

TEST(causes, are_the_same_for_any_number_of_jobs) {
    const model::scope scope = bug_scope({bug_scopes::stalls});
    const property_set violated = violated_by("bug-5a6d6a6ccb5f", scope);
    const auto with_one = causes_in("bug-5a6d6a6ccb5f", scope, violated, 1);
    const auto with_three = causes_in("bug-5a6d6a6ccb5f", scope, violated, 3);
    ASSERT_EQ(with_one.groups.size(), with_three.groups.size());
    for (std::size_t number = 0; number < with_one.groups.size(); ++number) {
        EXPECT_EQ(with_one.groups[number].causes, with_three.groups[number].causes);
        EXPECT_EQ(with_one.groups[number].consequences, with_three.groups[number].consequences);
    }
    EXPECT_TRUE(with_one.complete);
}

} // namespace
} // namespace bwcheck::explorer

// Two revisions held against each other: where they first differ, and what a patch breaks where its base is right.
#include "counterexamples/replay/replay.hpp"
#include "explorer/comparison.hpp"
#include "explorer/historical_bugs.hpp"
#include "model/revisions/registry.hpp"
#include "properties/catalogue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace bwcheck::explorer {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::uint64_t pairs_of_a_check = 50'000;

model::scope default_scope() { return model::parse_scope(model::named_scope_text("default"), "default"); }

difference_report difference(std::string_view first, std::string_view second, const model::scope& scope,
                             std::uint64_t most_states = 0) {
    return first_difference(model::revision_named(first), model::revision_named(second), scope,
                            {.jobs = 2, .most_states = most_states});
}

own_violation own(std::string_view patch, std::string_view base, const model::scope& scope, std::string_view property,
                  unsigned jobs = 2) {
    return own_violations(model::revision_named(patch), model::revision_named(base), scope, properties::only(property),
                          {.jobs = jobs, .most_states = pairs_of_a_check})
        .at(0);
}

TEST(first_difference, of_a_revision_and_itself_is_none) {
    const auto report = difference("mainline", "mainline", bug_scope({bug_scopes::two_cpus, bug_scopes::stalls}));
    EXPECT_FALSE(report.run.has_value());
    EXPECT_TRUE(report.complete());
    ASSERT_THAT(report.parts, SizeIs(2));
    EXPECT_GT(report.parts[0].states, 1'000U) << "it was looked for";
}

TEST(first_difference, is_a_shortest_one) {
    const auto report = difference("cpu-max-runtime-v1", "mainline", bug_scope({R"(
cpus = 1
setup = ["cpu.max 4 6"]
writes = ["cpu.max.burst 2", "cpu.max.burst 5", "cpu.max.runtime 3"]
)"}));
    ASSERT_TRUE(report.run.has_value());
    ASSERT_THAT(report.run->events, SizeIs(1)) << "a burst above the quota, which only the series accepts";
    EXPECT_EQ(to_string(report.run->part.writes.at(report.run->events[0].happening.index)), "cpu.max.burst 5");
    EXPECT_THAT(report.only_first, ElementsAre("cpu.max.runtime 3"));
    EXPECT_THAT(report.only_second, IsEmpty());
}

TEST(first_difference, can_be_in_the_setup) {
    const auto report = difference("cpu-max-runtime-v1", "mainline", bug_scope({R"(
cpus = 1
setup = ["cpu.max 4 6", "cpu.max.burst 5"]
)"}));
    ASSERT_TRUE(report.run.has_value());
    EXPECT_THAT(report.run->events, IsEmpty());
}

TEST(first_difference, leaves_out_writes_that_only_one_of_them_knows) {
    const auto report = difference("cpu-max-runtime-v1", "mainline", bug_scope({R"(
cpus = 1
setup = ["cpu.max 4 6"]
writes = ["cpu.max.runtime 3"]
)"}));
    EXPECT_FALSE(report.run.has_value());
    EXPECT_TRUE(report.complete());
}

TEST(first_difference, says_how_far_it_looked_if_there_is_more) {
    const auto report = difference("mainline", "mainline", bug_scope({bug_scopes::two_cpus}), 500);
    EXPECT_FALSE(report.complete());
    EXPECT_GT(report.parts.at(0).events, 3U);
}

/// Bugs whose property the kernel without them violates as well, at the default scope.
struct hidden_bug {
    std::string_view patch;
    std::string_view base;
    std::string_view property;
    friend std::ostream& operator<<(std::ostream& out, const hidden_bug& bug) { return out << bug.patch; }
};

class hidden_bug_test : public testing::TestWithParam<hidden_bug> {};

TEST_P(hidden_bug_test, is_found_in_a_run_in_which_the_base_is_right) {
    const auto& [patch, base, property] = GetParam();
    const own_violation found = own(patch, base, default_scope(), property);
    ASSERT_TRUE(found.run.has_value());
    EXPECT_FALSE(found.lone_writes);
    const std::size_t number = properties::property_number(property).value();
    const auto happens = [&](std::string_view revision, const std::vector<model::event>& events) {
        return counterexamples::replay(revision, number, found.run->part, events);
    };
    EXPECT_EQ(happens(patch, found.run->on_first()).broken_after, found.run->on_first().size());
    EXPECT_FALSE(happens(base, found.run->on_second()).broken_after.has_value());
    EXPECT_EQ(happens(base, found.run->on_second()).stopped_by, "");
    EXPECT_EQ(own(patch, base, default_scope(), property, 1).run->events, found.run->events)
        << "the same for any number of jobs";
}

INSTANTIATE_TEST_SUITE_P(each_of_them, hidden_bug_test,
                         testing::Values(hidden_bug{"bug-512ac999d275", "linux-6.1", "conservation"},
                                         hidden_bug{"bug-28ad5427682b", "throttle-in-account", "no-stale-charge"}));

TEST(own_violations, are_excluded_where_every_run_was_looked_at) {
    const auto same = own("mainline", "mainline", bug_scope({bug_scopes::two_cpus}), "runtime-capped");
    EXPECT_FALSE(same.run.has_value());
    EXPECT_TRUE(same.complete);
}

TEST(own_violations, use_a_file_that_the_base_lacks_only_where_there_is_no_other_way) {
    const model::scope scope = bug_scope({R"(
cpus = 1
setup = ["cpu.max 4 6", "cpu.max.burst 2"]
writes = ["cpu.max.runtime 6"]
environment = { max_lateness = 1 }
)"});
    const auto found = own("cpu-max-runtime-v1", "mainline", scope, "runtime-capped");
    ASSERT_TRUE(found.run.has_value());
    EXPECT_TRUE(found.lone_writes);
    EXPECT_LT(found.run->on_second().size(), found.run->on_first().size());
}

} // namespace
} // namespace bwcheck::explorer

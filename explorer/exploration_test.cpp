// The verdicts on the built-in revisions, as they are known: a change to the model, a property or a scope that changes
// one has to say so here.
#include "explorer/exploration.hpp"
#include "model/revisions/registry.hpp"
#include "testing/fake_clock.hpp"

#include <gtest/gtest.h>

#include <map>
#include <stdexcept>
#include <string>

namespace bwcheck::explorer {
namespace {

model::scope named(std::string_view name) { return model::parse_scope(model::named_scope_text(name), name); }

verdicts::report explored(std::string_view revision, std::string_view scope, unsigned jobs = 2) {
    exploration_options options;
    options.jobs = jobs;
    return explore_revision(model::revision_named(revision), named(scope), options);
}

const verdicts::finding& result_of(const verdicts::report& all, std::string_view property) {
    for (const auto& result : all.findings)
        if (result.property == property)
            return result;
    throw std::out_of_range(std::string(property));
}

bool is_historical_bug(const model::revision_info& revision) { return revision.id.starts_with("bug-"); }

TEST(exploration, write_unthrottles_now_tells_the_posted_series_from_the_promised_one) {
    const auto posted = explored("cpu-max-runtime-v1", "default");
    const auto& violated = result_of(posted, "write-unthrottles-now");
    EXPECT_EQ(violated.verdict, verdicts::verdict::violated);
    ASSERT_TRUE(violated.run.has_value());
    EXPECT_EQ(violated.run->events.size(), 5U) << "wake, tick, inject 0, charge, inject 3";
    EXPECT_EQ(violated.run->events.back().kind, model::event_kind::write);

    const auto promised = explored("cpu-max-runtime-v2", "default");
    EXPECT_EQ(result_of(promised, "write-unthrottles-now").verdict, verdicts::verdict::holds);
    EXPECT_EQ(result_of(promised, "write-latency").measured, 0);
    EXPECT_EQ(result_of(posted, "write-latency").measured, 7) << "a period of 6 and a timer that is 1 late";
    EXPECT_EQ(result_of(promised, "full-speed-while-credits").verdict, verdicts::verdict::holds);
    EXPECT_EQ(result_of(posted, "full-speed-while-credits").verdict, verdicts::verdict::violated);
}

TEST(exploration, everything_is_the_same_with_one_job_and_with_two) {
    for (const auto& revision : model::revisions()) {
        if (is_historical_bug(revision.info))
            continue; // historical_bugs_test.cpp
        const auto one = explored(revision.info.id, "smoke", 1);
        const auto two = explored(revision.info.id, "smoke", 2);
        ASSERT_EQ(one.findings.size(), two.findings.size());
        for (std::size_t number = 0; number < one.findings.size(); ++number) {
            const auto& a = one.findings[number];
            const auto& b = two.findings[number];
            EXPECT_EQ(a.verdict, b.verdict) << revision.info.id << ' ' << a.property;
            EXPECT_EQ(a.fired, b.fired) << revision.info.id << ' ' << a.property;
            EXPECT_EQ(a.reason, b.reason);
            ASSERT_EQ(a.run.has_value(), b.run.has_value());
            if (a.run)
                EXPECT_EQ(a.run->events, b.run->events) << revision.info.id << ' ' << a.property;
        }
        for (std::size_t part = 0; part < one.parts.size(); ++part) {
            EXPECT_EQ(one.parts[part].states, two.parts[part].states);
            EXPECT_EQ(one.parts[part].transitions, two.parts[part].transitions);
            EXPECT_EQ(one.parts[part].coverage, two.parts[part].coverage);
        }
    }
}

TEST(exploration, nothing_escapes_the_ranges_of_the_built_in_scopes_and_nothing_gets_stuck) {
    for (const auto scope : {"smoke", "default"}) {
        for (const auto& revision : model::revisions()) {
            if (is_historical_bug(revision.info))
                continue;
            for (const auto& part : explored(revision.info.id, scope).parts) {
                EXPECT_TRUE(part.complete) << revision.info.id << ' ' << part.part;
                EXPECT_EQ(part.escaped, 0U) << revision.info.id << ' ' << part.part << ": " << part.escape;
                EXPECT_EQ(part.deadlocks, 0U) << revision.info.id << ' ' << part.part;
            }
        }
    }
}

TEST(exploration, default_judges_every_property_on_the_posted_series) {
    const auto all = explored("cpu-max-runtime-v1", "default");
    for (const auto& result : all.findings) {
        if (result.property == "guard-decides")
            continue; // three checks that others imply
        EXPECT_NE(result.verdict, verdicts::verdict::inconclusive) << result.property << ": " << result.reason;
    }
}

TEST(exploration, a_budget_ends_it_inconclusive_with_what_was_covered) {
    exploration_options options;
    options.budget_seconds = 50;
    options.now = text::clock_that_moves(1);
    const auto all = explore_revision(model::revision_named("cpu-max-runtime-v1"), named("deep"), options);
    EXPECT_EQ(all.parts.size(), named("deep").parts.size());
    EXPECT_FALSE(all.parts.front().complete);
    EXPECT_EQ(all.parts.front().stopped_by, "budget");
    EXPECT_GT(all.parts.front().states, 0U);
    EXPECT_EQ(result_of(all, "append-leaves-pool-empty").verdict, verdicts::verdict::inconclusive);
}

TEST(exploration, a_memory_limit_does_the_same) {
    exploration_options options;
    options.memory_bytes = 4U << 20U;
    const auto all = explore_revision(model::revision_named("cpu-max-runtime-v1"), named("deep"), options);
    EXPECT_FALSE(all.parts.front().complete);
    EXPECT_EQ(all.parts.front().stopped_by, "memory");
}

TEST(exploration, only_selected_properties_are_reported) {
    exploration_options options;
    options.selected = properties::only("refill-exact");
    const auto all = explore_revision(model::revision_named("mainline"), named("smoke"), options);
    ASSERT_EQ(all.findings.size(), 1U);
    EXPECT_EQ(all.findings.front().property, "refill-exact");
}

TEST(exploration, an_unknown_revision_is_refused) {
    EXPECT_THROW(static_cast<void>(explore_revision(model::revision_named("linux-0.01"), named("smoke"), {})),
                 std::invalid_argument);
}

} // namespace
} // namespace bwcheck::explorer

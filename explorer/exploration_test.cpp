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
    exploration_options how;
    how.jobs = jobs;
    return explore_revision(model::revision_named(revision), named(scope), how);
}

const verdicts::finding& result_of(const verdicts::report& all, std::string_view property) {
    for (const auto& result : all.findings)
        if (result.property == property)
            return result;
    throw std::out_of_range(std::string(property));
}

bool is_historical_bug(const model::revision_info& revision) { return revision.id.starts_with("bug-"); }

TEST(Exploration, WriteUnthrottlesNowTellsThePostedSeriesFromThePromisedOne) {
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

TEST(Exploration, EverythingIsTheSameWithOneJobAndWithTwo) {
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
            if (a.run) {
                EXPECT_EQ(a.run->events, b.run->events) << revision.info.id << ' ' << a.property;
            }
        }
        for (std::size_t part = 0; part < one.parts.size(); ++part) {
            EXPECT_EQ(one.parts[part].states, two.parts[part].states);
            EXPECT_EQ(one.parts[part].transitions, two.parts[part].transitions);
            EXPECT_EQ(one.parts[part].coverage, two.parts[part].coverage);
        }
    }
}

TEST(Exploration, NothingEscapesTheRangesOfTheBuiltInScopesAndNothingGetsStuck) {
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

TEST(Exploration, DefaultJudgesEveryPropertyOnThePostedSeries) {
    const auto all = explored("cpu-max-runtime-v1", "default");
    for (const auto& result : all.findings) {
        if (result.property == "guard-decides")
            continue; // three checks that others imply
        EXPECT_NE(result.verdict, verdicts::verdict::inconclusive) << result.property << ": " << result.reason;
    }
}

TEST(Exploration, ABudgetEndsItInconclusiveWithWhatWasCovered) {
    exploration_options how;
    how.budget_seconds = 50;
    how.now = text::clock_that_moves(1);
    const auto all = explore_revision(model::revision_named("cpu-max-runtime-v1"), named("deep"), how);
    EXPECT_EQ(all.parts.size(), named("deep").parts.size());
    EXPECT_FALSE(all.parts.front().complete);
    EXPECT_EQ(all.parts.front().stopped_by, "budget");
    EXPECT_GT(all.parts.front().states, 0U);
    EXPECT_EQ(result_of(all, "append-leaves-pool-empty").verdict, verdicts::verdict::inconclusive);
}

TEST(Exploration, AMemoryLimitDoesTheSame) {
    exploration_options how;
    how.memory_bytes = 4U << 20U;
    const auto all = explore_revision(model::revision_named("cpu-max-runtime-v1"), named("deep"), how);
    EXPECT_FALSE(all.parts.front().complete);
    EXPECT_EQ(all.parts.front().stopped_by, "memory");
}

TEST(Exploration, OnlySelectedPropertiesAreReported) {
    exploration_options how;
    how.selected = properties::only("refill-exact");
    const auto all = explore_revision(model::revision_named("mainline"), named("smoke"), how);
    ASSERT_EQ(all.findings.size(), 1U);
    EXPECT_EQ(all.findings.front().property, "refill-exact");
}

TEST(Exploration, AnUnknownRevisionIsRefused) {
    EXPECT_THROW(static_cast<void>(explore_revision(model::revision_named("linux-0.01"), named("smoke"), {})),
                 std::invalid_argument);
}

} // namespace
} // namespace bwcheck::explorer

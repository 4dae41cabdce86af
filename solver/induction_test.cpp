// Proofs by induction of the pool's and the list's invariants, and that they fail where a step is wrong.
#include "model/revisions/registry.hpp"
#include "solver/proof.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

namespace bwcheck::solver {
namespace {

std::map<std::string, verdicts::finding, std::less<>> prove(std::string_view revision,
                                                            properties::property_set selected) {
    proof_options options;
    options.selected = selected;
    options.jobs = 2;
    std::map<std::string, verdicts::finding, std::less<>> results;
    for (verdicts::finding& each : prove_revision(model::revision_named(revision), options).findings)
        results.emplace(each.property, each);
    return results;
}

const properties::property_set marks_and_list =
    properties::only("marks-consistent") | properties::only("throttled-iff-listed") |
    properties::only("throttled-in-debt") | properties::only("period-in-range") |
    properties::only("locals-within-slice") | properties::only("append-leaves-pool-empty");

TEST(induction, proves_who_is_throttled_and_listed) {
    for (const std::string_view revision : {"linux-6.1", "mainline"}) {
        const auto results = prove(revision, marks_and_list);
        ASSERT_EQ(results.size(), 6U);
        for (const auto& [id, result] : results) {
            EXPECT_EQ(result.verdict, verdicts::verdict::holds) << revision << " " << id << ": " << result.reason;
            EXPECT_GE(result.proof->questions.size(), id == "append-leaves-pool-empty" ? 3U : 8U)
                << revision << " " << id << " was not asked of every step that it is about";
            EXPECT_GT(result.proof->paths, 100U) << revision << " " << id;
        }
    }
}

// On Linux 6.1 and since, three passes of a callback in a row double a missing limit as if it were a number.
TEST(induction, rests_on_what_it_assumes) {
    const auto results =
        prove("mainline", properties::only("pool-and-locals-bounded") | properties::only("configuration-in-range"));
    ASSERT_EQ(results.size(), 2U);
    const verdicts::finding& range = results.at("configuration-in-range");
    EXPECT_EQ(range.verdict, verdicts::verdict::violated) << range.reason;
    ASSERT_FALSE(range.proof->refutations.empty());
    EXPECT_NE(range.proof->refutations.front().story().find("period timer"), std::string::npos)
        << range.proof->refutations.front().story();
    const verdicts::finding& pool = results.at("pool-and-locals-bounded");
    EXPECT_EQ(pool.verdict, verdicts::verdict::inconclusive);
    EXPECT_NE(pool.reason.find("proved only for as long as configuration-in-range holds"), std::string::npos)
        << pool.reason;
}

TEST(induction, fails_at_a_step_that_is_wrong) {
    // Distribution gave runtime to CPUs that were no longer in debt.
    const auto results = prove("bug-5e2d2cc2588b", properties::only("throttled-in-debt"));
    const verdicts::finding& result = results.at("throttled-in-debt");
    EXPECT_EQ(result.verdict, verdicts::verdict::inconclusive);
    EXPECT_NE(result.reason.find("not inductive: "), std::string::npos) << result.reason;
}

} // namespace
} // namespace bwcheck::solver

// The random suites: all properties of the catalogue, on every revision, at the kernel's constants. What is violated is
// listed here, so that a change for better or worse is noticed; a failure names the seed and the line that finds it
// again.
#include "model/revisions/registry.hpp"
#include "random/random_run.hpp"
#include "testing/revision_test_name.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace bwcheck::random {
namespace {

using verdicts::verdict;
using names = std::set<std::string_view>;

/// What is violated in every revision: what unlimited or doubled quotas do, and the statistics.
const names everywhere{"scaling-no-wrap",
                       "scaling-keeps-ratio",
                       "stored-config-valid",
                       "refill-no-wrap",
                       "refill-exact",
                       "read-back-exact",
                       "runtime-capped",
                       "conservation",
                       "throttle-statistics-true",
                       "configuration-in-range",
                       "order-independent-config",
                       "limit-applies-everywhere",
                       "statistics-no-wrap",
                       "ratio-no-wrap",
                       "hierarchical-quota-true"};

/// What the cpu.max.runtime series adds to it in all its forms.
const names with_runtime{"validation-no-wrap",      "runtime-write-bound", "burst-statistics-true",
                         "other-setting-unchanged", "read-back-writable",  "credits-survive-migration",
                         "no-stale-charge"};

/// What is violated beyond `everywhere`. Historical bugs are not here: random_run_test.cpp names what each breaks.
const std::map<std::string_view, std::vector<names>> beyond{
    // Consumption is beyond all bounds where a doubled missing limit is taken for one: the static key is off.
    {"linux-6.1",
     {{"validation-no-wrap", "conversion-no-wrap", "accepted-iff-valid", "burst-statistics-true", "bounded-overuse",
       "drains-to-quota"}}},
    {"mainline", {{"burst-statistics-true", "no-stale-charge"}}},
    {"throttle-in-account", {{"burst-statistics-true", "write-ends-old-allowance", "write-unthrottles-now"}}},
    {"cpu-max-runtime-v1",
     {with_runtime, {"write-unthrottles-now", "write-latency", "no-lost-credit", "full-speed-while-credits"}}},
    {"cpu-max-runtime-v2", {with_runtime, {"no-lost-credit"}}},
    {"cpu-max-runtime-delta", {with_runtime}},
};

bool is_known(std::string_view revision, std::string_view property) {
    const auto& more = beyond.at(revision);
    return everywhere.contains(property) ||
           std::any_of(more.begin(), more.end(), [&](const names& some) { return some.contains(property); });
}

std::string again(std::string_view revision, const verdicts::finding& result) {
    return fmt::format("bwcheck check {} --engine random --property {} --seed {} --cases 1", revision, result.property,
                       result.run->seed.value_or(0));
}

class random_suite : public testing::TestWithParam<std::string> {};

TEST_P(random_suite, violates_what_is_known_and_nothing_else) {
    const std::string& revision = GetParam();
    run_options options;
    options.cases = 500;
    const verdicts::report run = run_random(model::revision_named(revision), options);
    EXPECT_EQ(run.cases->cases, options.cases);
    EXPECT_GT(run.cases->distribution.at("cases with 64 CPUs"), 0U);
    EXPECT_GT(run.cases->distribution.at("longest case, events"), 2000U);

    for (const verdicts::finding& result : run.findings) {
        if (result.run) {
            EXPECT_TRUE(is_known(revision, result.property))
                << result.property << ": " << result.reason << "\n  " << again(revision, result);
        } else {
            EXPECT_FALSE(is_known(revision, result.property)) << result.property << ": " << result.reason;
        }
    }
}

TEST(random_suites, are_there_for_every_revision) {
    for (const std::string_view id : model::revision_ids())
        EXPECT_TRUE(id.starts_with("bug-") || beyond.contains(id)) << id;
}

std::vector<std::string> listed_revisions() {
    std::vector<std::string> ids;
    for (const auto& [id, more] : beyond)
        ids.emplace_back(id);
    return ids;
}
INSTANTIATE_TEST_SUITE_P(revision, random_suite, testing::ValuesIn(listed_revisions()), revision_test_name);

} // namespace
} // namespace bwcheck::random

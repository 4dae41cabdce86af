// Bugs that Linux once had: the exhaustive engine finds each of them by the property named here, in a small scope in
// which the kernel that repaired it has no fault with that property.
#include "explorer/exploration.hpp"
#include "model/revisions/registry.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <ostream>
#include <set>
#include <string_view>

namespace bwcheck::explorer {
namespace {

struct historical_bug {
    std::string_view revision;
    std::string_view repaired;
    std::string_view property;
    std::string_view scope; ///< its parts, less their constants
    std::size_t events;     ///< the counterexample's length

    friend std::ostream& operator<<(std::ostream& out, const historical_bug& bug) {
        return out << bug.revision << ", " << bug.property;
    }
};

constexpr std::string_view two_cpus = R"(
cpus = 2
setup = ["cpu.max 4 6"]
environment = { max_in_kernel = 1 }
)";
constexpr std::string_view quota_below_a_slice = R"(
cpus = 2
setup = ["cpu.max 2 6"]
writes = ["cpu.max 2 6"]
environment = { max_in_kernel = 1 }
)";
constexpr std::string_view stalls = R"(
cpus = 1
setup = ["cpu.max 3 4", "cpu.max.burst 1"]
environment = { max_stalls = 4 }
)";
constexpr std::string_view large_quotas = R"(
cpus = 1
writes = ["cpu.max 40 6", "cpu.max 41 6"]
)";

constexpr historical_bug bugs[] = {
    {"bug-d49db342f0e2", "linux-6.1", "timer-runs-while-throttled", two_cpus, 18},
    {"bug-512ac999d275", "linux-6.1", "conservation", two_cpus, 7},
    {"bug-2e8e19226398", "linux-6.1", "callback-lengthens-period", stalls, 3},
    {"bug-5e2d2cc2588b", "mainline", "throttled-in-debt", two_cpus, 9},
    {"bug-5a6d6a6ccb5f", "linux-6.1", "refill-exact", stalls, 3},
    {"bug-d505b8af5891", "linux-6.1", "accepted-cap-fits", large_quotas, 1},
    {"bug-956dfda6a708", "mainline", "unthrottle-does-not-throttle", quota_below_a_slice, 9},
};

model::scope scope_of(std::string_view part) {
    return model::parse_scope(fmt::format(R"(
name = "bug"
[[part]]
name = "part"
{}
[part.constants]
nsec_per_usec = 1
sched_cfs_bandwidth_slice = 3
min_cfs_rq_runtime = 1
min_bandwidth_expiration = 1
cfs_bandwidth_slack_period = 2
default_cfs_period = 6
min_cfs_quota_period = 2
max_cfs_quota_period = 16
max_bw_runtime_us = 40
)",
                                          part),
                              "bug");
}

property_result explored(std::string_view revision, const historical_bug& bug) {
    exploration_options how;
    how.jobs = 2;
    how.selected = std::uint64_t{1} << properties::property_number(bug.property).value();
    return explore_revision(revision, scope_of(bug.scope), how).properties.at(0);
}

class HistoricalBug : public testing::TestWithParam<historical_bug> {};

TEST_P(HistoricalBug, IsCaughtAndItsRepairIsNot) {
    const historical_bug& bug = GetParam();
    const property_result with = explored(bug.revision, bug);
    EXPECT_EQ(with.verdict, verdict::violated) << with.reason;
    ASSERT_TRUE(with.trace.has_value());
    EXPECT_EQ(with.trace->events.size(), bug.events);

    const property_result without = explored(bug.repaired, bug);
    EXPECT_EQ(without.verdict, verdict::holds) << without.reason;
    EXPECT_GT(without.fired, 0U);
}

INSTANTIATE_TEST_SUITE_P(EachOfThem, HistoricalBug, testing::ValuesIn(bugs));

TEST(HistoricalBugs, AllAreInTheTable) {
    std::set<std::string_view> listed;
    for (const auto& bug : bugs)
        listed.insert(bug.revision);
    for (const auto& revision : model::revisions())
        EXPECT_TRUE(!revision.id.starts_with("bug-") || listed.contains(revision.id)) << revision.id;
}

} // namespace
} // namespace bwcheck::explorer

// The rule for the burst, and the cap of the pool, belong to the revision: a patch with others is held to its own.
#include "explorer/exploration.hpp"
#include "model/revisions/compiled_for_runs.hpp"
#include "model/revisions/registry.hpp"
#include "model/scope.hpp"
#include "testing/burst_patches.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

namespace bwcheck::explorer {
namespace {

/// Limits at which all of the rules differ: the largest runtime is 20, and bursts go up to 17.
model::scope scope() {
    return model::parse_scope(R"(
name = "bursts"
[[part]]
name = "part"
cpus = 1
setup = ["cpu.max.burst 9", "cpu.max 4 6"]
writes = ["cpu.max 4 6", "cpu.max 12 6", "cpu.max max", "cpu.max.burst 0", "cpu.max.burst 3", "cpu.max.burst 9",
          "cpu.max.burst 11", "cpu.max.burst 17", "cpu.max.burst 41"]
[part.constants]
nsec_per_usec = 2
sched_cfs_bandwidth_slice = 4
min_cfs_rq_runtime = 2
min_bandwidth_expiration = 2
cfs_bandwidth_slack_period = 4
default_cfs_period = 12
min_cfs_quota_period = 4
max_cfs_quota_period = 26
max_bw_runtime_us = 20
max_usec = 40
[part.environment]
tick = 2
max_unaccounted = 2
max_in_kernel = 2
)",
                              "bursts");
}

std::set<std::string> violated_by(const model::revision& revision) {
    std::set<std::string> ids;
    for (const verdicts::finding& each : explore_revision(revision, scope(), {}).findings)
        if (each.verdict == verdicts::verdict::violated)
            ids.emplace(each.property);
    return ids;
}

template <class Revision>
std::set<std::string> violated_by() {
    return violated_by(model::compiled_for_runs<Revision>(model::revisions()));
}

TEST(burst_rules, raise_no_alarm_about_a_patch_that_keeps_its_own) {
    const std::set<std::string> before = violated_by(model::revision_named("mainline"));
    const auto newly = [&](std::set<std::string> ids) {
        for (const std::string& id : before)
            ids.erase(id);
        return ids;
    };
    using testing::IsEmpty;
    EXPECT_THAT(newly(violated_by<model::burst_capped_at_refill>()), IsEmpty());
    EXPECT_THAT(newly(violated_by<model::burst_bounded_alone>()), IsEmpty());
    EXPECT_THAT(newly(violated_by<model::burst_without_sum>()), IsEmpty());
}

TEST(burst_rules, notice_a_clamp_that_is_promised_and_forgotten) {
    const std::set<std::string> ids = violated_by<model::burst_not_capped_at_refill>();
    EXPECT_TRUE(ids.contains("refill-exact")) << testing::PrintToString(ids);
    EXPECT_TRUE(ids.contains("runtime-capped-at-refill")) << testing::PrintToString(ids);
}

} // namespace
} // namespace bwcheck::explorer

// Every property of the catalogue has a mutant that it catches, in a scope in which it fires and holds without the
// mutant.
#include "explorer/exploration.hpp"
#include "model/revisions/compiled_for_runs.hpp"
#include "model/revisions/registry.hpp"
#include "model/scope.hpp"
#include "testing/mutants.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

namespace bwcheck::explorer {
namespace {

/// A scope of one part: some CPUs, setup and writes as TOML lists, and what else is to be said.
model::scope scope_of(int cpus, std::string_view setup, std::string_view writes, std::string_view histories,
                      std::string_view environment = "", int min_cfs_rq_runtime = 4) {
    return model::parse_scope(fmt::format(R"(
name = "mutants"
[[part]]
name = "part"
cpus = {}
setup = [{}]
writes = [{}]
histories = [{}]
[part.constants]
nsec_per_usec = 2
sched_cfs_bandwidth_slice = 4
min_cfs_rq_runtime = {}
min_bandwidth_expiration = 2
cfs_bandwidth_slack_period = 4
default_cfs_period = 12
min_cfs_quota_period = 4
max_cfs_quota_period = 26
max_bw_runtime_us = 20
[part.environment]
tick = 2
max_unaccounted = 2
max_in_kernel = 2
{}
)",
                                          cpus, setup, writes, histories, min_cfs_rq_runtime, environment),
                              "mutants");
}

enum class base { mainline, throttle_in_account, v1, v2, delta };

struct mutant_case {
    std::string_view property;
    mutant mistake;
    base of;
    model::scope scope;
    bool ends_in_a_run = true; ///< otherwise the mistake leaves it open
};

const model::revision& mutated_revision(base of) {
    static const std::map<base, model::revision> all{
        {base::mainline, model::compiled_for_runs<mutated<model::mainline>>(model::revisions())},
        {base::throttle_in_account, model::compiled_for_runs<mutated<model::throttle_in_account>>(model::revisions())},
        {base::v1, model::compiled_for_runs<mutated<model::cpu_max_runtime_v1>>(model::revisions())},
        {base::v2, model::compiled_for_runs<mutated<model::cpu_max_runtime_v2>>(model::revisions())},
        {base::delta, model::compiled_for_runs<mutated<model::cpu_max_runtime_delta>>(model::revisions())}};
    return all.at(of);
}

verdicts::report explore_all(base of, const model::scope& scope, properties::property_set selected,
                             bool until_violated = false) {
    exploration_options options;
    options.selected = selected;
    options.until_violated = until_violated;
    return explore_revision(mutated_revision(of), scope, options);
}

verdicts::finding explore_one(base of, const model::scope& scope, std::string_view property) {
    return explore_all(of, scope, properties::only(property)).findings.at(0);
}

std::vector<mutant_case> cases() {
    constexpr std::string_view limited = R"("cpu.max 4 6", "cpu.max.burst 2")";
    constexpr std::string_view inject = R"("cpu.max.runtime 0", "cpu.max.runtime 3")";
    const model::scope plain = scope_of(2, limited, inject, "");
    const model::scope writes =
        scope_of(1, limited, R"("cpu.max 4 6", "cpu.max max", "cpu.max.burst 1", "cpu.max.burst 17", "cpu.max.burst -1",
                 "cpu.max.burst 9223372036854775809", "cpu.max.runtime 6", "cpu.max.runtime 7", "cpu.max.runtime 21")",
                 "");
    const model::scope waiting = scope_of(2, limited, inject, R"("latency")");
    const model::scope credits =
        scope_of(2, R"("cpu.max 2 6", "cpu.max.burst 5")", R"("cpu.max.runtime 7")", R"("credit", "drain")");
    const model::scope consumption = scope_of(1, limited, "", R"("overuse", "drain", "burst", "throttle")");
    const model::scope stalls = scope_of(1, limited, "", "", "max_stalls = 4");
    const model::scope only_guards_that_decide = scope_of(1, "", R"("cpu.max.runtime 7", "cpu.max.runtime 21")", "");
    const model::scope both_files = scope_of(1, limited, R"("cpu.max 6 6", "cpu.max.burst 5")", "");
    const model::scope fresh = scope_of(1, "", R"("cpu.max.burst 1")", "");
    const model::scope lifted = scope_of(2, limited, R"("cpu.max max")", "");
    const model::scope shortest_period = scope_of(1, R"("cpu.max 4 2")", R"("cpu.max.burst 17")", "");
    const model::scope slack =
        scope_of(2, R"("cpu.max 4 6")", R"("cpu.max.runtime 0", "cpu.max.runtime 4")", "", "", 2);
    const model::scope hotplug = scope_of(2, limited, "", "", "hotplug = true");
    const model::scope tree = scope_of(1, limited, R"("cpu.max 6 6", "cpu.max max")", R"("hierarchy")");
    const model::scope unused = scope_of(2, limited, inject, R"("departed")");
    return {
        {"conversion-no-wrap", mutant::write_without_conversion_guard, base::v2, writes},
        {"accepted-iff-valid", mutant::write_without_sum_check, base::v2, writes},
        {"accepted-cap-fits", mutant::write_without_sum_check, base::v2, writes},
        {"runtime-write-bound", mutant::runtime_write_without_cap, base::v2, writes},
        {"guard-decides", mutant::write_with_useless_check, base::v2, only_guards_that_decide, false},
        {"refill-exact", mutant::refill_twice_the_quota, base::v2, plain},
        {"refill-exact", mutant::refill_without_snapshot, base::v2, consumption},
        {"scaling-keeps-ratio", mutant::scale_forgets_burst, base::v2, stalls},
        {"stored-config-valid", mutant::scale_rounds_quota, base::v2, stalls},
        {"read-back-exact", mutant::write_stores_one_more, base::v2, fresh},
        {"runtime-capped", mutant::refill_without_cap, base::v2, plain},
        {"runtime-capped-at-refill", mutant::refill_without_cap, base::v2, plain},
        {"conservation", mutant::assign_gives_one_more, base::v2, plain},
        {"conservation", mutant::charge_gives_to_others, base::v2, plain},
        {"conservation", mutant::charge_takes_from_others, base::v2, plain},
        {"throttled-iff-listed", mutant::unthrottle_stays_listed, base::v2, plain},
        {"throttled-in-debt", mutant::assign_while_throttled, base::v1, plain},
        {"timer-runs-while-throttled", mutant::assign_does_not_start_timer, base::v2, plain},
        {"append-leaves-pool-empty", mutant::assign_all_or_nothing, base::v2, plain},
        {"unthrottle-does-not-throttle", mutant::unthrottle_takes_local_runtime, base::v1, plain},
        {"no-stale-charge", mutant::throttled_are_not_charged, base::throttle_in_account, plain},
        {"no-stale-charge", mutant::unthrottle_charges_late, base::throttle_in_account, plain},
        {"callback-lengthens-period", mutant::scale_never, base::v2, stalls},
        {"bounded-overuse", mutant::charge_nothing, base::v2, consumption},
        {"distribution-terminates", mutant::distribute_forever, base::v2, plain},
        {"throttle-latency", mutant::distribute_never, base::v1, waiting},
        {"burst-statistics-true", mutant::refill_counts_every_burst_twice, base::v2, consumption},
        {"throttle-statistics-true", mutant::tick_does_not_count_throttled, base::v2, consumption},
        {"throttled-periods-counted", mutant::tick_does_not_count_throttled, base::v2, plain},
        {"tasks-are-conserved", mutant::unthrottle_invents_task, base::v2, plain},
        {"offline-ends-throttle", mutant::offline_leaves_debt, base::v2, hotplug},
        {"throttled-time-true", mutant::throttle_clock_stands, base::v2, plain},
        {"throttled-time-true", mutant::throttled_time_never_added, base::v2, plain},
        {"throttled-time-true", mutant::throttled_time_added_twice, base::v2, plain},
        {"timer-keeps-phase", mutant::forward_too_far, base::v2, plain},
        {"timer-stops-when-idle", mutant::assign_leaves_group_idle, base::v2, plain},
        {"grant-exact", mutant::assign_beyond_target, base::v2, plain},
        {"charged-once", mutant::charge_again, base::v2, plain},
        {"runs-only-with-runtime", mutant::throttle_never, base::v2, plain},
        {"slack-returned", mutant::slack_is_kept, base::v1, slack},
        {"slack-timer-armed", mutant::slack_timer_never, base::v1, slack},
        {"unthrottled-runs", mutant::unthrottle_forgets_task, base::v2, plain},
        {"throttled-task-stops", mutant::throttle_tells_nobody, base::v2, plain},
        {"limit-applies-everywhere", mutant::write_forgets_a_cpu, base::v2, plain},
        {"write-ends-old-allowance", mutant::write_leaves_two_ns, base::v2, both_files},
        {"write-ends-old-allowance", mutant::write_adds_to_what_is_fetched, base::v2, both_files},
        {"marks-consistent", mutant::write_forgets_throttled, base::v2, lifted},
        {"period-in-range", mutant::write_shortens_period, base::v2, fresh},
        {"locals-within-slice", mutant::assign_beyond_target, base::v2, plain},
        {"configuration-in-range", mutant::write_without_sum_check, base::v2, shortest_period},
        {"pool-and-locals-bounded", mutant::refill_without_cap, base::v2, plain},
        {"rejected-write-changes-nothing", mutant::rejected_write_stores_burst, base::v2, writes},
        {"rejected-write-changes-nothing", mutant::rejected_write_counts_a_burst, base::v2, writes},
        {"other-setting-unchanged", mutant::burst_write_changes_period, base::mainline, fresh},
        {"write-sets-runtime", mutant::runtime_write_one_more, base::v2, plain},
        {"read-back-writable", mutant::runtime_write_below_cap, base::v2, plain},
        {"write-unthrottles-now", mutant::runtime_write_does_not_distribute, base::v2, plain},
        {"write-latency", mutant::distribute_never, base::v2, waiting},
        {"no-lost-credit", mutant::runtime_write_sets_instead_of_adding, base::delta, plain},
        {"order-independent-config", mutant::write_with_burst_within_quota, base::v1, both_files},
        {"full-speed-while-credits", mutant::runtime_write_does_not_distribute, base::v2, credits},
        {"drains-to-quota", mutant::charge_nothing, base::v2, credits},
        {"credits-survive-migration", mutant::runtime_read_halves, base::v2, plain},
        {"selftest-usage", mutant::runtime_write_ignored, base::v2, plain},
        {"conservative", mutant::refill_without_cap, base::v2, unused},
        {"conservative", mutant::tick_does_not_count_throttled, base::v2, unused},
        {"hierarchical-quota-true", mutant::tree_is_not_told, base::v2, tree},
    };
}

class catalogue_test : public testing::Test {
protected:
    void SetUp() override { active_mutant = mutant::none; }
    void TearDown() override { active_mutant = mutant::none; }
};

TEST_F(catalogue_test, every_property_holds_without_its_mutant) {
    // All that are tried in one place at once.
    std::vector<mutant_case> left = cases();
    while (!left.empty()) {
        const mutant_case first = left.front();
        properties::property_set together = 0;
        std::erase_if(left, [&](const mutant_case& other) {
            const bool same_place = other.of == first.of && other.scope.parts == first.scope.parts;
            together |= same_place ? properties::only(other.property) : 0;
            return same_place;
        });
        for (const verdicts::finding& without : explore_all(first.of, first.scope, together).findings) {
            EXPECT_NE(without.verdict, verdicts::verdict::inconclusive) << without.property << ": " << without.reason;
            EXPECT_FALSE(without.run) << without.property << " without a mutant: " << without.reason;
            EXPECT_GT(without.fired, 0U) << without.property << " never fired";
        }
    }
}

TEST_F(catalogue_test, every_property_catches_its_mutant) {
    for (const mutant_case& tried : cases()) {
        active_mutant = tried.mistake;
        const verdicts::finding with =
            explore_all(tried.of, tried.scope, properties::only(tried.property), tried.ends_in_a_run).findings.at(0);
        EXPECT_EQ(with.run.has_value(), tried.ends_in_a_run)
            << tried.property << " does not notice mutant " << static_cast<int>(tried.mistake) << ": " << with.reason;
    }
}

TEST_F(catalogue_test, no_property_is_without_a_mutant) {
    std::set<std::string_view> covered{"existing-files-suffice", "statistics-no-wrap"}; // have tests of their own below
    for (const mutant_case& one : cases())
        covered.insert(one.property);
    for (const auto& info : properties::catalogue_infos)
        if (info.kind != properties::property_kind::operation) // those are for the prover
            EXPECT_TRUE(covered.contains(info.id)) << info.id << " has no mutant; add one to cases()";
}

// It holds nowhere: every write adds a quota to the pool, so that low levels cannot be reached. A kernel whose writes
// leave the pool alone reaches fewer still.
TEST_F(catalogue_test, existing_files_suffice_counts_the_levels) {
    const model::scope scope = scope_of(1, R"("cpu.max 2 6", "cpu.max.burst 8")", "", "");
    const verdicts::finding without = explore_one(base::v2, scope, "existing-files-suffice");
    active_mutant = mutant::write_keeps_pool;
    const verdicts::finding with = explore_one(base::v2, scope, "existing-files-suffice");
    EXPECT_LT(without.measured.value(), with.measured.value());
}

// It holds nowhere either: `int` counts periods of 1 ms for 24.8 days. A kernel that counted each of them twice would
// make it half of that.
TEST_F(catalogue_test, statistics_no_wrap_counts_the_days) {
    const model::scope scope = scope_of(1, R"("cpu.max 2 6")", "", "");
    const verdicts::finding without = explore_one(base::v2, scope, "statistics-no-wrap");
    EXPECT_EQ(without.verdict, verdicts::verdict::measured);
    EXPECT_EQ(without.reason, "With periods of 1 ms, nr_periods overflows after 24.9 days.");
    active_mutant = mutant::tick_counts_periods_twice;
    const verdicts::finding with = explore_one(base::v2, scope, "statistics-no-wrap");
    EXPECT_EQ(with.reason, "With periods of 1 ms, nr_periods overflows after 12.4 days.");
}

} // namespace
} // namespace bwcheck::explorer

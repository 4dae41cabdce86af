// The random engine: that it finds what is known to be broken, finds it again from its seed, and never passes for want
// of cases.
#include "counterexamples/replay/replay.hpp"
#include "model/revisions/registry.hpp"
#include "random/random_run.hpp"
#include "testing/fake_clock.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <set>

namespace bwcheck::random {
namespace {

using verdicts::verdict;

run_options only(std::string_view property, std::uint64_t cases = 200) {
    run_options options;
    options.cases = cases;
    options.selected = properties::only(property);
    return options;
}

verdicts::finding one_result(std::string_view revision, const run_options& options) {
    return run_random(model::revision_named(revision), options).findings.at(0);
}

struct known_violation {
    std::string_view revision;
    std::string_view property;
    std::size_t most_events;   ///< after shrinking
    std::string_view holds_of; ///< a revision of which it is not broken; empty if there is none
    friend std::ostream& operator<<(std::ostream& out, const known_violation& known) {
        return out << known.revision << ", " << known.property;
    }
};

class known_violation_test : public testing::TestWithParam<known_violation> {};

TEST_P(known_violation_test, is_found_shrunk_and_replayed) {
    const auto& known = GetParam();
    const verdicts::finding finding = one_result(known.revision, only(known.property));
    ASSERT_EQ(finding.verdict, verdict::violated) << finding.reason;
    const verdicts::run& broken = finding.run.value();
    EXPECT_LE(broken.events.size(), known.most_events);
    EXPECT_FALSE(finding.reason.empty());

    // Its seed alone finds it again.
    run_options again = only(known.property, 1);
    again.seed = broken.seed.value();
    const verdicts::finding repeated = one_result(known.revision, again);
    ASSERT_EQ(repeated.verdict, verdict::violated);
    EXPECT_EQ(repeated.run->events, broken.events);

    // The machine that explorer and traces use agrees.
    const std::size_t number = properties::property_number(known.property).value();
    if (properties::catalogue_infos[number].kind != properties::property_kind::operation &&
        broken.part.nr_cpus <= model::plain::max_cpus) {
        const auto report = counterexamples::replay(known.revision, number, broken.part, broken.events);
        EXPECT_EQ(report.broken_after, broken.events.size()) << report.stopped_by;
    }

    if (!known.holds_of.empty()) {
        const verdicts::finding other = one_result(known.holds_of, only(known.property));
        EXPECT_EQ(other.verdict, verdict::holds) << other.reason;
    }
}

constexpr known_violation violations[] = {
    {"cpu-max-runtime-v1", "write-unthrottles-now", 6, "cpu-max-runtime-v2"},
    {"cpu-max-runtime-v1", "other-setting-unchanged", 2, ""},
    {"mainline", "scaling-no-wrap", 5, ""},
    {"mainline", "stored-config-valid", 5, ""},
    {"bug-2e8e19226398", "callback-lengthens-period", 4, "linux-6.1"},
    {"bug-5e2d2cc2588b", "throttled-in-debt", 14, "mainline"},
    {"bug-956dfda6a708", "unthrottle-does-not-throttle", 14, "mainline"},
    {"bug-d49db342f0e2", "timer-runs-while-throttled", 20, "linux-6.1"},
    {"bug-d505b8af5891", "accepted-cap-fits", 2, "linux-6.1"},
    {"bug-d505b8af5891", "ratio-no-wrap", 2, ""},
    {"mainline", "ratio-no-wrap", 6, ""},
    {"bug-28ad5427682b", "no-stale-charge", 14, "throttle-in-account"},
    {"bug-c98c18270be1", "hierarchical-quota-true", 1, ""},
};
INSTANTIATE_TEST_SUITE_P(random, known_violation_test, testing::ValuesIn(violations));

TEST(random_run, is_the_same_for_the_same_seed) {
    run_options options;
    options.cases = 20;
    options.shrink = false;
    const verdicts::report one = run_random(model::revision_named("mainline"), options);
    const verdicts::report two = run_random(model::revision_named("mainline"), options);
    EXPECT_EQ(one.cases->events, two.cases->events);
    EXPECT_EQ(one.cases->distribution, two.cases->distribution);
    options.seed = 1000;
    EXPECT_NE(run_random(model::revision_named("mainline"), options).cases->events, one.cases->events);
}

TEST(random_run, a_range_of_seeds_can_be_shared) {
    run_options all;
    all.cases = 30;
    all.shrink = false;
    run_options first = all;
    first.cases = 12;
    run_options rest = all;
    rest.seed = all.seed + first.cases;
    rest.cases = all.cases - first.cases;
    const verdicts::report whole = run_random(model::revision_named("mainline"), all);
    const verdicts::report head = run_random(model::revision_named("mainline"), first);
    const verdicts::report tail = run_random(model::revision_named("mainline"), rest);
    EXPECT_EQ(whole.cases->events, head.cases->events + tail.cases->events);
    for (std::size_t number = 0; number < whole.findings.size(); ++number) {
        const bool either =
            head.findings[number].verdict == verdict::violated || tail.findings[number].verdict == verdict::violated;
        EXPECT_EQ(whole.findings[number].verdict == verdict::violated, either) << whole.findings[number].property;
    }
}

TEST(random_run, no_case_is_no_pass) {
    run_options options;
    options.cases = 100;
    options.budget_seconds = 1;
    options.now = text::clock_that_moves(1);
    const verdicts::report run = run_random(model::revision_named("mainline"), options);
    EXPECT_EQ(run.cases->cases, 0U);
    EXPECT_EQ(run.cases->stopped_by, "budget");
    for (const verdicts::finding& result : run.findings)
        EXPECT_EQ(result.verdict, verdict::inconclusive) << result.property;
}

TEST(random_run, what_never_fired_is_not_said_to_hold) {
    const verdicts::finding vacuous = one_result("mainline", only("write-sets-runtime", 10));
    EXPECT_EQ(vacuous.verdict, verdict::inconclusive);
    EXPECT_EQ(vacuous.fired, 0U);
}

TEST(random_run, no_command_is_mostly_without_effect_and_all_happen) {
    run_options options;
    options.shrink = false;
    const verdicts::report run = run_random(model::revision_named("cpu-max-runtime-v2"), options);
    for (const auto kind : {"tick", "wake", "sleep", "charge", "exit_to_user", "period_timer", "slack_timer", "write",
                            "offline", "online"}) {
        const std::uint64_t happened = run.cases->distribution.at("event " + std::string(kind));
        EXPECT_GT(happened, 20U) << kind;
        EXPECT_LT(run.cases->distribution.at("no effect " + std::string(kind)) * 2, happened) << kind;
    }
    for (const auto branch : {"throttled", "assign_partial", "grant_partial", "slack_distributed", "period_scaled",
                              "timer_overrun", "refill_capped", "write_accepted", "write_rejected", "task_unparked"})
        EXPECT_GT(run.cases->distribution.at("branch " + std::string(branch)), 10U) << branch;
    std::set<std::string_view> silent;
    for (const auto& result : run.findings)
        if (result.fired == 0)
            silent.insert(result.property);
    EXPECT_EQ(silent, (std::set<std::string_view>{"existing-files-suffice"})) << "a survey of small machines";
}

} // namespace
} // namespace bwcheck::random

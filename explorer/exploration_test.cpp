// The verdicts on the built-in revisions, as they are known: a change to the model, a property or a scope that changes
// one has to say so here.
#include "explorer/exploration.hpp"
#include "model/revisions/registry.hpp"
#include "testing/fake_clock.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

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
    for (const std::string_view revision : {"linux-6.1", "cpu-max-runtime-v1"}) {
        const auto one = explored(revision, "smoke", 1);
        const auto two = explored(revision, "smoke", 2);
        ASSERT_EQ(one.findings.size(), two.findings.size());
        for (std::size_t number = 0; number < one.findings.size(); ++number) {
            const auto& a = one.findings[number];
            const auto& b = two.findings[number];
            EXPECT_EQ(a.verdict, b.verdict) << revision << ' ' << a.property;
            EXPECT_EQ(a.fired, b.fired) << revision << ' ' << a.property;
            EXPECT_EQ(a.reason, b.reason);
            ASSERT_EQ(a.run.has_value(), b.run.has_value());
            if (a.run)
                EXPECT_EQ(a.run->events, b.run->events) << revision << ' ' << a.property;
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
                EXPECT_EQ(part.standstills, 0U) << revision.info.id << ' ' << part.part << ": " << part.standstill;
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

// Nobody knows what lies behind a state that cannot be stored, whatever else the transition to it may have broken.
TEST(exploration, what_breaks_one_property_hides_no_other) {
    const auto together = explored("bug-5e2d2cc2588b", "smoke");
    for (const std::string_view property : {"locals-within-slice", "pool-and-locals-bounded"}) {
        const verdicts::finding& among_others = result_of(together, property);
        EXPECT_EQ(among_others.verdict, verdicts::verdict::violated) << property << ": " << among_others.reason;
        ASSERT_TRUE(among_others.run) << property;
        EXPECT_EQ(among_others.run->events.size(), 14U) << property;
    }
    // Whoever holds among all others is asked once more without those that do not, who alone could have hidden it; and
    // whoever is violated is asked alone.
    exploration_options without_them;
    without_them.selected = 0;
    for (const verdicts::finding& among_others : together.findings) {
        if (among_others.verdict != verdicts::verdict::violated) {
            without_them.selected |= properties::only(among_others.property);
            continue;
        }
        exploration_options alone;
        alone.selected = properties::only(among_others.property);
        alone.until_violated = true;
        const auto report = explore_revision(model::revision_named("bug-5e2d2cc2588b"), named("smoke"), alone);
        EXPECT_EQ(report.findings.at(0).verdict, verdicts::verdict::violated)
            << among_others.property << ", asked alone: " << report.findings.at(0).reason;
    }
    const auto others = explore_revision(model::revision_named("bug-5e2d2cc2588b"), named("smoke"), without_them);
    EXPECT_GT(others.findings.size(), 20U);
    for (const verdicts::finding& result : others.findings)
        EXPECT_EQ(result.verdict, result_of(together, result.property).verdict)
            << result.property << ", asked without those that are violated: " << result.reason;
}

/// One CPU, a µs of 2 ns, and these writes.
model::scope one_cpu(std::string_view setup, std::string_view writes) {
    return model::parse_scope("name = \"one\"\n[[part]]\nname = \"one\"\ncpus = 1\nsetup = [" + std::string(setup) +
                                  "]\nwrites = [" + std::string(writes) +
                                  "]\n[part.constants]\nnsec_per_usec = 2\nsched_cfs_bandwidth_slice = 5\n"
                                  "min_cfs_rq_runtime = 2\nmin_bandwidth_expiration = 2\n"
                                  "cfs_bandwidth_slack_period = 4\ndefault_cfs_period = 12\n"
                                  "min_cfs_quota_period = 4\nmax_cfs_quota_period = 16\nmax_bw_runtime_us = 20\n"
                                  "[part.environment]\ntick = 2\nmax_unaccounted = 2\nmax_in_kernel = 2\n",
                              "one");
}

TEST(exploration, writes_of_the_setup_are_judged_as_others_are) {
    constexpr std::string_view wraps = "\"cpu.max 9223372036854775812 6\"";
    for (const bool in_setup : {false, true}) {
        const auto report = explore_revision(model::revision_named("linux-6.1"),
                                             one_cpu(in_setup ? wraps : "", in_setup ? "" : wraps), {});
        for (const std::string_view property : {"conversion-no-wrap", "accepted-iff-valid", "read-back-exact"}) {
            const verdicts::finding& result = result_of(report, property);
            EXPECT_EQ(result.verdict, verdicts::verdict::violated) << property << ": " << result.reason;
            ASSERT_TRUE(result.run) << property;
            EXPECT_EQ(result.run->events.size(), in_setup ? 0U : 1U) << property;
            EXPECT_EQ(result.reason.starts_with("In the setup, \"cpu.max 9223372036854775812 6\": "), in_setup)
                << result.reason;
        }
    }
}

TEST(exploration, a_setup_that_is_refused_leaves_open_what_it_was_for) {
    const auto report =
        explore_revision(model::revision_named("mainline"), one_cpu("\"cpu.max 4 400\"", "\"cpu.max 4 6\""), {});
    EXPECT_EQ(report.parts.at(0).refused_setup, std::vector<std::string>{"cpu.max 4 400: EINVAL"});
    const verdicts::finding& result = result_of(report, "refill-exact");
    EXPECT_EQ(result.verdict, verdicts::verdict::inconclusive);
    EXPECT_EQ(result.reason, "only in part one, whose setup is refused: cpu.max 4 400: EINVAL");
}

/// Two CPUs of a limited group; `times` are settings of the environment.
model::scope with_a_clock(std::string_view quota, std::string_view times) {
    return model::parse_scope("name = \"clock\"\n[[part]]\nname = \"clock\"\ncpus = 2\nsetup = [\"cpu.max " +
                                  std::string(quota) +
                                  "\", \"cpu.max.burst 2\"]\nwrites = [\"cpu.max.runtime 0\", \"cpu.max.runtime 3\"]\n"
                                  "histories = [\"latency\", \"overuse\"]\n"
                                  "[part.constants]\nnsec_per_usec = 1\nsched_cfs_bandwidth_slice = 3\n"
                                  "min_cfs_rq_runtime = 1\nmin_bandwidth_expiration = 1\n"
                                  "cfs_bandwidth_slack_period = 2\ndefault_cfs_period = 7\n"
                                  "min_cfs_quota_period = 2\nmax_cfs_quota_period = 16\nmax_bw_runtime_us = 40\n"
                                  "[part.environment]\nmax_in_kernel = 2\n" +
                                  std::string(times),
                              "clock");
}

// A period of 7 ns is no multiple of a tick of 2 ns: 1 ns before its timer is due, time can go neither on nor back.
TEST(exploration, where_time_stands_still_nothing_is_said_to_hold) {
    const auto report =
        explore_revision(model::revision_named("cpu-max-runtime-v1"), with_a_clock("4 7", "tick = 2\n"), {});
    EXPECT_GT(report.parts.at(0).standstills, 0U);
    EXPECT_TRUE(report.parts.at(0).complete);
    EXPECT_TRUE(report.exhausted.empty()) << "no other engine is to be contradicted by it";
    for (const verdicts::finding& each : report.findings) {
        if (properties::catalogue_infos[properties::property_number(each.property).value()].kind ==
            properties::property_kind::survey)
            continue;
        EXPECT_TRUE(each.verdict == verdicts::verdict::inconclusive || each.run) << each.property;
    }
    const verdicts::finding& latency = result_of(report, "write-latency");
    EXPECT_EQ(latency.verdict, verdicts::verdict::inconclusive);
    EXPECT_EQ(latency.reason,
              "part clock was not explored to its end: time stands still for good, first after 3 events: the period "
              "timer is due in 1 ns, a tick is 2 ns, and timers are at most 0 ns late; make each period a multiple of "
              "tick, or max_lateness at least 1");
}

TEST(exploration, time_goes_on_with_a_smaller_tick_or_a_late_timer) {
    for (const std::string_view times : {"tick = 1\n", "tick = 2\nmax_lateness = 1\n"}) {
        const auto report =
            explore_revision(model::revision_named("cpu-max-runtime-v1"), with_a_clock("4 7", times), {});
        EXPECT_EQ(report.parts.at(0).standstills, 0U) << times;
        EXPECT_TRUE(report.parts.at(0).exhausted()) << times;
    }
}

TEST(exploration, a_tick_beyond_the_period_stands_still_and_is_not_called_vacuous) {
    const auto report =
        explore_revision(model::revision_named("mainline"), with_a_clock("4 7", "tick = 8\nmax_lateness = 0\n"), {});
    const verdicts::finding& result = result_of(report, "refill-exact");
    EXPECT_EQ(result.verdict, verdicts::verdict::inconclusive);
    EXPECT_NE(result.reason.find("time stands still for good"), std::string::npos) << result.reason;
}

// Both files are written, and scaling reaches bursts that nobody wrote: with 8 ns of it the larger quota is refused,
// unless the smaller burst is written first.
TEST(exploration, configurations_that_scaling_reaches_are_judged_as_written_ones_are) {
    const model::scope scope =
        model::parse_scope("name = \"order\"\n[[part]]\nname = \"order\"\ncpus = 1\n"
                           "setup = [\"cpu.max 4 4\", \"cpu.max.burst 4\"]\n"
                           "writes = [\"cpu.max 4 4\", \"cpu.max 36 4\", \"cpu.max.burst 2\", \"cpu.max.burst 4\"]\n"
                           "[part.constants]\nnsec_per_usec = 1\nsched_cfs_bandwidth_slice = 2\n"
                           "min_cfs_rq_runtime = 1\nmin_bandwidth_expiration = 1\ncfs_bandwidth_slack_period = 1\n"
                           "default_cfs_period = 4\nmin_cfs_quota_period = 2\nmax_cfs_quota_period = 16\n"
                           "max_bw_runtime_us = 40\n"
                           "[part.environment]\nmax_unaccounted = 1\nmax_in_kernel = 1\nmax_lateness = 1\n"
                           "max_stalls = 4\n",
                           "order");
    const auto asked = [&](std::string_view property, unsigned jobs) {
        exploration_options options;
        options.jobs = jobs;
        options.selected = properties::only(property);
        return explore_revision(model::revision_named("cpu-max-runtime-v1"), scope, options);
    };
    const auto one = asked("order-independent-config", 1);
    const verdicts::finding& found = one.findings.at(0);
    EXPECT_EQ(found.verdict, verdicts::verdict::no) << found.reason;
    ASSERT_TRUE(found.run);
    EXPECT_TRUE(std::any_of(found.run->events.begin(), found.run->events.end(), [](const model::event& each) {
        return each.kind == model::event_kind::period_timer && each.amount >= 3;
    })) << "only a callback that scales leads there";
    EXPECT_NE(found.reason.find("burst 8 ns: \"cpu.max 36 4\" (EINVAL) and then \"cpu.max.burst"), std::string::npos)
        << found.reason;
    const auto two = asked("order-independent-config", 2);
    EXPECT_EQ(two.findings.at(0).fired, found.fired);
    EXPECT_EQ(two.findings.at(0).reason, found.reason);
    EXPECT_EQ(two.findings.at(0).run->events, found.run->events);
    EXPECT_EQ(one.parts.at(0).states, asked("refill-exact", 2).parts.at(0).states) << "looking must not change them";
}

// A write that is refused in either order is none of which the order matters; that is an answer.
TEST(exploration, a_write_that_is_refused_in_either_order_is_judged_too) {
    const auto report = explore_revision(model::revision_named("mainline"),
                                         one_cpu("", "\"cpu.max 4 6\", \"cpu.max.burst 9223372036854775809\""), {});
    const verdicts::finding& result = result_of(report, "order-independent-config");
    EXPECT_EQ(result.verdict, verdicts::verdict::yes) << result.reason;
    EXPECT_GT(result.fired, 0U);
}

TEST(exploration, an_unknown_revision_is_refused) {
    EXPECT_THROW(static_cast<void>(explore_revision(model::revision_named("linux-0.01"), named("smoke"), {})),
                 std::invalid_argument);
}

} // namespace
} // namespace bwcheck::explorer

#include "model/revisions/registry.hpp"
#include "properties/validation.hpp"
#include "solver/proof.hpp"
#include "solver/revision_questions.hpp"
#include "testing/fake_clock.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace bwcheck::solver {
namespace {

using properties::only;

verdicts::finding prove_one(std::string_view revision, std::string_view property) {
    proof_options options;
    options.selected = only(property);
    const verdicts::report all = prove_revision(model::revision_named(revision), options);
    EXPECT_EQ(all.findings.size(), 1U);
    return all.findings.at(0);
}

/// Lets the run of a counterexample happen on machine integers, and returns the group as it is then.
model::task_group<model::plain> replayed(std::string_view revision, const verdicts::refutation& shown) {
    const auto& kernel = *model::revision_named(revision).over_plain;
    static const model::constants<model::plain> constants;
    static model::step_log<model::plain> log;
    auto tg = model::new_group(kernel, constants, log, 1);
    if (shown.run.part.first_phase != 0)
        tg.cfs_bandwidth.period_timer = static_cast<std::int64_t>(shown.run.part.first_phase);
    for (const model::event& event : shown.run.events) {
        if (event.kind == model::event_kind::write) {
            const auto& write = shown.run.part.writes.at(event.index);
            const auto request = model::parse_write(write.file, kernel.cpu_max_runtime, write.text);
            static_cast<void>(kernel.apply(tg, event, &request));
        } else {
            static_cast<void>(kernel.apply(tg, event, nullptr));
        }
    }
    return tg;
}

TEST(prove_revision, proves_that_no_accepted_number_wraps_in_mainline) {
    const verdicts::finding result = prove_one("mainline", "conversion-no-wrap");
    EXPECT_EQ(result.verdict, verdicts::verdict::holds) << result.reason;
    EXPECT_GT(result.proof->paths, 100U);
    EXPECT_GT(result.proof->obligations, 5U);
    EXPECT_TRUE(result.proof->refutations.empty());
}

TEST(prove_revision, refutes_the_conversion_of_6_1_with_a_write_that_is_accepted_as_another) {
    const verdicts::finding result = prove_one("linux-6.1", "conversion-no-wrap");
    ASSERT_EQ(result.verdict, verdicts::verdict::violated) << result.reason;
    const verdicts::refutation& shown = result.proof->refutations.at(0);
    ASSERT_EQ(shown.run.part.writes.size(), 1U);
    const auto request =
        model::parse_write(model::file::cpu_max, model::runtime_interface::none, shown.run.part.writes[0].text);
    const auto tg = replayed("linux-6.1", shown);
    const bool quota_wraps = !request.unlimited && request.quota_us > UINT64_MAX / 1000;
    EXPECT_TRUE(request.period_us > UINT64_MAX / 1000 || quota_wraps) << shown.run.part.writes[0].text;
    EXPECT_EQ(tg.cfs_bandwidth.period, request.period_us * 1000);
    EXPECT_EQ(tg.cfs_bandwidth.quota, request.unlimited ? model::runtime_inf : request.quota_us * 1000);
    EXPECT_LE(tg.cfs_bandwidth.period, 1'000'000'000U); // accepted, modulo 2^64
}

TEST(prove_revision, finds_what_remains_of_no_limit_when_it_is_doubled) {
    for (const std::string_view revision : {"mainline", "linux-6.1"}) {
        const verdicts::finding result = prove_one(revision, "scaling-no-wrap");
        ASSERT_EQ(result.verdict, verdicts::verdict::violated) << result.reason;
        const verdicts::refutation& shown = result.proof->refutations.at(0);
        EXPECT_EQ(shown.location.substr(0, 16), "period_timer.hpp");
        EXPECT_EQ(shown.run.part.writes.size(), 2U) << shown.story();
        const auto tg = revision == "mainline" ? replayed("mainline", shown) : replayed("linux-6.1", shown);
        EXPECT_EQ(tg.cfs_bandwidth.quota, model::runtime_inf - 1);
    }
}

// The doubled remains of "no limit" are a number, and the next pass of the same callback adds it to the pool.
TEST(prove_revision, finds_the_refill_after_it) {
    const verdicts::finding result = prove_one("cpu-max-runtime-v2", "refill-no-wrap");
    ASSERT_EQ(result.verdict, verdicts::verdict::violated) << result.reason;
    EXPECT_EQ(result.proof->refutations.at(0).location.substr(0, 11), "refill.hpp:") << result.reason;
    EXPECT_NE(result.proof->refutations.at(0).story().find("stalled 4 times"), std::string::npos)
        << result.proof->refutations.at(0).story();
}

// The review asks for a bound on burst alone; the guard of the conversion, and the bounds on quota and on the sum,
// imply it.
TEST(prove_revision, says_which_checks_of_a_validation_are_needed) {
    const verdicts::finding v2 = prove_one("cpu-max-runtime-v2", "guard-decides");
    EXPECT_EQ(v2.verdict, verdicts::verdict::no) << v2.reason;
    EXPECT_NE(v2.reason.find("burst_within_limit is redundant, implied by "), std::string::npos) << v2.reason;
    const verdicts::finding old = prove_one("linux-6.1", "guard-decides");
    EXPECT_EQ(old.verdict, verdicts::verdict::yes) << old.reason;
}

TEST(prove_revision, says_where_an_operation_wraps) {
    const verdicts::finding result = prove_one("mainline", "ratio-no-wrap");
    ASSERT_EQ(result.verdict, verdicts::verdict::violated);
    EXPECT_EQ(result.proof->refutations.at(0).location.substr(0, 14), "bandwidth.hpp:");
    EXPECT_FALSE(result.proof->refutations.at(0).values.empty());
}

TEST(prove_revision, calls_a_property_that_nothing_is_about_vacuous) {
    const verdicts::finding result = prove_one("mainline", "runtime-write-bound");
    EXPECT_EQ(result.verdict, verdicts::verdict::inconclusive);
    EXPECT_NE(result.reason.find("vacuous"), std::string::npos);
}

TEST(prove_revision, gives_up_rather_than_guess_when_the_solver_may_do_nothing) {
    proof_options options;
    options.selected = only("refill-exact");
    options.steps_per_obligation = 1;
    const verdicts::report all = prove_revision(model::revision_named("mainline"), options);
    EXPECT_EQ(all.findings.at(0).verdict, verdicts::verdict::inconclusive) << all.findings.at(0).reason;
}

// Given up before its first path is through, a question has proved nothing: it says so of all that it is about.
TEST(questions, that_are_given_up_leave_open_what_they_are_about) {
    inquiry_limits limits;
    limits.proof_steps = 1;
    limits.search_steps = 1;
    int before_the_first_path = 0;
    for (const inquirable& question : all_questions()) {
        const inquiry asked = question.ask(model::revision_named("cpu-max-runtime-v1"), limits);
        properties::property_set answered = 0;
        for (const question_result& result : asked.results) {
            answered |= properties::only(result.property);
            if (asked.paths > 0)
                continue; // it needs the solver late, or not at all
            EXPECT_NE(result.stands, standing::proved)
                << asked.question << ": " << properties::catalogue_infos[result.property].id;
            EXPECT_FALSE(result.vacuous) << asked.question << ": " << result.reason;
        }
        before_the_first_path += asked.paths == 0 ? 1 : 0;
        EXPECT_TRUE(answered == question.about) << asked.question;
    }
    EXPECT_GT(before_the_first_path, 5);
}

TEST(prove_revision, names_what_it_assumes_and_what_it_has_proved_for_that) {
    const verdicts::finding result = prove_one("mainline", "throttled-iff-listed");
    ASSERT_EQ(result.verdict, verdicts::verdict::holds) << result.reason;
    const auto has = [&](const verdicts::assumption& wanted) {
        return std::find(result.assumptions.begin(), result.assumptions.end(), wanted) != result.assumptions.end();
    };
    EXPECT_TRUE(has({.text = "up to 4 CPUs"}));
    EXPECT_TRUE(has({.text = "times and debts below 2^61 ns"}));
    EXPECT_TRUE(has({.text = "marks-consistent", .proved = true}));
    EXPECT_TRUE(prove_one("linux-6.1", "conversion-no-wrap").assumptions.empty())
        << "it has a run, and assumes nothing";
}

TEST(prove_revision, ends_with_its_budget) {
    proof_options options;
    options.budget_seconds = 1000;
    options.now = text::clock_that_moves(100); // a few looks at the clock, and the time is over
    const verdicts::report all = prove_revision(model::revision_named("mainline"), options);
    EXPECT_FALSE(all.findings.empty());
    for (const verdicts::finding& result : all.findings)
        EXPECT_EQ(result.verdict, verdicts::verdict::inconclusive) << result.property << ": " << result.reason;
    EXPECT_EQ(all.find("ratio-no-wrap")->reason, "the budget ended before this was asked");
}

TEST(prove_revision, says_the_same_with_any_number_of_jobs) {
    proof_options options;
    options.selected = only("distribute-no-wrap") | only("ratio-no-wrap");
    const verdicts::report one = prove_revision(model::revision_named("mainline"), options);
    options.jobs = 3;
    const verdicts::report three = prove_revision(model::revision_named("mainline"), options);
    ASSERT_EQ(one.findings.size(), three.findings.size());
    for (std::size_t number = 0; number < one.findings.size(); ++number) {
        EXPECT_EQ(one.findings[number].reason, three.findings[number].reason);
        EXPECT_EQ(one.findings[number].proof->paths, three.findings[number].proof->paths);
        EXPECT_EQ(one.findings[number].proof->obligations, three.findings[number].proof->obligations);
    }
}

} // namespace
} // namespace bwcheck::solver

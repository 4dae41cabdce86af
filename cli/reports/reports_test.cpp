// The reports on explorations that the other tests do not come by: ended early, with states that did not fit, or stuck.
#include "cli/progress_line.hpp"
#include "cli/reports/check_json.hpp"
#include "cli/reports/check_text.hpp"
#include "cli/reports/expectation.hpp"
#include "cli/reports/report_formats.hpp"
#include "properties/catalogue.hpp"
#include "testing/test_paths.hpp"
#include "text/schema_check.hpp"
#include "text/shell_word.hpp"
#include "text/style.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace bwcheck::cli {
namespace {

using testing::AllOf;
using testing::ContainsRegex;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

checked_revision some_report(verdicts::verdict verdict) {
    checked_revision checked;
    checked.report.asked = properties::only("throttle-latency");
    checked.report.revision = "mainline";
    checked.report.engine = "explore";
    checked.report.scope = "made up";
    verdicts::part_report part;
    part.part = "pool";
    part.refused_setup = {"cpu.max.burst 5: EINVAL"};
    part.states = 12;
    part.stopped_by = "budget";
    part.cut = 3;
    part.escaped = 4;
    part.escape = "runtime = 37, outside 0 to 31";
    part.deadlocks = 5;
    part.standstills = 6;
    part.standstill = "nobody winds the clock";
    part.coverage = {{"event wake", 0}, {"event tick", 7}};
    checked.report.parts = {part};
    verdicts::finding result;
    result.property = "throttle-latency";
    result.verdict = verdict;
    result.reason = "part pool was not explored to its end: budget";
    result.measured = -3;
    result.parts = {"pool"};
    checked.report.findings = {result};
    return checked;
}

std::string text_of(const checked_revision& checked, bool verbose) {
    const std::vector<checked_revision> of_one{checked};
    return check_text(of_one, result_of(of_one), text::style(false), verbose);
}

TEST(check_text, tells_what_was_left_out) {
    const std::string text = text_of(some_report(verdicts::verdict::inconclusive), true);
    EXPECT_THAT(text,
                AllOf(HasSubstr("inconclusive  throttle-latency\n"), HasSubstr("ended by: budget"),
                      HasSubstr("setup refused: cpu.max.burst 5: EINVAL"), HasSubstr("3 transitions were not followed"),
                      HasSubstr("runtime = 37, outside 0 to 31"), HasSubstr("in 5 states nothing can happen"),
                      HasSubstr("time stands still for good in 6 states: nobody winds the clock"),
                      HasSubstr("event wake"), Not(HasSubstr("event tick")),
                      HasSubstr("0 hold, 0 violated, 1 inconclusive")));
    EXPECT_THAT(text_of(some_report(verdicts::verdict::inconclusive), false), Not(HasSubstr("event wake")));
}

/// Proved from one premise that is proved, and two that are not.
checked_revision proved_report() {
    checked_revision checked;
    checked.report.revision = "mainline";
    checked.report.engine = "prove";
    checked.report.scope = "whatever it asks about";
    verdicts::finding& result = checked.report.findings.emplace_back();
    result.property = "refill-exact";
    result.verdict = verdicts::verdict::holds;
    result.proof.emplace();
    result.assumptions = {{"conservation", true}, {"up to 4 CPUs", false}, {"times below 2^61 ns", false}};
    return checked;
}

TEST(check_text, names_what_a_proof_assumes_in_the_line_of_the_property) {
    const std::string assumed = "proved, assuming up to 4 CPUs, times below 2^61 ns\n";
    const std::string text = text_of(proved_report(), false);
    EXPECT_THAT(text, AllOf(ContainsRegex("holds +refill-exact\n"), HasSubstr(assumed)));
    EXPECT_THAT(text, Not(HasSubstr("conservation"))) << "what is proved is no condition";
    EXPECT_THAT(text_of(proved_report(), true),
                HasSubstr("prove rests on: conservation (proved), up to 4 CPUs (assumed),\n"
                          "                times below 2^61 ns (assumed)\n"));
    EXPECT_THAT(text, Not(HasSubstr("whatever it asks about"))) << "what a proof is for, its grounds say";
}

TEST(check_json, tells_the_grounds_and_what_a_proof_assumes) {
    const auto result = nlohmann::json::parse(check_json({proved_report()}))["results"][0];
    EXPECT_THAT(result["grounds"].get<std::string>(), EndsWith(", assuming up to 4 CPUs, times below 2^61 ns"));
    EXPECT_EQ(result["assumptions"], nlohmann::json({{{"text", "conservation"}, {"proved", true}},
                                                     {{"text", "up to 4 CPUs"}, {"proved", false}},
                                                     {{"text", "times below 2^61 ns"}, {"proved", false}}}));
    const auto open = nlohmann::json::parse(check_json({some_report(verdicts::verdict::inconclusive)}))["results"][0];
    EXPECT_EQ(open["grounds"], "");
}

TEST(check_json, is_valid_whatever_the_verdict) {
    const auto schema = text::schema_check::load(BWCHECK_SOURCE_DIR "/docs/schema/check.schema.json");
    for (const auto& [verdict, status] :
         {std::pair(verdicts::verdict::holds, 0), std::pair(verdicts::verdict::violated, 10),
          std::pair(verdicts::verdict::inconclusive, 5)}) {
        const auto printed = nlohmann::json::parse(check_json({some_report(verdict)}));
        EXPECT_THAT(schema.violation(printed), IsEmpty());
        EXPECT_EQ(printed["exit"], status);
        EXPECT_EQ(printed["results"][0]["bounds"]["measured"], -3);
    }
    const auto several = nlohmann::json::parse(
        check_json({some_report(verdicts::verdict::holds), some_report(verdicts::verdict::violated)}));
    EXPECT_THAT(schema.violation(several), IsEmpty());
    EXPECT_EQ(several.size(), 2U);
}

checked_revision random_report() {
    checked_revision checked = some_report(verdicts::verdict::holds);
    checked.report.engine = "random";
    checked.report.parts.clear();
    checked.report.cases.emplace();
    checked.report.cases->first_seed = 7;
    checked.report.cases->cases = 20;
    return checked;
}
/// Explored to its end, and broken by a random run in the same machine.
std::vector<checked_revision> contradicting() {
    checked_revision holds = some_report(verdicts::verdict::holds);
    holds.report.exhausted.emplace_back().name = "pool";
    checked_revision broken = random_report();
    broken.report.findings.front().verdict = verdicts::verdict::violated;
    broken.report.findings.front().run.emplace().part.name = "pool";
    return {holds, broken};
}

/// All that is made for continuous integration.
std::vector<std::string> formats_of(const std::vector<checked_revision>& all) {
    return {junit_text(all), ktap_text(all), b4_text(all)};
}

TEST(every_report, tells_what_was_covered_and_what_was_left_out) {
    for (const std::string& text : formats_of({some_report(verdicts::verdict::holds)}))
        EXPECT_THAT(text, AllOf(HasSubstr("scope: made up"), HasSubstr("part pool: 12 states, ended by: budget"),
                                HasSubstr("part pool: setup refused: cpu.max.burst 5: EINVAL"),
                                HasSubstr("part pool: 3 transitions were not followed"),
                                HasSubstr("part pool: 4 transitions left the packed ranges and were not followed, such "
                                          "as: runtime = 37, outside 0 to 31"),
                                HasSubstr("part pool: in 5 states nothing can happen")));
    for (const std::string& text : formats_of({random_report()}))
        EXPECT_THAT(text, HasSubstr("20 cases from seed 7"));
    const auto part =
        nlohmann::json::parse(check_json({some_report(verdicts::verdict::holds)}))["results"][0]["bounds"]["parts"][0];
    EXPECT_EQ(part["escape"], "runtime = 37, outside 0 to 31");
    checked_revision elsewhere = some_report(verdicts::verdict::holds);
    elsewhere.report.findings.front().parts.clear();
    const auto explored = nlohmann::json::parse(check_json({elsewhere}))["explored"];
    ASSERT_EQ(explored.size(), 1U) << "a part in which no property was judged is one, too";
    EXPECT_EQ(explored[0]["parts"][0], part);
}

TEST(every_report, tells_that_it_is_about_a_share) {
    checked_revision checked = random_report();
    EXPECT_THAT(text_of(checked, false), Not(HasSubstr("shard")));
    verdicts::shard& shard = checked.report.shard.emplace();
    shard.number = 2;
    shard.of = 3;
    std::vector<std::string> reports = formats_of({checked});
    reports.push_back(text_of(checked, false));
    for (const std::string& text : reports)
        EXPECT_THAT(text, HasSubstr("shard 2 of 3 of what was asked for"));
}

TEST(every_report, tells_the_grounds_of_each_verdict_and_what_it_assumes) {
    const std::vector<checked_revision> all{some_report(verdicts::verdict::holds), random_report(), proved_report()};
    std::vector<std::string> reports = formats_of(all);
    reports.push_back(expectations_text(all));
    reports.push_back(check_json(all));
    for (const std::string& text : reports)
        EXPECT_THAT(text, AllOf(HasSubstr("all states of made up"), HasSubstr("20 random cases"),
                                HasSubstr("assuming up to 4 CPUs, times below 2^61 ns")));
    for (const std::string& text : formats_of(all))
        EXPECT_THAT(text, AllOf(HasSubstr("rests on: conservation (proved), up to 4 CPUs (assumed)"),
                                Not(HasSubstr("whatever it asks about"))));
}

TEST(every_report, passes_nothing_that_is_inconclusive) {
    const std::vector<checked_revision> all{some_report(verdicts::verdict::inconclusive)};
    EXPECT_THAT(junit_text(all), AllOf(HasSubstr("skipped=\"1\""), HasSubstr("<skipped message=\"inconclusive: ")));
    EXPECT_THAT(ktap_text(all), AllOf(HasSubstr("  ok 1 throttle-latency # SKIP inconclusive: "),
                                      HasSubstr("\nok 1 mainline.explore # SKIP 1 of 1 inconclusive\n")));
    EXPECT_EQ(nlohmann::json::parse(b4_text(all))[0]["status"], "warn");
    EXPECT_THAT(expectations_text(all), HasSubstr(" throttle-latency inconclusive"));
}

TEST(every_report, passes_nothing_where_engines_contradict_each_other) {
    const auto all = contradicting();
    const std::string why =
        "the engines contradict each other, which is an error of bwcheck: explore says that it holds";
    for (const std::string& text : formats_of(all))
        EXPECT_THAT(text, HasSubstr(why));
    EXPECT_THAT(junit_text(all), AllOf(HasSubstr("failures=\"0\" errors=\"1\" skipped=\"0\""),
                                       Not(HasSubstr("<failure")), HasSubstr("<error message=\"" + why)));
    EXPECT_THAT(ktap_text(all),
                AllOf(HasSubstr("  not ok 1 throttle-latency\n"), Not(HasSubstr("\nok ")), Not(HasSubstr("  ok "))));
    for (const auto& result : nlohmann::json::parse(b4_text(all)))
        EXPECT_EQ(result["status"], "fail");
    const auto printed = nlohmann::json::parse(check_json(all));
    EXPECT_EQ(printed["exit"], 6);
    EXPECT_THAT(printed["errors"][0].get<std::string>(), HasSubstr(why));
}

TEST(every_report, passes_nothing_where_solvers_contradict_each_other) {
    checked_revision checked = proved_report();
    verdicts::second_opinion& second = checked.report.proof.emplace().second;
    second.asked = true;
    second.disagreed = 1;
    second.problem = "Z3 says unsat, cvc5 says sat";
    const std::vector<checked_revision> all{checked};
    for (const std::string& text : formats_of(all))
        EXPECT_THAT(text, HasSubstr("disagrees on 1: Z3 says unsat, cvc5 says sat"));
    EXPECT_THAT(junit_text(all), AllOf(HasSubstr("tests=\"2\" failures=\"0\" errors=\"1\""), HasSubstr("<error ")));
    EXPECT_THAT(ktap_text(all), AllOf(HasSubstr("  1..2\n"), HasSubstr("  not ok 2 solvers-agree\n"),
                                      HasSubstr("\nnot ok 1 mainline.prove\n")));
    EXPECT_EQ(nlohmann::json::parse(b4_text(all))[0]["status"], "fail");
    EXPECT_EQ(nlohmann::json::parse(check_json(all))["errors"].size(), 1U);
}

TEST(every_report, says_how_to_see_a_violation) {
    checked_revision checked = some_report(verdicts::verdict::violated);
    checked.traces["throttle-latency"].path = "traces/x.json";
    for (const std::string& text : formats_of({checked}))
        EXPECT_THAT(text, HasSubstr("bwcheck show traces/x.json"));
}

TEST(check_json, tells_every_place_at_which_a_proof_fails) {
    checked_revision checked = proved_report();
    verdicts::proof_grounds& proof = *checked.report.findings.front().proof;
    proof.refutations.resize(2);
    proof.refutations[1].explanation = "it wraps there, too";
    proof.refutations[1].location = "refill.hpp:19:23";
    const auto told = nlohmann::json::parse(check_json({checked}))["results"][0]["bounds"]["proof"]["refutations"];
    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[1]["explanation"], "it wraps there, too");
    EXPECT_EQ(told[1]["location"], "refill.hpp:19:23");
}

// b4 keeps one result for each message and tool.
TEST(b4_text, names_each_tool_once) {
    const auto tools = [](const std::vector<checked_revision>& all) {
        std::set<std::string> names;
        for (const auto& result : nlohmann::json::parse(b4_text(all)))
            names.insert(result["tool"].get<std::string>());
        return names;
    };
    checked_revision explored = some_report(verdicts::verdict::holds);
    checked_revision random = explored;
    random.report.engine = "random";
    EXPECT_EQ(tools({explored, random}), (std::set<std::string>{"bwcheck-explore", "bwcheck-random"}));
    checked_revision other = explored;
    other.report.revision = "linux-6.1";
    EXPECT_EQ(tools({explored, other}),
              (std::set<std::string>{"bwcheck-explore-mainline", "bwcheck-explore-linux-6.1"}));
}

TEST(worse, puts_a_violation_above_all) {
    EXPECT_EQ(worse(exit_status::success, exit_status::inconclusive), exit_status::inconclusive);
    EXPECT_EQ(worse(exit_status::inconclusive, exit_status::success), exit_status::inconclusive);
    EXPECT_EQ(worse(exit_status::inconclusive, exit_status::violated), exit_status::violated);
    EXPECT_EQ(worse(exit_status::violated, exit_status::success), exit_status::violated);
}

TEST(shell_word, is_quoted_only_if_need_be) {
    EXPECT_EQ(text::shell_word("a/b-c.json"), "a/b-c.json");
    EXPECT_EQ(text::shell_word("my traces/x"), "'my traces/x'");
    EXPECT_EQ(text::shell_word("it's"), "'it'\\''s'");
    EXPECT_EQ(text::shell_word(""), "''");
}

} // namespace
} // namespace bwcheck::cli

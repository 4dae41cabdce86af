// The reports on explorations that the other tests do not come by: ended early, with states that did not fit, or stuck.
#include "cli/progress_line.hpp"
#include "cli/reports/check_json.hpp"
#include "cli/reports/check_text.hpp"
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
    EXPECT_THAT(text, AllOf(HasSubstr("inconclusive  throttle-latency\n"), HasSubstr("ended by: budget"),
                            HasSubstr("setup refused: cpu.max.burst 5: EINVAL"),
                            HasSubstr("3 transitions were not followed"), HasSubstr("runtime = 37, outside 0 to 31"),
                            HasSubstr("in 5 states nothing can happen"), HasSubstr("event wake"),
                            Not(HasSubstr("event tick")), HasSubstr("0 hold, 0 violated, 1 inconclusive")));
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
    const std::string assumed = ", assuming up to 4 CPUs, times below 2^61 ns\n";
    const std::string text = text_of(proved_report(), false);
    EXPECT_THAT(text, AllOf(ContainsRegex("holds +refill-exact +proved "), HasSubstr(assumed)));
    EXPECT_THAT(text, Not(HasSubstr("conservation"))) << "what is proved is no condition";
    EXPECT_THAT(text_of(proved_report(), true),
                HasSubstr("prove rests on: conservation (proved), up to 4 CPUs (assumed), times below 2^61 ns "
                          "(assumed)\n"));
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

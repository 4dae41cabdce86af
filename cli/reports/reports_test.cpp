// The reports on explorations that the other tests do not come by: ended early, with states that did not fit, or stuck.
#include "cli/progress_line.hpp"
#include "cli/reports/check_json.hpp"
#include "cli/reports/check_text.hpp"
#include "cli/reports/report_formats.hpp"
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
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

checked_revision some_report(verdicts::verdict verdict) {
    checked_revision checked;
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

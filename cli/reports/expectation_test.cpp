#include "cli/reports/expectation.hpp"
#include "cli/reports/report_files.hpp"
#include "cli/reports/report_formats.hpp"
#include "properties/catalogue.hpp"
#include "text/input_error.hpp"

#include <gmock/gmock.h>

namespace bwcheck::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::MatchesRegex;
using verdicts::verdict;

checked_revision with(verdict first, verdict second) {
    checked_revision checked;
    checked.report.revision = "mainline";
    checked.report.engine = "explore";
    checked.report.scope = "small";
    checked.report.findings.resize(2);
    checked.report.findings[0].property = "runtime-capped";
    checked.report.findings[0].verdict = first;
    checked.report.findings[0].reason = "1 < 2 & \"3\"\n# 4";
    checked.report.findings[1].property = "conservation";
    checked.report.findings[1].verdict = second;
    return checked;
}
const asked_for of_mainline_explored{.revisions = {"mainline"}, .engines = {"explore"}};

TEST(expectation, what_is_written_is_as_expected) {
    const std::vector<checked_revision> all{with(verdict::violated, verdict::holds)};
    const auto expected = parse_expectations(expectations_text(all), "written");
    EXPECT_EQ(expected.size(), 2U);
    EXPECT_THAT(differences(expected, all, {}), IsEmpty());
}

TEST(expectation, tells_the_grounds_and_reads_over_them) {
    EXPECT_EQ(expectations_text({with(verdict::inconclusive, verdict::holds)}),
              "# REVISION ENGINE PROPERTY VERDICT\n"
              "mainline explore runtime-capped inconclusive # 1 < 2 & \"3\"\\n# 4\n"
              "mainline explore conservation holds # all states of small\n");
    EXPECT_EQ(parse_expectations("mainline explore conservation holds #no space\n", "file").size(), 1U);
}

TEST(expectation, says_why_what_was_decided_is_open_now) {
    const auto expected = parse_expectations("mainline explore runtime-capped holds\n"
                                             "mainline explore conservation holds\n",
                                             "file");
    EXPECT_THAT(differences(expected, {with(verdict::inconclusive, verdict::holds)}, of_mainline_explored),
                ElementsAre("mainline explore runtime-capped: inconclusive, expected holds: 1 < 2 & \"3\"\\n# 4"));
}

TEST(expectation, each_difference_is_named) {
    const auto expected = parse_expectations("mainline explore runtime-capped violated\n"
                                             "mainline explore refill-exact holds\n"
                                             "linux-6.1 explore refill-exact holds\n",
                                             "file");
    EXPECT_THAT(differences(expected, {with(verdict::holds, verdict::inconclusive)}, of_mainline_explored),
                ElementsAre("mainline explore runtime-capped: holds, expected violated",
                            "mainline explore conservation: inconclusive, nothing was expected",
                            "mainline explore refill-exact: no result, expected holds"));
}

TEST(expectation, of_a_revision_that_the_file_does_not_know_is_different) {
    const auto expected = parse_expectations("linux-6.1 explore runtime-capped violated\n"
                                             "mainline random runtime-capped violated\n",
                                             "file");
    EXPECT_THAT(differences(expected, {with(verdict::holds, verdict::holds)}, of_mainline_explored),
                ElementsAre("mainline explore: nothing was expected, and there are 2 results"));
    checked_revision nothing = with(verdict::holds, verdict::holds);
    nothing.report.findings.clear();
    EXPECT_THAT(differences(expected, {nothing}, of_mainline_explored),
                ElementsAre("mainline explore: nothing was expected, and there are 0 results"));
}

TEST(expectation, of_what_was_asked_for_and_has_no_result_is_different) {
    const auto expected = parse_expectations("mainline explore runtime-capped violated\n"
                                             "mainline explore conservation holds\n"
                                             "mainline saved runtime-capped violated\n"
                                             "linux-6.1 random runtime-capped violated\n"
                                             "linux-6.1 random conservation holds\n",
                                             "file");
    const std::vector<checked_revision> all{with(verdict::violated, verdict::holds)};
    EXPECT_THAT(differences(expected, all, of_mainline_explored), IsEmpty()) << "a part of the suite";
    EXPECT_THAT(differences(expected, all, {.revisions = {"mainline"}, .engines = {"saved", "explore"}}),
                ElementsAre("mainline saved: no result, 1 expected"));
    EXPECT_THAT(differences(expected, all, {}),
                ElementsAre("linux-6.1 random: no result, 2 expected", "mainline saved: no result, 1 expected"));
    checked_revision nothing = all.front();
    nothing.report.findings.clear();
    EXPECT_THAT(differences(expected, {nothing}, of_mainline_explored),
                ElementsAre("mainline explore: no result, 2 expected"));
    EXPECT_THAT(differences(expected, {}, of_mainline_explored),
                ElementsAre("mainline explore: no result, 2 expected"));
}

TEST(expectation, properties_that_were_not_asked_for_are_not_missed) {
    const auto expected = parse_expectations("mainline explore runtime-capped violated\n"
                                             "mainline explore conservation holds\n"
                                             "mainline explore refill-exact holds\n",
                                             "file");
    asked_for one = of_mainline_explored;
    one.properties = properties::only("runtime-capped");
    EXPECT_THAT(differences(expected, {with(verdict::violated, verdict::holds)}, one), IsEmpty());
}

/// Explored to its end, and broken by a random run in the same machine.
std::vector<checked_revision> contradicting() {
    checked_revision holds = with(verdict::holds, verdict::holds);
    holds.report.exhausted.emplace_back().name = "pool";
    checked_revision broken = with(verdict::violated, verdict::holds);
    broken.report.engine = "random";
    broken.report.findings.front().run.emplace().part.name = "pool";
    return {holds, broken};
}
std::vector<checked_revision> with_solvers_that_disagree() {
    checked_revision proved = with(verdict::holds, verdict::inconclusive);
    proved.report.engine = "prove";
    proved.report.proof.emplace().second.disagreed = 1;
    return {proved};
}
std::vector<checked_revision> without_results() {
    checked_revision nothing = with(verdict::holds, verdict::holds);
    nothing.report.findings.clear();
    return {nothing};
}

struct compared {
    exit_status status;
    std::string said;
};
compared compare_with(const std::string& file, const std::vector<checked_revision>& all) {
    testing::internal::CaptureStderr();
    const exit_status status = compare(parse_expectations(file, "file"), all, {});
    return {status, testing::internal::GetCapturedStderr()};
}

TEST(expectation, ends_with_0_only_if_all_that_is_expected_is_there_and_bwcheck_itself_is_right) {
    const std::string linux = "linux-6.1 explore conservation holds\n";
    const auto known = [](const std::vector<checked_revision>& all) { return expectations_text(all); };
    const std::vector<checked_revision> right{with(verdict::violated, verdict::inconclusive)};
    EXPECT_EQ(compare_with(known(right), right).status, exit_status::success);
    EXPECT_EQ(compare_with(known(right) + linux, right).status, exit_status::violated) << "a revision was lost";
    EXPECT_EQ(compare_with(linux, right).status, exit_status::violated) << "a revision that nobody knows";
    EXPECT_EQ(compare_with(known(right), without_results()).status, exit_status::violated);
    EXPECT_EQ(compare_with(known(right), {}).status, exit_status::violated);
    for (const auto& wrong : {contradicting(), with_solvers_that_disagree()})
        for (const std::string& file : {known(wrong), known(wrong) + linux, linux}) {
            const compared done = compare_with(file, wrong);
            EXPECT_EQ(done.status, exit_status::internal) << file;
            EXPECT_THAT(done.said, HasSubstr("contradict each other, which is an error of bwcheck"));
        }
}

TEST(expectation, names_who_contradicts_whom_in_one_line) {
    const auto wrong = contradicting();
    EXPECT_THAT(compare_with(expectations_text(wrong), wrong).said,
                MatchesRegex("bwcheck: mainline runtime-capped: the engines contradict each other, which is an error "
                             "of bwcheck: explore says that it holds [^\n]*\n"));
}

TEST(expectation, wrong_lines_are_refused_with_their_number) {
    const auto refused = [](std::string_view text) -> std::string {
        try {
            static_cast<void>(parse_expectations(text, "file"));
        } catch (const text::input_error& error) {
            return error.what();
        }
        return "";
    };
    EXPECT_THAT(refused("mainline explore runtime-capped\n"), HasSubstr("file:1: has 3 words"));
    EXPECT_THAT(refused("\nmainlin explore runtime-capped holds\n"), HasSubstr("file:2: there is no revision"));
    EXPECT_THAT(refused("mainline guess runtime-capped holds\n"), HasSubstr("there is no engine"));
    EXPECT_THAT(refused("mainline explore runtime-cap holds\n"), HasSubstr("there is no property"));
    EXPECT_THAT(refused("mainline explore runtime-capped maybe\n"), HasSubstr("not \"maybe\""));
    EXPECT_THAT(refused("mainline explore runtime-capped holds\nmainline explore runtime-capped holds\n"),
                HasSubstr("file:2: mainline explore runtime-capped was there before"));
    EXPECT_THAT(refused("# nothing\n"), HasSubstr("expects nothing"));
}

TEST(report_formats, junit_fails_what_is_violated_and_skips_what_is_open) {
    const std::string text = junit_text({with(verdict::violated, verdict::inconclusive)});
    EXPECT_THAT(text, HasSubstr("tests=\"2\" failures=\"1\" errors=\"0\" skipped=\"1\""));
    EXPECT_THAT(text, HasSubstr("<failure message=\"1 &lt; 2 &amp; &quot;3&quot;?# 4\">"));
    EXPECT_THAT(text, HasSubstr("<skipped message=\"inconclusive: "));
}

TEST(report_formats, ktap_is_nested_and_keeps_directives_out_of_reasons) {
    const std::string text =
        ktap_text({with(verdict::violated, verdict::holds), with(verdict::inconclusive, verdict::holds)});
    EXPECT_EQ(text, "KTAP version 1\n1..2\n"
                    "  KTAP version 1\n  # Subtest: mainline.explore\n  1..2\n  # scope: small\n"
                    "  # violated: all states of small\n  # 1 < 2 & \"3\" . 4\n  not ok 1 runtime-capped\n"
                    "  # holds: all states of small\n  ok 2 conservation\n"
                    "not ok 1 mainline.explore\n"
                    "  KTAP version 1\n  # Subtest: mainline.explore\n  1..2\n  # scope: small\n"
                    "  ok 1 runtime-capped # SKIP inconclusive: 1 < 2 & \"3\" . 4\n"
                    "  # holds: all states of small\n  ok 2 conservation\n"
                    "ok 2 mainline.explore # SKIP 1 of 2 inconclusive\n");
}

TEST(report_formats, b4_tells_the_worst) {
    EXPECT_THAT(b4_text({with(verdict::violated, verdict::inconclusive)}), HasSubstr("\"status\": \"fail\""));
    EXPECT_THAT(b4_text({with(verdict::holds, verdict::inconclusive)}), HasSubstr("\"status\": \"warn\""));
    EXPECT_THAT(b4_text({with(verdict::holds, verdict::holds)}), HasSubstr("\"status\": \"pass\""));
}

} // namespace
} // namespace bwcheck::cli

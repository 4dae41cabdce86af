#include "cli/reports/expectation.hpp"
#include "cli/reports/report_formats.hpp"
#include "properties/catalogue.hpp"
#include "text/input_error.hpp"

#include <gmock/gmock.h>

namespace bwcheck::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using verdicts::verdict;

checked_revision with(verdict first, verdict second) {
    checked_revision checked;
    checked.report.revision = "mainline";
    checked.report.engine = "explore";
    checked.report.findings.resize(2);
    checked.report.findings[0].property = "runtime-capped";
    checked.report.findings[0].verdict = first;
    checked.report.findings[0].reason = "1 < 2 & \"3\"\n# 4";
    checked.report.findings[1].property = "conservation";
    checked.report.findings[1].verdict = second;
    return checked;
}
using properties::all_properties;

TEST(expectation, what_is_written_is_as_expected) {
    const std::vector<checked_revision> all{with(verdict::violated, verdict::holds)};
    const auto expected = parse_expectations(expectations_text(all), "written");
    EXPECT_EQ(expected.size(), 2U);
    EXPECT_TRUE(differences(expected, all, all_properties).empty());
}

TEST(expectation, each_difference_is_named) {
    const auto expected = parse_expectations("mainline explore runtime-capped violated\n"
                                             "mainline explore refill-exact holds\n"
                                             "linux-6.1 explore refill-exact holds\n",
                                             "file");
    EXPECT_THAT(differences(expected, {with(verdict::holds, verdict::inconclusive)}, all_properties),
                ElementsAre("mainline explore runtime-capped: holds, expected violated",
                            "mainline explore conservation: inconclusive, nothing was expected",
                            "mainline explore refill-exact: no result, expected holds"));
}

TEST(expectation, properties_that_were_not_asked_for_are_not_missed) {
    const auto expected = parse_expectations("mainline explore runtime-capped violated\n"
                                             "mainline explore conservation holds\n"
                                             "mainline explore refill-exact holds\n",
                                             "file");
    const auto bit = bwcheck::properties::only("runtime-capped");
    EXPECT_TRUE(differences(expected, {with(verdict::violated, verdict::holds)}, bit).empty());
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
                    "  KTAP version 1\n  # Subtest: mainline.explore\n  1..2\n"
                    "  # 1 < 2 & \"3\" . 4\n  not ok 1 runtime-capped\n"
                    "  ok 2 conservation\n"
                    "not ok 1 mainline.explore\n"
                    "  KTAP version 1\n  # Subtest: mainline.explore\n  1..2\n"
                    "  ok 1 runtime-capped # SKIP inconclusive: 1 < 2 & \"3\" . 4\n"
                    "  ok 2 conservation\n"
                    "ok 2 mainline.explore\n");
}

TEST(report_formats, b4_tells_the_worst) {
    EXPECT_THAT(b4_text({with(verdict::violated, verdict::inconclusive)}), HasSubstr("\"status\": \"fail\""));
    EXPECT_THAT(b4_text({with(verdict::holds, verdict::inconclusive)}), HasSubstr("\"status\": \"warn\""));
    EXPECT_THAT(b4_text({with(verdict::holds, verdict::holds)}), HasSubstr("\"status\": \"pass\""));
}

} // namespace
} // namespace bwcheck::cli

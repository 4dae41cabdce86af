// `bwcheck check --engine prove`: verdicts, refutations that replay, and what it writes.
#include "testing/run_bwcheck.hpp"
#include "text/schema_check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace bwcheck::cli {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::MatchesRegex;

class prove_check : public in_empty_directory {
protected:
    [[nodiscard]] outcome prove(const std::string& arguments) const {
        return bwcheck("check --engine prove --jobs 2 " + arguments);
    }
    [[nodiscard]] json report_of(const std::string& arguments, int status) const {
        const outcome done = prove(arguments + " --json");
        EXPECT_EQ(done.status, status) << done.err;
        json report = json::parse(done.out);
        static const auto schema = text::schema_check::load(BWCHECK_SOURCE_DIR "/docs/schema/check.schema.json");
        EXPECT_THAT(schema.violation(report), IsEmpty());
        return report;
    }
};

TEST_F(prove_check, proves) {
    const json report = report_of("mainline --property conversion-no-wrap", 0);
    const json& result = report["results"][0];
    EXPECT_EQ(result["verdict"], "holds");
    EXPECT_EQ(result["engine"], "prove");
    EXPECT_EQ(result["scope"], "all 64-bit inputs");
    EXPECT_GT(result["bounds"]["proof"]["paths"], 100);
    EXPECT_GT(result["bounds"]["proof"]["obligations"], 5);
    EXPECT_EQ(result["bounds"]["proof"]["second_opinion"], nullptr);
    EXPECT_EQ(result["trace"], nullptr);
    EXPECT_THAT(std::string(result["grounds"]), testing::StartsWith("proved, assuming "));
    for (const json& premise : result["assumptions"])
        if (premise["proved"] == false)
            EXPECT_THAT(std::string(result["grounds"]), HasSubstr(std::string(premise["text"])));
}

TEST_F(prove_check, refutes_with_the_expression_its_values_and_a_run_that_replays) {
    const json report = report_of("mainline --property ratio-no-wrap", 10);
    const json& result = report["results"][0];
    EXPECT_EQ(result["verdict"], "violated");
    EXPECT_THAT(std::string(result["location"]), MatchesRegex("bandwidth\\.hpp:[0-9]+:[0-9]+"));
    EXPECT_THAT(std::string(result["reason"]), HasSubstr(" << 20 wraps at "));
    EXPECT_FALSE(result["bounds"]["proof"]["values"].empty());
    ASSERT_FALSE(result["bounds"]["proof"]["refutations"].empty());
    const std::string run = result["bounds"]["proof"]["refutations"][0]["run"];
    EXPECT_THAT(run, HasSubstr("cpu.max "));
    write_file("1.json", report.dump());
    EXPECT_THAT(bwcheck("merge 1.json").out, HasSubstr("Run: " + run.substr(0, 30)));
    const outcome replayed = bwcheck("replay " + std::string(result["trace"]));
    EXPECT_EQ(replayed.status, 10) << replayed.out << replayed.err;
}

TEST_F(prove_check, tells_people_the_same) {
    const outcome done = prove("mainline --property ratio-no-wrap --verbose");
    EXPECT_EQ(done.status, 10) << done.err;
    EXPECT_THAT(done.out, AllOf(HasSubstr("mainline: prove\n"), HasSubstr("Run: cpu.max "),
                                HasSubstr("period timer, stalled 3 times"),
                                HasSubstr("bwcheck show bwcheck-traces/mainline/ratio-no-wrap.json"),
                                HasSubstr("slowest obligation"), HasSubstr("ratio  ")));
}

TEST_F(prove_check, writes_obligations_that_solvers_read) {
    const outcome done = prove("cpu-max-runtime-v2 --property distribute-no-wrap --smt2 out -q");
    EXPECT_EQ(done.status, 0) << done.err;
    std::size_t texts = 0;
    for (const auto& file : std::filesystem::directory_iterator(directory / "out")) {
        ++texts;
        const std::string text = contents(file.path());
        EXPECT_THAT(text,
                    AllOf(HasSubstr("; expected: unsat\n"), HasSubstr("(set-logic QF_"), HasSubstr("(check-sat)\n")))
            << file.path();
        const outcome said = shell(
            "cvc5 --lang smt2 " + std::string(text.find("QF_BV") == std::string::npos ? "" : "--solve-bv-as-int=sum ") +
            "'" + file.path().string() + "'");
        EXPECT_EQ(said.out, "unsat\n") << file.path();
    }
    EXPECT_GE(texts, 10U);
}

TEST_F(prove_check, hears_a_second_solver) {
    const json report = report_of("mainline --property distribute-no-wrap --second-opinion", 0);
    const json& second = report["results"][0]["bounds"]["proof"]["second_opinion"];
    EXPECT_EQ(second["agreed"], report["results"][0]["bounds"]["proof"]["obligations"]);
    EXPECT_EQ(second["disagreed"], 0);
}

// A solver that says sat to everything stands in for one that contradicts Z3.
TEST_F(prove_check, exits_with_6_if_the_solvers_disagree) {
    write_file("cvc5", "#!/bin/sh\nfor last; do :; done\n"
                       "grep -q '(assert false)' \"$last\" && echo unsat || echo sat\n");
    static_cast<void>(shell("chmod +x cvc5"));
    const outcome done =
        bwcheck("check mainline --engine prove --property distribute-no-wrap --second-opinion", "PATH=.:$PATH");
    EXPECT_EQ(done.status, 6) << done.out;
    EXPECT_THAT(done.out, AllOf(HasSubstr("inconclusive"), HasSubstr("Z3 says unsat, cvc5 says sat")));
    const std::string check =
        "check mainline --engine prove --property distribute-no-wrap --second-opinion --quiet --expect known.txt";
    write_file("known.txt", "mainline prove distribute-no-wrap inconclusive\n");
    const outcome expected = bwcheck(check, "PATH=.:$PATH");
    EXPECT_EQ(expected.status, 6) << "nobody can expect an error of bwcheck";
    EXPECT_THAT(expected.err, MatchesRegex("bwcheck: mainline prove: the solvers contradict each other, [^\n]*\n"));
}

TEST_F(prove_check, ends_with_its_budget) {
    // More than a hundred paths, for which no machine is fast enough.
    const json report = report_of("mainline --property conversion-no-wrap --budget 0.001", 5);
    EXPECT_EQ(report["results"][0]["verdict"], "inconclusive");
}

TEST_F(prove_check, says_what_it_has_no_question_for) {
    const json report = report_of("mainline --property no-lost-credit", 5);
    ASSERT_EQ(report["results"].size(), 1U);
    EXPECT_EQ(report["results"][0]["verdict"], "inconclusive");
    EXPECT_THAT(std::string(report["results"][0]["reason"]), HasSubstr("not judged"));
}

TEST_F(prove_check, refuses_what_it_cannot_do) {
    const outcome unknown = bwcheck("check mainline --engine explore --second-opinion");
    EXPECT_EQ(unknown.status, 1);
    EXPECT_EQ(unknown.err,
              "bwcheck: --second-opinion: is for engines that prove, and none of those that are asked for does\n");
    write_file("taken", "");
    const outcome taken = prove("mainline --smt2 taken");
    EXPECT_EQ(taken.status, 1);
    EXPECT_THAT(taken.err, HasSubstr("bwcheck: --smt2: taken cannot be made a directory: "));
    const outcome missing = bwcheck("check mainline --engine prove --second-opinion", "PATH=/nowhere");
    EXPECT_EQ(missing.status, 1);
    EXPECT_THAT(missing.err, HasSubstr("it is in Debian's package cvc5"));
}

} // namespace
} // namespace bwcheck::cli

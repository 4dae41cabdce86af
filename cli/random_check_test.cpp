// `bwcheck check --engine random`, and the files it writes for continuous integration, as their users see them.
#include "testing/run_bwcheck.hpp"
#include "text/schema_check.hpp"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace bwcheck::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;

class random_check : public in_empty_directory {};

TEST_F(random_check, finds_and_replays) {
    const outcome done = bwcheck("check cpu-max-runtime-v1 --engine random --property write-unthrottles-now");
    EXPECT_EQ(done.status, 10) << done.err;
    EXPECT_THAT(done.out, AllOf(HasSubstr("engine random"), HasSubstr("violated"), HasSubstr("--seed "),
                                HasSubstr("--cases 1"), HasSubstr("200 cases from seed 1")));
    EXPECT_EQ(bwcheck("replay bwcheck-traces/cpu-max-runtime-v1/write-unthrottles-now.json").status, 10);
    EXPECT_EQ(
        bwcheck("replay bwcheck-traces/cpu-max-runtime-v1/write-unthrottles-now.json --revision cpu-max-runtime-v2")
            .status,
        0);
}

TEST_F(random_check, replays_wraps) {
    EXPECT_EQ(bwcheck("check mainline --engine random --property scaling-no-wrap").status, 10);
    EXPECT_THAT(bwcheck("replay bwcheck-traces/mainline/scaling-no-wrap.json").out, HasSubstr("* 2 wraps at"));
}

TEST_F(random_check, prints_valid_json_for_several_engines) {
    const outcome done =
        bwcheck("check mainline --engine explore,random --scope smoke --cases 30 --property refill-exact "
                "--property runtime-capped --json");
    const auto printed = nlohmann::json::parse(done.out);
    const auto schema = text::schema_check::load(BWCHECK_SOURCE_DIR "/docs/schema/check.schema.json");
    EXPECT_THAT(schema.violation(printed), IsEmpty());
    ASSERT_EQ(printed["results"].size(), 4U);
    EXPECT_EQ(printed["results"][0]["engine"], "explore");
    EXPECT_EQ(printed["results"][3]["engine"], "random");
    EXPECT_EQ(printed["results"][3]["bounds"]["cases"], 30);
}

// Both engines find it, each its own run.
TEST_F(random_check, leaves_the_traces_of_other_engines_alone) {
    const outcome done = bwcheck("check cpu-max-runtime-v1 --engine explore,random --property write-unthrottles-now "
                                 "--scope smoke --quiet --json");
    const auto results = nlohmann::json::parse(done.out)["results"];
    ASSERT_EQ(results.size(), 2U);
    EXPECT_EQ(results[0]["trace"], "bwcheck-traces/cpu-max-runtime-v1/write-unthrottles-now.json");
    EXPECT_EQ(results[1]["trace"], "bwcheck-traces/cpu-max-runtime-v1/write-unthrottles-now.random.json");
    for (const auto& result : results) {
        const std::string trace = result["trace"];
        EXPECT_EQ(nlohmann::json::parse(contents(directory / trace))["engine"], result["engine"]);
        EXPECT_EQ(bwcheck("replay " + trace).status, 10);
    }
}

TEST_F(random_check, says_the_line_that_finds_it_again) {
    const outcome done = bwcheck("check cpu-max-runtime-v1 --engine random --property write-unthrottles-now "
                                 "--scope smoke --seed 5 --cases 60 --json");
    const auto result = nlohmann::json::parse(done.out)["results"][0];
    ASSERT_EQ(result["verdict"], "violated");
    const std::string reason = result["reason"];
    const std::string line = reason.substr(reason.find("check cpu-max-runtime-v1"));
    EXPECT_THAT(line, AllOf(HasSubstr("--scope smoke"), HasSubstr("--seed "), HasSubstr("--cases 1")));
    const auto again = nlohmann::json::parse(bwcheck(line + " --json --traces again").out)["results"][0];
    EXPECT_EQ(again["verdict"], "violated");
    EXPECT_EQ(nlohmann::json::parse(contents(directory / again["trace"].get<std::string>()))["steps"],
              nlohmann::json::parse(contents(directory / result["trace"].get<std::string>()))["steps"]);
}

TEST_F(random_check, compares_with_what_is_expected) {
    const std::string check = "check mainline --engine random --cases 50 --quiet ";
    EXPECT_EQ(bwcheck(check + "--write-expect known.txt").status, 10);
    EXPECT_EQ(bwcheck(check + "--expect known.txt").status, 0);
    EXPECT_EQ(bwcheck(check + "--property refill-exact --expect known.txt").status, 0) << "a part of the suite";
    static_cast<void>(shell("sed -i 's/refill-exact .*/refill-exact violated/' known.txt"));
    const outcome differs = bwcheck(check + "--expect known.txt");
    EXPECT_EQ(differs.status, 10);
    EXPECT_EQ(differs.err, "bwcheck: mainline random refill-exact: holds, expected violated\n");
}

TEST_F(random_check, writes_reports) {
    static_cast<void>(bwcheck("check mainline --engine random --cases 20 --junit j.xml --ktap k.txt"));
    EXPECT_THAT(contents((directory / "j.xml").string()),
                AllOf(HasSubstr("<testsuite name=\"mainline.random\""), HasSubstr("<failure ")));
    EXPECT_THAT(contents((directory / "k.txt").string()),
                AllOf(HasSubstr("KTAP version 1\n1..1\n"),
                      HasSubstr("  KTAP version 1\n  # Subtest: mainline.random\n  1.."),
                      HasSubstr("not ok 1 mainline.random")));
    const auto printed = nlohmann::json::parse(bwcheck("check mainline --engine random --cases 20 --b4").out);
    EXPECT_EQ(printed[0]["status"], "fail");
}

} // namespace
} // namespace bwcheck::cli

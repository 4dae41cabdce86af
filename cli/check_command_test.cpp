// `bwcheck check` as a whole: exit status, reports, and the files it leaves.
#include "testing/run_bwcheck.hpp"
#include "text/schema_check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bwcheck::cli {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class check_command : public in_empty_directory {
protected:
    [[nodiscard]] outcome check(const std::string& arguments) const {
        return bwcheck("check " + arguments + " " + explored_tiny_scope());
    }
    static void expect_valid(const std::string& printed) {
        static const auto schema = text::schema_check::load(BWCHECK_SOURCE_DIR "/docs/schema/check.schema.json");
        EXPECT_THAT(schema.violation(json::parse(printed)), IsEmpty());
    }
};

TEST_F(check_command, exits_with_0_if_all_hold) {
    const outcome done = check("cpu-max-runtime-v1 --property refill-exact --property throttled-iff-listed");
    EXPECT_EQ(done.status, 0) << done.err;
    EXPECT_THAT(done.out,
                AllOf(HasSubstr("holds"), HasSubstr("refill-exact"), HasSubstr("2 hold, 0 violated, 0 inconclusive")));
    EXPECT_THAT(done.err, IsEmpty());
    EXPECT_TRUE(std::filesystem::is_empty(directory));
}

TEST_F(check_command, exits_with_10_and_a_trace_if_something_is_violated) {
    const outcome done = check("cpu-max-runtime-v1 --property write-unthrottles-now --property refill-exact");
    EXPECT_EQ(done.status, 10) << done.err;
    EXPECT_THAT(done.out, HasSubstr("bwcheck show bwcheck-traces/cpu-max-runtime-v1/write-unthrottles-now.json"));
    EXPECT_EQ(done.err, "bwcheck: wrote 1 counterexample to bwcheck-traces/cpu-max-runtime-v1\n");
    EXPECT_TRUE(std::filesystem::exists(directory / "bwcheck-traces/cpu-max-runtime-v1/write-unthrottles-now.json"));
    EXPECT_FALSE(std::filesystem::exists(directory / "bwcheck-traces/cpu-max-runtime-v1/refill-exact.json"));
}

TEST_F(check_command, exits_with_5_if_something_was_never_put_to_the_test) {
    const outcome done = check("cpu-max-runtime-v1 --property scaling-keeps-ratio --property refill-exact");
    EXPECT_EQ(done.status, 5) << done.err;
    EXPECT_THAT(done.out, HasSubstr("vacuous: it takes a period callback that scales"));
}

// Nothing was violated, but nothing was looked at either.
TEST_F(check_command, exits_with_5_if_no_engine_can_judge_what_was_asked_for) {
    const outcome done = check("cpu-max-runtime-v1 --property validation-no-wrap --json");
    EXPECT_EQ(done.status, 5) << done.err;
    expect_valid(done.out);
    EXPECT_THAT(done.out, HasSubstr("not judged: no engine that was asked looks at it; --engine prove does"));
}

TEST_F(check_command, exits_with_10_if_one_of_several_revisions_is_violated) {
    const outcome done = check("cpu-max-runtime-v1 cpu-max-runtime-v2 --json --property write-unthrottles-now");
    EXPECT_EQ(done.status, 10) << done.err;
    expect_valid(done.out);
    const json reports = json::parse(done.out);
    ASSERT_EQ(reports.size(), 2U);
    EXPECT_EQ(reports[0]["revision"], "cpu-max-runtime-v1");
    EXPECT_EQ(reports[0]["exit"], 10);
    EXPECT_EQ(reports[1]["revision"], "cpu-max-runtime-v2");
    EXPECT_EQ(reports[1]["exit"], 0);
}

TEST_F(check_command, prints_json_by_the_schema) {
    const outcome done = check("cpu-max-runtime-v1 --json");
    EXPECT_EQ(done.status, 10) << done.err;
    expect_valid(done.out);
    const json report = json::parse(done.out);
    EXPECT_EQ(report["exit"], done.status);
    EXPECT_EQ(report["results"].size(), json::parse(bwcheck("list properties --json").out)["properties"].size());
    for (const auto& result : report["results"]) {
        EXPECT_EQ(result["scope"], "tiny");
        const bool broken = result["verdict"] == "violated" || result["verdict"] == "no";
        if (result["verdict"] != "measured") // it has a trace if it is beyond the bound that it states
            EXPECT_EQ(result["trace"].is_string(), broken) << result["property"];
        if (result["property"] == "write-unthrottles-now") {
            EXPECT_EQ(result["location"], "cpu_runtime_write_u64");
            EXPECT_EQ(result["bounds"]["parts"][0]["complete"], true);
        }
    }
}

TEST_F(check_command, says_the_same_with_any_number_of_jobs) {
    const auto report = [&](const std::string& jobs) {
        json printed = json::parse(check("cpu-max-runtime-v1 --json --jobs " + jobs).out);
        const auto forget_the_machine = [](json& parts) {
            for (auto& part : parts) {
                part.erase("seconds");
                part.erase("memory_bytes");
            }
        };
        for (auto& result : printed["results"]) {
            result.erase("seconds");
            forget_the_machine(result["bounds"]["parts"]);
        }
        for (auto& engine : printed["explored"])
            forget_the_machine(engine["parts"]);
        return printed;
    };
    EXPECT_EQ(report("1"), report("2"));
}

TEST_F(check_command, finds_traces_that_replay) {
    ASSERT_EQ(check("cpu-max-runtime-v1 --traces 'my traces' -q").err, "");
    int traces = 0;
    for (const auto& file : std::filesystem::directory_iterator(directory / "my traces/cpu-max-runtime-v1")) {
        ++traces;
        EXPECT_EQ(bwcheck("replay '" + file.path().string() + "'").status, 10) << file.path();
        EXPECT_EQ(bwcheck("show '" + file.path().string() + "'").status, 0) << file.path();
    }
    EXPECT_GT(traces, 1);
}

TEST_F(check_command, shows_counterexamples_and_gaps_if_asked) {
    const outcome done = check("cpu-max-runtime-v1 --verbose --property write-unthrottles-now --traces 'my traces'");
    EXPECT_THAT(done.out,
                AllOf(HasSubstr("Never happened in this scope:"), HasSubstr("event offline"),
                      HasSubstr("echo 3 > cpu.max.runtime"),
                      HasSubstr("Again: bwcheck replay 'my traces/cpu-max-runtime-v1/write-unthrottles-now.json'")));
}

TEST_F(check_command, tells_which_part_of_the_setup_was_refused) {
    EXPECT_THAT(check("linux-6.1 --property refill-exact").out, Not(HasSubstr("setup refused")));
    write_file("refused.toml", contents(BWCHECK_SOURCE_DIR "/cli/testdata/tiny.toml"));
    static_cast<void>(shell("sed -i 's/burst 2/burst 5/' refused.toml"));
    EXPECT_THAT(bwcheck("check mainline --engine explore --property refill-exact --scope refused.toml").out,
                HasSubstr("setup refused: cpu.max.burst 5"));
}

TEST_F(check_command, ends_with_its_budget) {
    const outcome done = bwcheck(
        "check cpu-max-runtime-v1 --engine explore --scope deep --budget 0.001 --property throttled-iff-listed --json");
    EXPECT_EQ(done.status, 5) << done.err;
    expect_valid(done.out);
    EXPECT_THAT(done.out, HasSubstr("\"stopped_by\": \"budget\""));
}

TEST_F(check_command, ends_with_its_memory) {
    const outcome done = bwcheck(
        "check cpu-max-runtime-v1 --engine explore --scope deep --memory 8 --property throttled-iff-listed --json");
    EXPECT_EQ(done.status, 5) << done.err;
    EXPECT_THAT(done.out, HasSubstr("\"stopped_by\": \"memory\""));
}

TEST_F(check_command, refuses_a_trace_directory_that_cannot_be_made) {
    write_file("taken", "");
    const outcome done = check("cpu-max-runtime-v1 --traces taken");
    EXPECT_EQ(done.status, 1);
    EXPECT_THAT(done.err, HasSubstr("taken/cpu-max-runtime-v1: cannot be made"));
}

TEST_F(check_command, is_coloured_on_terminals_only) {
    const std::string line =
        "'" BWCHECK_BINARY "' check cpu-max-runtime-v1 --property refill-exact " + explored_tiny_scope();
    const auto green = HasSubstr("\x1b[32mholds");
    EXPECT_THAT(shell(line).out, Not(green));
    EXPECT_THAT(shell(line + " --color always").out, green);
    EXPECT_THAT(on_a_terminal(line), green);
    EXPECT_THAT(on_a_terminal(line + " --color never"), Not(green));
    EXPECT_THAT(on_a_terminal("NO_COLOR=1 " + line), Not(green));
    EXPECT_THAT(on_a_terminal("NO_COLOR= " + line), green);
    EXPECT_THAT(on_a_terminal("TERM=dumb " + line), Not(green));
    EXPECT_THAT(on_a_terminal("NO_COLOR=1 " + line + " --color always"), green);
}

TEST_F(check_command, shows_progress_on_terminals_only) {
    const std::string line =
        "'" BWCHECK_BINARY "' check cpu-max-runtime-v1 --scope deep --property throttled-iff-listed";
    const std::string progress = "distinct states";
    EXPECT_THAT(on_a_terminal("exec " + line + " >out", progress), HasSubstr(progress));
    // Nothing of it, however far they come.
    EXPECT_THAT(on_a_terminal(line + " --budget 1 -q >out"), Not(HasSubstr(progress)));
    EXPECT_THAT(shell(line + " --budget 1").err, IsEmpty());
}

} // namespace
} // namespace bwcheck::cli

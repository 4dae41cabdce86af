// `bwcheck diff`, `ask` and `reach`: what is different, what is answered, and what can be reached.
#include "testing/run_bwcheck.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace bwcheck::cli {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// The widest line of a text, in characters; arrows count as one.
std::size_t widest_line(const std::string& text) {
    std::istringstream lines(text);
    std::size_t widest = 0;
    for (std::string line; std::getline(lines, line);)
        widest = std::max(widest, static_cast<std::size_t>(std::count_if(line.begin(), line.end(), [](char c) {
                              return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
                          })));
    return widest;
}

class diff_command : public in_empty_directory {};

TEST_F(diff_command, shows_both_machines_side_by_side_where_they_first_differ) {
    const outcome done = bwcheck("diff cpu-max-runtime-v1 cpu-max-runtime-v2 " + tiny_scope());
    EXPECT_EQ(done.status, 10) << done.err;
    EXPECT_THAT(done.out, AllOf(HasSubstr("Violated on cpu-max-runtime-v1 only: write-unthrottles-now"),
                                HasSubstr("Violated on cpu-max-runtime-v2 only: nothing"),
                                HasSubstr("The machines differ first after "), HasSubstr("Different then:")));
    EXPECT_THAT(done.out, testing::ContainsRegex("event +cpu-max-runtime-v1 +cpu-max-runtime-v2"));
    EXPECT_LE(widest_line(done.out), 80U) << done.out;
}

TEST_F(diff_command, names_writes_that_only_one_of_them_knows) {
    const outcome done = bwcheck("diff mainline cpu-max-runtime-v1 " + tiny_scope());
    EXPECT_THAT(done.out,
                AllOf(HasSubstr("Only cpu-max-runtime-v1 knows, and neither is told: cpu.max.runtime 0,\n"
                                "  cpu.max.runtime 3\n"),
                      HasSubstr("The machines do not differ within these bounds: tiny."), HasSubstr("all runs")));
}

TEST_F(diff_command, is_json_too) {
    const json all = json::parse(bwcheck("diff mainline cpu-max-runtime-v1 --json " + tiny_scope()).out);
    EXPECT_TRUE(all["difference"].is_null());
    EXPECT_EQ(all["only_second"].size(), 2U);
    EXPECT_EQ(all["parts"][0]["complete"], true);
    const json other = json::parse(bwcheck("diff cpu-max-runtime-v1 cpu-max-runtime-v2 --json " + tiny_scope()).out);
    EXPECT_GT(other["difference"]["events"].size(), 1U);
    EXPECT_EQ(other["difference"]["part"], "tiny");
}

TEST_F(diff_command, refuses_in_one_line) {
    expect_one_line(bwcheck("diff mainline mainline"), "diff: both are mainline");
    expect_one_line(bwcheck("diff mainline mainlin"), "mainline");
    expect_one_line(bwcheck("diff mainline"), "");
    expect_one_line(bwcheck("diff mainline linux-6.1 --width 3"), "--width: ");
}

class ask_command : public in_empty_directory {};

TEST_F(ask_command, says_which_check_refuses_a_write_and_what_the_files_read) {
    const outcome done = bwcheck(R"(ask mainline "cpu.max 20000 100000" "cpu.max.burst 30000" "cpu.max.burst 10000")");
    EXPECT_EQ(done.status, 0) << done.err;
    EXPECT_THAT(done.out, AllOf(HasSubstr("EINVAL (22), by the check burst_within_quota"), HasSubstr("20000 100000"),
                                HasSubstr("cpu-max-runtime-v1"), Not(HasSubstr("All revisions"))));
    const json all = json::parse(bwcheck(R"(ask mainline "cpu.max 20000 100000" "cpu.max.burst 30000" --json)").out);
    EXPECT_EQ(all["answers"][0]["result"], "OK");
    EXPECT_EQ(all["answers"][0]["files"]["cpu.max"], "20000 100000");
    EXPECT_EQ(all["answers"][1]["errno"], 22);
    EXPECT_EQ(all["answers"][1]["check"], "burst_within_quota");
    EXPECT_EQ(all["answers"][1]["files"]["cpu.max.burst"], "0");
    const json& others = all["different"];
    const auto v1 = std::find_if(others.begin(), others.end(),
                                 [](const json& each) { return each["revision"] == "cpu-max-runtime-v1"; });
    ASSERT_NE(v1, others.end());
    EXPECT_EQ((*v1)["answers"][1]["result"], "OK");
    EXPECT_EQ((*v1)["first_different"], 1);
}

TEST_F(ask_command, says_that_there_is_no_such_file) {
    EXPECT_THAT(bwcheck(R"(ask mainline "cpu.max.runtime 5")").out, HasSubstr("ENOENT (2)"));
    EXPECT_THAT(bwcheck(R"(ask mainline "cpu.max 20000 100000")").out, HasSubstr("All revisions answer the same."));
}

TEST_F(ask_command, refuses_in_one_line) {
    expect_one_line(bwcheck("ask mainline 'cpu.mx 5'"), "cpu.max");
    expect_one_line(bwcheck("ask mainline cpu.max"), "writes nothing");
    expect_one_line(bwcheck("ask mainlin 'cpu.max 5'"), "mainline");
    expect_one_line(bwcheck("ask mainline"), "");
}

class reach_command : public in_empty_directory {};

TEST_F(reach_command, shows_a_shortest_run_that_gets_there) {
    const outcome step = bwcheck("reach mainline --step throttle_cfs_rq " + tiny_scope());
    EXPECT_EQ(step.status, 0) << step.err;
    EXPECT_THAT(step.out,
                AllOf(HasSubstr("mainline gets to the step throttle_cfs_rq after "), HasSubstr("cpu0: sleep")));
    EXPECT_EQ(bwcheck("reach mainline --branch refill_capped " + tiny_scope()).status, 0);
}

TEST_F(reach_command, says_that_no_run_gets_there_within_the_bounds) {
    const outcome done = bwcheck("reach mainline --branch period_scaled " + tiny_scope());
    EXPECT_EQ(done.status, 10) << done.err;
    EXPECT_THAT(done.out,
                AllOf(HasSubstr("mainline does not get to the branch period_scaled within these bounds: tiny."),
                      HasSubstr("all runs")));
}

TEST_F(reach_command, refuses_in_one_line) {
    expect_one_line(bwcheck("reach mainline"), "reach: --step NAME or --branch NAME says where to");
    expect_one_line(bwcheck("reach mainline --step throttle_cfs"), "throttle_cfs_rq");
    expect_one_line(bwcheck("reach mainline --branch refill_caped"), "refill_capped");
}

} // namespace
} // namespace bwcheck::cli

// `bwcheck check` of a patch and its base: what the patch changes comes first, in every report.
#include "testing/run_bwcheck.hpp"
#include "text/schema_check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace bwcheck::cli {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class check_against : public in_empty_directory {
protected:
    [[nodiscard]] outcome check(const std::string& arguments) const {
        return bwcheck("check " + arguments + " -q " + explored_tiny_scope());
    }
    /// What became of each property, by JSON.
    [[nodiscard]] static std::map<std::string, std::string> changes(const json& report) {
        std::map<std::string, std::string> all;
        for (const auto& each : report["against"]["changes"])
            all[each["property"]] = each["change"];
        return all;
    }
};

TEST_F(check_against, says_first_what_a_patch_changes_of_the_kernel_that_it_is_posted_on) {
    EXPECT_THAT(check("cpu-max-runtime-v1").out,
                AllOf(HasSubstr("cpu-max-runtime-v1 against mainline: "),
                      HasSubstr("New: violated, and not on mainline"),
                      HasSubstr("Against mainline: 3 newly violated, 1 in a new way, 0 repaired.")));
}

TEST_F(check_against, says_what_was_so_before_after_what_changes) {
    const outcome done = check("cpu-max-runtime-v1 --against cpu-max-runtime-v2");
    EXPECT_EQ(done.status, 10);
    const std::size_t news = done.out.find("New: violated, and not on cpu-max-runtime-v2");
    const std::size_t before = done.out.find("Violated on cpu-max-runtime-v2 too");
    ASSERT_NE(news, std::string::npos) << done.out;
    ASSERT_NE(before, std::string::npos) << done.out;
    EXPECT_LT(news, done.out.find("write-unthrottles-now"));
    EXPECT_LT(done.out.find("write-unthrottles-now"), before);
    const std::size_t too = done.out.find("other-setting-unchanged");
    EXPECT_LT(before, too);
    EXPECT_LT(too, done.out.find("As on cpu-max-runtime-v2"));
    EXPECT_THAT(done.out, HasSubstr("no run in these bounds is right on cpu-max-runtime-v2"));
}

TEST_F(check_against, says_the_same_in_json) {
    const outcome done = check("cpu-max-runtime-v1 --json");
    const json report = json::parse(done.out);
    static const auto schema = text::schema_check::load(BWCHECK_SOURCE_DIR "/docs/schema/check.schema.json");
    EXPECT_THAT(schema.violation(report), IsEmpty());
    EXPECT_EQ(report["against"]["base"], "mainline");
    const auto changed = changes(report);
    EXPECT_EQ(changed.at("write-unthrottles-now"), "new");
    EXPECT_EQ(changed.at("read-back-exact"), "same");
    EXPECT_EQ(changed.at("throttled-iff-listed"), "same");
    EXPECT_EQ(changed.size(), report["asked"].size());
}

TEST_F(check_against, tells_what_a_patch_repairs) {
    const outcome done = check("cpu-max-runtime-v2 --against cpu-max-runtime-v1 --json");
    const auto changed = changes(json::parse(done.out));
    EXPECT_EQ(changed.at("write-unthrottles-now"), "repaired");
    EXPECT_THAT(check("cpu-max-runtime-v2 --against cpu-max-runtime-v1").out,
                HasSubstr("Repaired: violated on cpu-max-runtime-v1"));
}

TEST_F(check_against, compares_with_nothing_if_asked_not_to_and_where_there_is_no_base) {
    EXPECT_THAT(check("cpu-max-runtime-v1 --against none").out, Not(HasSubstr("mainline")));
    EXPECT_TRUE(json::parse(check("mainline --json").out)["against"].is_null());
}

TEST_F(check_against, fails_with_new_only_for_nothing_that_the_base_violates_too) {
    const std::string patch = "cpu-max-runtime-v1 --against cpu-max-runtime-v2 ";
    const std::string known = patch + "--property other-setting-unchanged ";
    const std::string fresh = patch + "--property write-unthrottles-now ";
    EXPECT_EQ(check(known).status, 10);
    EXPECT_EQ(check(known + "--new-only").status, 0);
    EXPECT_EQ(json::parse(check(known + "--new-only --json").out)["exit"], 0);
    EXPECT_EQ(check(fresh + "--new-only").status, 10);
}

TEST_F(check_against, fails_in_other_reports_as_in_the_exit_status) {
    const std::string two = "cpu-max-runtime-v1 --against cpu-max-runtime-v2 --property other-setting-unchanged "
                            "--property write-unthrottles-now ";
    ASSERT_EQ(check(two + "--new-only --junit new.xml --ktap new.tap").status, 10);
    EXPECT_THAT(contents(directory / "new.xml"),
                AllOf(HasSubstr("failures=\"1\""), HasSubstr("violated on cpu-max-runtime-v2 too"),
                      HasSubstr("new against cpu-max-runtime-v2")));
    EXPECT_THAT(contents(directory / "new.tap"),
                AllOf(HasSubstr("  ok 1 other-setting-unchanged"), HasSubstr("  not ok 2 write-unthrottles-now")));
    ASSERT_EQ(check(two + "--junit all.xml --write-expect known.txt").status, 10);
    EXPECT_THAT(contents(directory / "all.xml"), HasSubstr("failures=\"2\""));
    EXPECT_THAT(contents(directory / "known.txt"), AllOf(HasSubstr("; violated on cpu-max-runtime-v2 too"),
                                                         HasSubstr("; new against cpu-max-runtime-v2")));
    EXPECT_THAT(check(two + "--b4").out, HasSubstr("2 of 2 properties violated (1 new against cpu-max-runtime-v2)"));
}

TEST_F(check_against, finds_what_the_base_breaks_too_where_the_base_is_right) {
    write_file("hotplug.toml", R"(
name = "hotplug"
[[part]]
name = "hotplug"
cpus = 2
setup = ["cpu.max 3 4"]
[part.constants]
nsec_per_usec = 1
sched_cfs_bandwidth_slice = 2
min_cfs_rq_runtime = 1
min_bandwidth_expiration = 1
cfs_bandwidth_slack_period = 1
default_cfs_period = 4
min_cfs_quota_period = 2
max_cfs_quota_period = 16
max_bw_runtime_us = 40
[part.environment]
max_unaccounted = 1
hotplug = true
)");
    const std::string same = " --engine explore --property conservation -q --scope hotplug.toml --against linux-6.1";
    const outcome done = bwcheck("check bug-512ac999d275" + same);
    EXPECT_THAT(done.out, HasSubstr("Violated before, and also where linux-6.1 is right"));
    const std::string trace = "bwcheck-traces/bug-512ac999d275/conservation.against-linux-6.1.json";
    EXPECT_THAT(done.out, HasSubstr("bwcheck show " + trace));
    EXPECT_EQ(bwcheck("replay " + trace).status, 10);
    EXPECT_EQ(bwcheck("replay " + trace + " --revision linux-6.1").status, 0);
    EXPECT_EQ(bwcheck("check bug-512ac999d275 --new-only" + same).status, 10);
}

TEST_F(check_against, is_told_in_sarif_too) {
    const std::string two = "cpu-max-runtime-v1 --against cpu-max-runtime-v2 --property other-setting-unchanged "
                            "--property write-unthrottles-now --property refill-exact ";
    ASSERT_EQ(check(two + "--sarif all.sarif").status, 10);
    const json run = json::parse(contents(directory / "all.sarif"))["runs"][0];
    std::map<std::string, std::string> states;
    for (const json& result : run["results"]) {
        EXPECT_EQ(result["level"], "error");
        EXPECT_EQ(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
                  "model/revisions/cpu_max_runtime_v1.hpp");
        states[result["ruleId"]] = result["baselineState"];
    }
    EXPECT_EQ(states, (std::map<std::string, std::string>{{"other-setting-unchanged", "unchanged"},
                                                          {"write-unthrottles-now", "new"}}))
        << "what holds is no result";
    ASSERT_EQ(check(two + "--new-only --sarif new.sarif").status, 10);
    EXPECT_EQ(json::parse(contents(directory / "new.sarif"))["runs"][0]["results"].size(), 1U);
}

TEST_F(check_against, refuses_what_cannot_be_compared) {
    expect_one_line(check("mainline --new-only"), "--new-only: mainline is posted on nothing; --against BASE says");
    expect_one_line(check("mainline --against mainlin"), "mainline");
    expect_one_line(check("mainline --against ''"), "revision");
    expect_one_line(check("mainline --against linux-6.1 --shard 1/2"), "--shard: machines that share a check");
}

} // namespace
} // namespace bwcheck::cli

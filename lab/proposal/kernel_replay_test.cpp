#include "counterexamples/trace_file.hpp"
#include "lab/lab_error.hpp"
#include "lab/proposal/kernel_replay.hpp"
#include "testing/known_trace.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cerrno>
#include <map>

namespace bwcheck::lab {
namespace {

using counterexamples::trace;
using testing::HasSubstr;

trace saved(const std::string& name) {
    return counterexamples::read_trace(BWCHECK_SOURCE_DIR "/counterexamples/corpus/" + name + ".json");
}

/// What a kernel would answer: 0 to all, and to each reading of a file the next of its values.
std::vector<answer> answers_to(const replay_plan& plan, std::map<std::string, std::vector<std::string>> values) {
    std::vector<answer> answers;
    for (std::size_t number = 0; number < plan.script.size(); ++number) {
        answer said{.number = number, .error = 0, .time_us = 0, .value = ""};
        if (plan.script[number].action == verb::read) {
            auto& left = values[plan.script[number].file];
            if (!left.empty()) {
                said.value = left.front() + '\n';
                left.erase(left.begin());
            }
        }
        answers.push_back(said);
    }
    return answers;
}

std::vector<std::string> lines_of(const replay_plan& plan) {
    std::vector<std::string> lines;
    for (const command& command : plan.script)
        if (command.action != verb::read)
            lines.push_back(to_string(command));
    return lines;
}

TEST(kernel_replay, says_what_user_space_cannot_do) {
    EXPECT_THAT(why_not_reachable(saved("linux-6.1/stored-config-valid"), 1), HasSubstr("step 3: the period timer's"));
    EXPECT_THAT(why_not_reachable(saved("bug-d49db342f0e2/timer-runs-while-throttled"), 1),
                HasSubstr("step 4: needs cpu1, and the kernel has 1 CPU"));
    trace moved = saved("cpu-max-runtime-v1/read-back-writable");
    moved.steps[1].event = {.kind = model::event_kind::offline, .cpu = 0};
    EXPECT_THAT(why_not_reachable(moved, 1), HasSubstr("step 2: a CPU goes offline"));
}

TEST(kernel_replay, says_what_user_space_cannot_see) {
    EXPECT_THAT(why_not_reachable(saved("bug-d49db342f0e2/timer-runs-while-throttled"), 2),
                HasSubstr("nothing that user space can read shows it"));
    EXPECT_THAT(why_not_reachable(saved("cpu-max-runtime-v1/full-speed-while-credits"), 1),
                HasSubstr("lasts until the next refill, at most 1000 us"));
    trace small = counterexamples::known_trace();
    small.property = "other-setting-unchanged";
    EXPECT_THAT(why_not_reachable(small, 1), HasSubstr("are not the kernel's"));
    small.steps.clear();
    EXPECT_THAT(why_not_reachable(small, 1), HasSubstr("the setup breaks the property"));
}

TEST(kernel_replay, does_what_tasks_and_users_do) {
    const trace known = saved("cpu-max-runtime-v1/read-back-writable");
    ASSERT_EQ(why_not_reachable(known, 1), "");
    const replay_plan plan = plan_replay(known);
    EXPECT_FALSE(plan.scaled);
    EXPECT_THAT(lines_of(plan),
                testing::ElementsAre("mkdir replayed", "child replayed 0 sleep 0 busy 600 sleep 600000000",
                                     "sleep 2000", "write replayed cpu.max \"2000\"", "go", "until 100",
                                     "write replayed cpu.max.runtime \"2000\"", "until 100", "sleep 1000", "kill",
                                     "rmdir replayed"));
}

TEST(kernel_replay, makes_the_numbers_of_small_scopes_large) {
    const trace known = saved("cpu-max-runtime-v1/write-unthrottles-now");
    ASSERT_EQ(why_not_reachable(known, 1), "");
    const replay_plan plan = plan_replay(known);
    EXPECT_TRUE(plan.scaled);
    const auto lines = lines_of(plan);
    EXPECT_THAT(lines, testing::Contains("write replayed cpu.max \"200000 300000\""));
    EXPECT_THAT(lines, testing::Contains("until 50000"));
    EXPECT_EQ(std::count(lines.begin(), lines.end(), "write replayed cpu.max.runtime \"150000\""), 1);
}

TEST(kernel_replay, sees_a_pool_above_its_cap) {
    const trace known = saved("cpu-max-runtime-v1/read-back-writable");
    const replay_plan plan = plan_replay(known);
    const auto look = [&](const std::string& pool) {
        return look_at(known, plan,
                       answers_to(plan, {{"cpu.max", {"2000 100000", "2000 100000", "2000 100000"}},
                                         {"cpu.max.burst", {"0", "0", "0"}},
                                         {"cpu.max.runtime", {"0", "2000", pool}}}));
    };
    EXPECT_TRUE(look("2001").seen);
    EXPECT_EQ(look("3000").observed, "cpu.max.runtime reads 3000, quota + burst are 2000");
    EXPECT_FALSE(look("2000").seen);
}

TEST(kernel_replay, sees_a_task_wait_with_runtime_left) {
    const trace known = saved("cpu-max-runtime-v1/write-unthrottles-now");
    const replay_plan plan = plan_replay(known);
    const auto seen = [&](const std::string& left, const std::string& usage) {
        return look_at(known, plan,
                       answers_to(plan, {{"cpu.max.runtime", {"0", left, left}},
                                         {"cpu.stat", {"usage_usec 70", "usage_usec 70", "usage_usec " + usage}}}))
            .seen;
    };
    EXPECT_TRUE(seen("150000", "70"));
    EXPECT_FALSE(seen("150000", "20070"));
    EXPECT_FALSE(seen("0", "70"));
}

TEST(kernel_replay, sees_other_changes) {
    const trace other = saved("cpu-max-runtime-v1/other-setting-unchanged");
    const replay_plan plan = plan_replay(other);
    EXPECT_TRUE(look_at(other, plan, answers_to(plan, {{"cpu.max.runtime", {"0", "1000", "1000"}}})).seen);
    EXPECT_FALSE(look_at(other, plan, answers_to(plan, {{"cpu.max.runtime", {"0", "0", "1000"}}})).seen);

    const trace counted = saved("cpu-max-runtime-v2/burst-statistics-true");
    const replay_plan count = plan_replay(counted);
    const std::string none = "usage_usec 0\nnr_bursts 0\nburst_usec 0";
    const std::string some = "usage_usec 0\nnr_bursts 1\nburst_usec 900";
    EXPECT_TRUE(look_at(counted, count, answers_to(count, {{"cpu.stat", {none, some, some}}})).seen);
    EXPECT_FALSE(look_at(counted, count, answers_to(count, {{"cpu.stat", {none, none, none}}})).seen);
    EXPECT_FALSE(look_at(counted, count, answers_to(count, {{"cpu.stat", {none, "usage_usec 9\nnr_bursts 1"}}})).seen);

    const trace wrapped = saved("linux-6.1/conversion-no-wrap");
    const replay_plan store = plan_replay(wrapped);
    const auto reads = [&](const std::string& quota) {
        return look_at(wrapped, store, answers_to(store, {{"cpu.max", {"max 100000", quota, quota}}})).seen;
    };
    EXPECT_TRUE(reads("3255926290448 100000"));
    EXPECT_FALSE(reads("18450000000000000 100000"));

    const trace large = saved("bug-d505b8af5891/accepted-cap-fits");
    const replay_plan accept = plan_replay(large);
    const auto accepts = [&](const std::string& quota) {
        return look_at(large, accept,
                       answers_to(accept, {{"cpu.max", {"max 100000", quota}}, {"cpu.max.burst", {"0", "0"}}}))
            .seen;
    };
    EXPECT_TRUE(accepts("17592186044416 100000"));
    EXPECT_FALSE(accepts("17592186044415 100000"));
    EXPECT_FALSE(accepts("max 100000"));
}

TEST(kernel_replay, says_what_a_kernel_refuses) {
    const trace known = saved("cpu-max-runtime-v1/write-unthrottles-now");
    const replay_plan plan = plan_replay(known);
    auto answers = answers_to(plan, {});
    for (std::size_t number = 0; number < answers.size(); ++number)
        if (plan.script[number].file == "cpu.max.runtime")
            answers[number].error = ENOENT;
    const replay_sight without = look_at(known, plan, answers);
    EXPECT_FALSE(without.seen);
    EXPECT_THAT(without.observed, HasSubstr("the kernel has no such file"));
    answers.front().error = EPERM;
    EXPECT_THROW(static_cast<void>(look_at(known, plan, answers)), lab_error);
}

TEST(kernel_replay, is_tried_as_often_as_time_allows) {
    EXPECT_EQ(tries_within({.script = {}, .us = 1'000'000, .scaled = false}, 10'000'000), 10U);
    EXPECT_EQ(tries_within({.script = {}, .us = 1'000, .scaled = false}, 10'000'000), 20U);
    EXPECT_EQ(tries_within({.script = {}, .us = 60'000'000, .scaled = false}, 10'000'000), 1U);
    EXPECT_EQ(tries_within({}, 10'000'000), 20U);
}

} // namespace
} // namespace bwcheck::lab

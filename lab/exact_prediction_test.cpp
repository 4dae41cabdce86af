#include "lab/answers.hpp"
#include "lab/exact_conformance.hpp"
#include "lab/exact_prediction.hpp"
#include "lab/kernel_fuzz.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bwcheck::lab {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::uint64_t tick_ns = 10'000'000;

std::vector<expected_answer> predicted(std::string_view text) {
    return predict_answers("linux-6.1", parse_script(text, "test"), tick_ns);
}

std::string abstraction_of(std::string_view text) {
    try {
        static_cast<void>(predicted(text));
    } catch (const beyond_the_model& abstraction) {
        return abstraction.what();
    }
    return "none";
}

// What Linux 6.1.192 printed, to the last digit.
TEST(exact_prediction, says_what_a_kernel_printed) {
    const auto expected =
        predicted("at 4000000\nmkdir g\nwrite g cpu.max \"20000 100000\"\nread g cpu.bandwidth_state\n");
    EXPECT_EQ(expected[3].values.at("period_timer"), "4100000000");
    EXPECT_EQ(expected[3].values.at("runtime"), "20000000");

    const auto busy =
        predicted("at 4000000\nmkdir g\nchild g 0 busy 1000000\nat 4001000\nwrite g cpu.max \"20000 100000\"\n"
                  "go\nat 4035000\nread g cpu.bandwidth_state\nat 4135000\nread g cpu.stat\n");
    EXPECT_EQ(busy[7].values.at("cpu0.throttled"), "1");
    EXPECT_EQ(busy[7].values.at("throttled_cfs_rq"), "0");
    EXPECT_EQ(busy[7].values.at("tick"), "4040000500");
    EXPECT_EQ(busy[9].values.at("nr_periods"), "1");
}

TEST(exact_prediction, names_what_the_model_does_not_have) {
    EXPECT_EQ(abstraction_of("mkdir g\n"), "scripts-without-a-beginning");
    EXPECT_EQ(abstraction_of("at 1\nmkdir a/b\n"), "nested-groups");
    EXPECT_EQ(abstraction_of("at 1\nmkdir g\nwrite g cpu.max \"20000\"\nchild g 0 busy 1\n"), "tasks-that-move");
    EXPECT_EQ(abstraction_of("at 1\nmkdir g\nread g cpu.weight\n"), "other-files");
    EXPECT_EQ(abstraction_of("at 1\nmkdir a\nmkdir b\nchild a 0 busy 9\nchild b 0 busy 9\ngo\nat 99\n"),
              "groups-compete");
    EXPECT_EQ(abstraction_of("at 1\nmkdir a\nchild a 0 burn 9\nchild a 0 burn 9\ngo\nat 99\n"), "order-of-children");
    EXPECT_EQ(abstraction_of("at 1\nmkdir a\nchild a 0 busy 9\ngo\nat 99\n"), "none");
}

/// A kernel that does what the model of a revision says.
boot_result model_of(std::string_view revision, const std::vector<command>& script) {
    boot_result booted;
    booted.hello = {.release = "6.1", .nr_cpus = 1, .page_size = 4096, .tick_ns = tick_ns, .trouble = ""};
    std::vector<command> one;
    const auto answers_to_one = [&] {
        try {
            return one.empty() ? std::vector<expected_answer>() : predict_answers(revision, one, tick_ns);
        } catch (const beyond_the_model&) {
            return std::vector<expected_answer>(one.size());
        }
    };
    const auto answer_one = [&] {
        for (const expected_answer& each : answers_to_one()) {
            std::string value = each.value.value_or("");
            for (const auto& [name, number] : each.values)
                value += name + " " + number + "\n";
            booted.answers.push_back({.number = booted.answers.size(),
                                      .error = each.error,
                                      .time_us = each.time_us.value_or(0),
                                      .value = value});
        }
        one.clear();
    };
    for (const command& each : script) {
        one.push_back(each);
        if (each.action == verb::rmdir && each.group != "g1")
            answer_one();
    }
    answer_one();
    return booted;
}

TEST(kernel_fuzz, agrees_with_itself) {
    const fuzz_plan plan{.revision = "linux-6.1", .scenarios = 60};
    const auto report = fuzz_kernel(plan, [](const auto& script) { return model_of("linux-6.1", script); });
    EXPECT_THAT(report.differences, IsEmpty());
    EXPECT_GT(report.scenarios, 30U);
    EXPECT_GT(report.throttled, 10U);
}

TEST(kernel_fuzz, makes_a_difference_short) {
    // Before 5.4, what a CPU had left expired.
    const fuzz_plan plan{.revision = "linux-6.1", .scenarios = 60};
    const auto report = fuzz_kernel(plan, [](const auto& script) { return model_of("bug-512ac999d275", script); });
    ASSERT_FALSE(report.differences.empty());
    const fuzz_difference& shortest = report.differences.front();
    EXPECT_TRUE(shortest.reproduced);
    EXPECT_LT(shortest.script.size(), shortest.found_commands);
    EXPECT_EQ(shortest.script.front().action, verb::at);
    EXPECT_EQ(shortest.script.back().action, verb::rmdir);
}

TEST(kernel_fuzz, has_the_same_scenario_again) {
    const fuzz_plan plan{.revision = "linux-6.1", .seed = 5};
    EXPECT_EQ(to_string(fuzz_scenario(plan, 17)), to_string(fuzz_scenario(plan, 17)));
    EXPECT_NE(to_string(fuzz_scenario(plan, 17)), to_string(fuzz_scenario(plan, 18)));
    EXPECT_NE(to_string(fuzz_scenario(plan, 17)), to_string(fuzz_scenario({.revision = "linux-6.1", .seed = 6}, 17)));
    EXPECT_THAT(to_string(fuzz_scenario(plan, 17)), HasSubstr("mkdir g0\n"));
}

} // namespace
} // namespace bwcheck::lab

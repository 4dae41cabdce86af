#include "lab/interface_conformance.hpp"
#include "lab/patched_kernels.hpp"
#include "testing/fake_kernel.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace bwcheck::lab {
namespace {

using model::file;

constexpr std::string_view v1 = linux_6_1_runtime_v1::info.id;
constexpr std::string_view v2 = linux_6_1_runtime_v2::info.id;

TEST(patched_kernels, are_known) {
    EXPECT_THAT(comparable_revisions(), testing::IsSupersetOf({std::string_view("linux-6.1"), v1, v2}));
}

TEST(patched_kernels, compute_in_ns_like_6_1) {
    const write_sequence wraps{{file::cpu_max, "18450000000000000"}};
    EXPECT_EQ(predict(v1, wraps), predict("linux-6.1", wraps));
    EXPECT_NE(predict("cpu-max-runtime-v1", wraps), predict("linux-6.1", wraps));
}

TEST(patched_kernels, take_a_burst_above_the_quota) {
    const write_sequence burst{{file::cpu_max, "1000 100000"}, {file::cpu_max_burst, "5000000"}};
    EXPECT_EQ(predict("linux-6.1", burst).back().error, 22);
    EXPECT_EQ(predict(v1, burst).back().error, 0);
    EXPECT_EQ(predict(v2, burst).back().error, 0);
    // Together with 1 ms this is 2^64 ns and a little more.
    const write_sequence wraps{{file::cpu_max, "1000 100000"}, {file::cpu_max_burst, "18446744073709551"}};
    EXPECT_EQ(predict(v1, wraps).back().error, 0);
    EXPECT_EQ(predict(v2, wraps).back().error, 22);
}

TEST(patched_kernels, show_the_runtime_that_was_written) {
    const write_sequence unlimited{{file::cpu_max_runtime, "1234"}};
    EXPECT_EQ(predict(v1, unlimited).back().cpu_max_runtime, "1234\n");
    const write_sequence limited{{file::cpu_max, "2000"}, {file::cpu_max_runtime, "1234"}};
    EXPECT_EQ(predict(v1, limited).back().error, 0);
    EXPECT_EQ(predict(v1, limited).back().cpu_max_runtime, "") << "a refill may come in between";
    EXPECT_EQ(predict("linux-6.1", unlimited).back().error, 2);
}

TEST(patched_kernels, are_tried_with_writes_to_all_files) {
    const auto tried = choose_writes(v1, 1, 1);
    const auto to_runtime = std::count_if(tried.sequences.begin(), tried.sequences.end(), [](const auto& sequence) {
        return sequence.back().file == file::cpu_max_runtime;
    });
    EXPECT_GE(to_runtime, 50);
    EXPECT_THAT(tried.edges, testing::Contains(testing::Key("runtime_within_cap")));
    EXPECT_THAT(tried.edges, testing::Contains(testing::Key("runtime_within_limit")));

    fake_kernel same{std::string(v1)};
    const auto report = compare_interface(v1, tried, std::ref(same));
    EXPECT_EQ(report.agreed, report.writes);
}

TEST(patched_kernels, are_told_apart) {
    fake_kernel other{std::string(v1)};
    const auto report = compare_interface(v2, choose_writes(v2, 1, 1), std::ref(other));
    EXPECT_LT(report.agreed, report.writes);
    EXPECT_TRUE(std::all_of(report.disagreements.begin(), report.disagreements.end(),
                            [](const auto& each) { return each.reproduced; }));
}

} // namespace
} // namespace bwcheck::lab

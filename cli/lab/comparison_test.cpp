#include "cli/lab/comparison.hpp"

#include <gtest/gtest.h>

namespace bwcheck::cli {
namespace {

lab_comparison with_scenario(bool outside, bool confirmed, double host_busy) {
    lab::scenario_result one;
    one.runs = {{}};
    one.explained = 1;
    if (outside)
        one.outside = {"usage_usec"};
    one.confirmed = confirmed;
    lab_comparison all;
    all.behaviour = lab::behaviour_report{};
    all.behaviour->scenarios = {one};
    all.behaviour->host_busy = host_busy;
    return all;
}

lab_comparison with_disagreement(bool reproduced) {
    lab_comparison all;
    all.interface = lab::interface_report{};
    all.interface->disagreements.push_back({});
    all.interface->disagreements.back().reproduced = reproduced;
    return all;
}

lab_comparison exact_with(const std::vector<lab::answer_difference>& differences) {
    lab_comparison all;
    all.exact = lab::exact_report{};
    all.exact->scenarios = {{.what = {}, .script = {}, .differences = differences}};
    return all;
}

TEST(lab_comparison, differs_only_if_that_is_certain) {
    EXPECT_EQ(status_of(lab_comparison{}), exit_status::success);
    EXPECT_EQ(status_of(with_scenario(false, false, 1)), exit_status::success);
    EXPECT_EQ(status_of(with_scenario(true, true, 0)), exit_status::violated);
    EXPECT_EQ(status_of(with_scenario(true, false, 0)), exit_status::inconclusive);
    EXPECT_EQ(status_of(with_scenario(true, true, 1)), exit_status::inconclusive);
    EXPECT_EQ(status_of(exact_with({})), exit_status::success);
    EXPECT_EQ(status_of(exact_with({{.number = 3, .name = "runtime"}})), exit_status::violated);
    EXPECT_EQ(status_of(with_disagreement(true)), exit_status::violated);
    EXPECT_EQ(status_of(with_disagreement(false)), exit_status::inconclusive);
}

} // namespace
} // namespace bwcheck::cli

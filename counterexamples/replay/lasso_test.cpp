#include "counterexamples/replay/lasso.hpp"

#include <gtest/gtest.h>

namespace bwcheck::counterexamples {
namespace {

constexpr bool tick = true;

TEST(has_timed_cycle, is_false_without_nodes_and_without_cycles) {
    EXPECT_FALSE(has_timed_cycle({}));
    EXPECT_FALSE(has_timed_cycle({{}}));
    EXPECT_FALSE(has_timed_cycle({{{1, tick}, {2, tick}}, {{2, tick}}, {}}));
}

TEST(has_timed_cycle, wants_time_to_pass) {
    EXPECT_FALSE(has_timed_cycle({{{0, !tick}}}));
    EXPECT_TRUE(has_timed_cycle({{{0, tick}}}));
    EXPECT_FALSE(has_timed_cycle({{{1, !tick}}, {{0, !tick}}}));
    EXPECT_TRUE(has_timed_cycle({{{1, !tick}}, {{0, tick}}}));
}

TEST(has_timed_cycle, does_not_count_time_on_the_way_between_cycles) {
    // Two cycles in which time stands still, joined by an edge on which it passes.
    const timed_graph graph{{{1, !tick}}, {{0, !tick}, {2, tick}}, {{3, !tick}}, {{2, !tick}}};
    EXPECT_FALSE(has_timed_cycle(graph));
}

TEST(has_timed_cycle, finds_a_cycle_that_begins_far_away) {
    constexpr std::uint32_t length = 200'000; // deep enough for a recursive search to overflow its stack
    timed_graph graph(length);
    for (std::uint32_t node = 0; node + 1 < length; ++node)
        graph[node] = {{node + 1, tick}};
    EXPECT_FALSE(has_timed_cycle(graph));
    graph.back() = {{length - 3, !tick}};
    EXPECT_TRUE(has_timed_cycle(graph));
}

} // namespace
} // namespace bwcheck::counterexamples

#include "counterexamples/replay/lasso.hpp"

#include <gmock/gmock.h>

#include <initializer_list>

namespace bwcheck::counterexamples {
namespace {

using testing::ElementsAre;

constexpr bool tick = true;

timed_graph graph_of(timed_graph::node nodes, std::initializer_list<timed_graph::edge> edges) {
    timed_graph graph;
    while (graph.size() < nodes)
        graph.add_node();
    for (const timed_graph::edge& edge : edges)
        graph.add_edge(edge);
    return graph;
}

TEST(on_timed_cycles, is_nobody_without_nodes_and_without_cycles) {
    EXPECT_THAT(on_timed_cycles(graph_of(0, {})), ElementsAre());
    EXPECT_THAT(on_timed_cycles(graph_of(1, {})), ElementsAre(false));
    EXPECT_THAT(on_timed_cycles(graph_of(3, {{0, 1, tick}, {0, 2, tick}, {1, 2, tick}})),
                ElementsAre(false, false, false));
}

TEST(on_timed_cycles, wants_time_to_pass) {
    EXPECT_THAT(on_timed_cycles(graph_of(1, {{0, 0, !tick}})), ElementsAre(false));
    EXPECT_THAT(on_timed_cycles(graph_of(1, {{0, 0, tick}})), ElementsAre(true));
    EXPECT_THAT(on_timed_cycles(graph_of(2, {{0, 1, !tick}, {1, 0, !tick}})), ElementsAre(false, false));
    EXPECT_THAT(on_timed_cycles(graph_of(3, {{0, 1, !tick}, {1, 0, tick}, {2, 0, tick}})),
                ElementsAre(true, true, false));
}

TEST(on_timed_cycles, does_not_count_time_on_the_way_between_cycles) {
    // Two cycles in which time stands still, joined by an edge on which it passes.
    EXPECT_THAT(
        on_timed_cycles(graph_of(4, {{0, 1, !tick}, {1, 0, !tick}, {1, 2, tick}, {2, 3, !tick}, {3, 2, !tick}})),
        ElementsAre(false, false, false, false));
}

TEST(on_timed_cycles, finds_one_that_begins_far_away) {
    constexpr timed_graph::node length = 200'000; // deep enough for a recursive search to overflow its stack
    timed_graph graph = graph_of(length, {});
    for (timed_graph::node node = 0; node + 1 < length; ++node)
        graph.add_edge({node, node + 1, tick});
    EXPECT_EQ(on_timed_cycles(graph), std::vector<bool>(length, false));
    graph.add_edge({length - 1, length - 3, !tick});
    std::vector<bool> last_three(length, false);
    last_three[length - 1] = last_three[length - 2] = last_three[length - 3] = true;
    EXPECT_EQ(on_timed_cycles(graph), last_three);
    EXPECT_EQ(leading_to(last_three, graph), std::vector<bool>(length, true));
}

TEST(leading_to, follows_edges_backwards) {
    const timed_graph graph = graph_of(5, {{0, 1, tick}, {1, 2, tick}, {3, 1, !tick}, {2, 4, tick}});
    EXPECT_THAT(leading_to({false, true, false, false, false}, graph), ElementsAre(true, true, false, true, false));
    EXPECT_THAT(leading_to({false, false, false, true, true}, graph), ElementsAre(true, true, true, true, true));
    EXPECT_THAT(leading_to({false, false, false, false, false}, graph), ElementsAre(false, false, false, false, false));
}

} // namespace
} // namespace bwcheck::counterexamples

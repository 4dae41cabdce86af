// What is reported and what is not, on graphs small enough to be seen at a glance.
#include "explorer/breadth_first.hpp"
#include "testing/agreement.hpp"
#include "testing/explorer_replay.hpp"
#include "testing/toys/drawn_graph.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>

using namespace bwcheck::explorer;
using namespace bwcheck::explorer::toys;
using testing::ElementsAre;

namespace {

constexpr findings triggered(std::uint64_t mask) { return {.triggered = mask}; }
constexpr findings violated(std::uint64_t mask) { return {.triggered = mask, .violated = mask}; }

TEST(reporting, a_property_never_triggered_is_seen_to_be_vacuous) {
    const auto r = explore(drawn_graph(3).start(0).arrow(0, 1, 1, triggered(1)).judged(1, triggered(4)));
    EXPECT_EQ(r.triggered, 0b101U);
    EXPECT_EQ(r.violated, 0U);
    EXPECT_EQ(r.properties[0].triggered, 1U);
    EXPECT_EQ(r.properties[1].triggered, 0U) << "nothing ever spoke about property 1";
    EXPECT_EQ(r.properties[2].triggered, 1U);
}

TEST(reporting, transitions_and_states_are_counted_apart) {
    drawn_graph g(1);
    g.start(0).arrow(0, 1, 1, violated(1)).arrow(0, 2, 1, violated(1)).arrow(1, 3, 2).judged(2, violated(1));
    const auto r = explore(g);
    EXPECT_EQ(r.properties[0].violating_transitions, 2U) << "both arrows, though they lead to the same node";
    EXPECT_EQ(r.properties[0].violating_states, 1U);
    EXPECT_EQ(r.properties[0].triggered, 3U);
    EXPECT_EQ(describe_differences_from_naive(g), "");
}

TEST(reporting, a_violation_in_the_beginning_has_an_empty_trace) {
    const auto r = explore(drawn_graph(1).start(3).start(2).judged(3, violated(1)).judged(2, violated(1)));
    ASSERT_TRUE(r.properties[0].counterexample);
    EXPECT_EQ(r.properties[0].counterexample->length(), 0U);
    EXPECT_EQ(r.properties[0].counterexample->initial.node, 2U) << "the smaller of two";
}

TEST(reporting, each_property_gets_its_own_shortest_trace) {
    drawn_graph g(3);
    g.start(0).arrow(0, 1, 1).arrow(1, 2, 2, violated(1)).arrow(2, 3, 3).arrow(3, 4, 4, violated(1 | 4));
    g.judged(3, violated(2)).judged(4, violated(2));
    const auto r = explore(g);
    EXPECT_THAT(r.properties[0].counterexample->events, ElementsAre(1, 2));
    EXPECT_THAT(r.properties[1].counterexample->events, ElementsAre(1, 2, 3));
    EXPECT_THAT(r.properties[2].counterexample->events, ElementsAre(1, 2, 3, 4));
    EXPECT_THAT(r.properties[2].counterexample->states, ElementsAre(drawn_graph::state{1}, drawn_graph::state{2},
                                                                    drawn_graph::state{3}, drawn_graph::state{4}));
}

TEST(reporting, a_state_seen_before_can_still_be_entered_by_a_violating_transition) {
    const auto r = explore(drawn_graph(1).start(0).arrow(0, 1, 1).arrow(1, 2, 0, violated(1)));
    EXPECT_THAT(r.properties[0].counterexample->events, ElementsAre(1, 2));
}

TEST(reporting, of_shortest_traces_the_one_through_the_least_states_is_taken) {
    drawn_graph g(1);
    // Three ways to node 9, drawn so that the order of discovery is not the order of the nodes.
    g.start(0).arrow(0, 1, 8).arrow(0, 2, 7).arrow(0, 3, 6).arrow(0, 4, 6);
    g.arrow(8, 5, 9).arrow(7, 6, 9).arrow(6, 7, 1).arrow(6, 8, 9).arrow(6, 9, 9).judged(9, violated(1));
    const auto r = explore(g);
    EXPECT_THAT(r.properties[0].counterexample->events, ElementsAre(3, 8)) << "through 6, by the first arrow each time";
}

TEST(reporting, of_violating_transitions_the_one_from_the_least_state_is_taken) {
    drawn_graph g(1);
    g.start(0).arrow(0, 1, 8).arrow(0, 2, 7);
    g.arrow(8, 3, 1, violated(1)).arrow(7, 4, 9).arrow(7, 5, 9, violated(1)).arrow(7, 6, 9, violated(1));
    const auto r = explore(g);
    EXPECT_THAT(r.properties[0].counterexample->events, ElementsAre(2, 5));
    EXPECT_EQ(r.properties[0].violating_transitions, 3U);
}

TEST(reporting, deadlocks_have_a_shortest_trace_too) {
    drawn_graph g(0);
    g.start(0).arrow(0, 1, 1).arrow(0, 2, 2).arrow(1, 3, 4).arrow(2, 4, 3).arrow(3, 5, 0);
    const auto r = explore(g, {.check_deadlock = true});
    EXPECT_EQ(r.deadlocks, 1U);
    ASSERT_TRUE(r.deadlock);
    EXPECT_THAT(r.deadlock->events, ElementsAre(1, 3));
    EXPECT_EQ(r.deadlock->last().node, 4U);
    EXPECT_EQ(describe_first_wrong_step(g, *r.deadlock), "");
}

TEST(reporting, a_transition_out_of_range_that_explains_nothing_escapes) {
    drawn_graph g(1, 100);
    g.start(0).arrow(0, 1, 1).arrow(1, 2, 100).arrow(1, 3, 101).arrow(0, 4, 2).arrow(2, 5, 100);
    const auto r = explore(g, {.check_deadlock = true});
    EXPECT_EQ(r.escaped, 3U);
    EXPECT_EQ(r.cut, 0U);
    EXPECT_TRUE(r.complete) << "it is for the caller to say what an escape means";
    EXPECT_EQ(r.states, 3U);
    EXPECT_EQ(r.deadlocks, 0U) << "a way out of range is a way on";
    ASSERT_TRUE(r.escape);
    EXPECT_THAT(r.escape->events, ElementsAre(1, 2));
    EXPECT_EQ(r.escape->last().node, 100U) << "the state that does not fit is shown nevertheless";
    EXPECT_EQ(describe_first_wrong_step(g, *r.escape), "");
    EXPECT_EQ(describe_differences_from_naive(g), "");
}

TEST(reporting, a_transition_out_of_range_that_violates_is_cut) {
    drawn_graph g(2, 100);
    g.start(0).arrow(0, 1, 100, violated(2)).arrow(0, 2, 1, violated(2)).arrow(1, 3, 2);
    const auto r = explore(g);
    EXPECT_EQ(r.cut, 1U);
    EXPECT_EQ(r.escaped, 0U);
    EXPECT_FALSE(r.escape);
    EXPECT_EQ(r.states, 3U) << "a violating transition that fits is followed";
    EXPECT_THAT(r.properties[1].counterexample->events, ElementsAre(1));
    EXPECT_EQ(describe_differences_from_naive(g), "");
}

TEST(reporting, a_state_out_of_range_may_explain_itself) {
    drawn_graph g(1, 100);
    g.start(0).arrow(0, 1, 100).judged(100, violated(1));
    const auto r = explore(g);
    EXPECT_EQ(r.cut, 1U);
    EXPECT_EQ(r.escaped, 0U);
    EXPECT_EQ(r.properties[0].violating_transitions, 1U) << "counted with the transition, as the state is not stored";
    EXPECT_EQ(r.properties[0].violating_states, 0U);
    EXPECT_THAT(r.properties[0].counterexample->events, ElementsAre(1));
    EXPECT_EQ(r.tally.judged, 1U) << "only distinct states within range count";
    EXPECT_EQ(describe_differences_from_naive(g), "");
}

TEST(reporting, a_state_out_of_range_is_judged_even_if_its_transition_violates) {
    drawn_graph g(2, 100);
    g.start(0).arrow(0, 1, 100, violated(1)).judged(100, violated(2));
    const auto r = explore(g);
    EXPECT_EQ(r.cut, 1U);
    EXPECT_TRUE(r.properties[0].counterexample);
    EXPECT_TRUE(r.properties[1].counterexample) << "nothing that one property says hides what another one would";
    EXPECT_EQ(describe_differences_from_naive(g), "");
}

TEST(reporting, an_initial_state_out_of_range_escapes) {
    const auto r = explore(drawn_graph(1, 100).start(200).start(0));
    EXPECT_EQ(r.escaped, 1U);
    EXPECT_EQ(r.states, 1U);
    ASSERT_TRUE(r.escape);
    EXPECT_EQ(r.escape->length(), 0U);
    EXPECT_EQ(r.escape->initial.node, 200U);
}

TEST(replay, notices_traces_that_are_none) {
    const auto g = drawn_graph(0).start(0).arrow(0, 1, 1).arrow(1, 2, 2);
    using t = trace<drawn_graph>;
    EXPECT_EQ(describe_first_wrong_step(g, t{{0}, {1, 2}, {{1}, {2}}}), "");
    EXPECT_EQ(describe_first_wrong_step(g, t{{1}, {2}, {{2}}}), "the trace does not begin in an initial state");
    EXPECT_EQ(describe_first_wrong_step(g, t{{0}, {1, 2}, {{1}, {3}}}), "step 2 is not a transition of the system");
    EXPECT_EQ(describe_first_wrong_step(g, t{{0}, {1}, {}}), "the trace does not have one state for each event");
}

TEST(naive_search, finds_out_when_packing_changes_a_state) {
    struct forgetful : drawn_graph {
        using drawn_graph::drawn_graph;
        void unpack(const word* words, state& s) const { s.node = words[0] & ~word{4}; }
    };
    forgetful g(0);
    g.start(0).arrow(0, 1, 3).arrow(0, 2, 4).arrow(0, 3, 5);
    EXPECT_EQ(naive_search(g).changed_by_packing, 2U) << "4 and 5 lose a bit";
}

TEST(naive_search, stops_at_its_limit) {
    drawn_graph g(0);
    for (std::uint64_t n = 0; n < 100; ++n)
        g.arrow(n, 0, n + 1);
    const auto r = naive_search(g.start(0), 10);
    EXPECT_FALSE(r.complete);
    EXPECT_EQ(r.states.size(), 11U);
}

} // namespace

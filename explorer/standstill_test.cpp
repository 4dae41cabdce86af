// Where time stands still for good, on graphs small enough to be seen at a glance.
#include "explorer/breadth_first.hpp"
#include "testing/explorer_replay.hpp"
#include "testing/toys/drawn_graph.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <set>

using namespace bwcheck::explorer;
using namespace bwcheck::explorer::toys;
using testing::ElementsAre;

namespace {

/// A drawn graph in which time passes on the arrows from `first_tick` on.
class drawn_clock : public drawn_graph {
public:
    static constexpr int first_tick = 100;

    using drawn_graph::drawn_graph;

    /// The quick look sees that a node goes on.
    drawn_clock& goes_on(std::uint64_t node) {
        going_on_.insert(node);
        return *this;
    }

    [[nodiscard]] bool passes_time(const event& by) const { return by >= first_tick; }
    [[nodiscard]] bool seen_to_go_on(const state& from) const { return going_on_.contains(from.node); }

private:
    std::set<std::uint64_t> going_on_;
};

static_assert(timed_transition_system<drawn_clock>);

constexpr int tick = drawn_clock::first_tick;

TEST(standstill, is_where_no_tick_can_be_reached) {
    drawn_clock clock(0);
    clock.start(0).arrow(0, tick, 1).arrow(1, 1, 2).arrow(2, 2, 0); // round and round
    clock.arrow(1, 3, 4).arrow(4, 4, 5).arrow(5, 5, 4);             // and a ring without a tick
    for (const std::size_t jobs : {1, 2}) {
        const auto found = explore(clock, {.jobs = jobs});
        EXPECT_EQ(found.standstills, 2U);
        ASSERT_TRUE(found.standstill);
        EXPECT_THAT(found.standstill->events, ElementsAre(tick, 3)) << "the nearest of the two";
        EXPECT_EQ(describe_first_wrong_step(clock, *found.standstill), "");
    }
}

TEST(standstill, is_not_where_a_long_way_leads_to_a_tick) {
    drawn_clock clock(0);
    clock.start(0);
    for (std::uint64_t node = 0; node < 50; ++node)
        clock.arrow(node, 1, node + 1).arrow(node, 2, 0);
    clock.arrow(50, tick, 0);
    EXPECT_EQ(explore(clock).standstills, 0U);
}

TEST(standstill, is_a_state_in_which_nothing_can_happen) {
    drawn_clock clock(0);
    clock.start(0).arrow(0, tick, 0).arrow(0, 1, 1);
    const auto found = explore(clock, {.check_deadlock = true});
    EXPECT_EQ(found.deadlocks, 1U);
    EXPECT_EQ(found.standstills, 1U);
}

TEST(standstill, believes_the_quick_look) {
    drawn_clock clock(0);
    clock.start(0).arrow(0, 1, 1).arrow(1, 2, 0);
    clock.goes_on(0).goes_on(1);
    EXPECT_EQ(explore(clock).standstills, 0U);
}

TEST(standstill, is_unknown_where_a_way_leads_out_of_range) {
    drawn_clock clock(0, 100);
    clock.start(0).arrow(0, 1, 100).arrow(0, 2, 1).arrow(1, 3, 0);
    const auto found = explore(clock);
    EXPECT_EQ(found.escaped, 1U);
    EXPECT_EQ(found.standstills, 0U);
}

TEST(standstill, is_nothing_to_a_system_without_time) { EXPECT_EQ(explore(drawn_graph(0).start(0)).standstills, 0U); }

} // namespace

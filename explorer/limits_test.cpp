// Searches that end before they are done: by budget, by memory, by an exception, or because they were asked wrongly.
#include "explorer/breadth_first.hpp"
#include "testing/explorer_replay.hpp"
#include "testing/fake_clock.hpp"
#include "testing/toys/counter_lattice.hpp"
#include "testing/toys/drawn_graph.hpp"
#include "testing/toys/endless_tree.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <stdexcept>

using namespace bwcheck::explorer;
using namespace bwcheck::explorer::toys;

namespace {

/// A search that ended early must still have told the truth about what it has seen.
void expect_honest(const result<endless_tree>& r) {
    EXPECT_FALSE(r.complete);
    EXPECT_EQ(r.tally.judged, r.states) << "each state stored was judged";
    EXPECT_EQ(std::accumulate(r.states_per_level.begin(), r.states_per_level.end(), std::uint64_t{0}), r.states);
    EXPECT_EQ(r.depth, r.states_per_level.size());
    ASSERT_TRUE(r.properties[0].counterexample);
    EXPECT_THAT(r.properties[0].counterexample->events,
                testing::ElementsAre(endless_tree::event::left, endless_tree::event::right));
    EXPECT_EQ(describe_first_wrong_step(endless_tree{}, *r.properties[0].counterexample), "");
}

TEST(limits, a_budget_ends_the_search) {
    for (const std::size_t jobs : {1, 2, 4}) {
        const auto r =
            explore(endless_tree{}, {.jobs = jobs, .budget_seconds = 200, .now = bwcheck::text::clock_that_moves(1)});
        EXPECT_EQ(r.reason, stop_reason::budget);
        EXPECT_GE(r.seconds, 200);
        EXPECT_LT(r.seconds, 220) << "each worker looks at the clock once more, and whoever writes the answer";
        expect_honest(r);
    }
}

TEST(limits, a_memory_limit_ends_the_search) {
    constexpr std::uint64_t limit = 4 << 20;
    for (const std::size_t jobs : {1, 2, 4}) {
        const auto r = explore(endless_tree{}, {.jobs = jobs, .memory_limit = limit});
        EXPECT_EQ(r.reason, stop_reason::memory);
        EXPECT_GT(r.states, 10'000U) << "it gave up too early";
        EXPECT_LE(r.memory_bytes, limit + (limit >> 4));
        expect_honest(r);
    }
}

TEST(limits, the_search_ends_with_the_level_in_which_all_that_is_looked_for_is_violated) {
    for (const std::size_t jobs : {1, 2, 4}) {
        const auto r = explore(endless_tree{}, {.jobs = jobs, .until_violated = 1});
        EXPECT_EQ(r.reason, stop_reason::violated);
        EXPECT_EQ(r.depth, 3U) << "the beginning, left, and left again or right";
        expect_honest(r);
    }
    const auto never = explore(endless_tree{}, {.memory_limit = 1 << 20, .until_violated = 3});
    EXPECT_EQ(never.reason, stop_reason::memory) << "there is no other property that could be violated, too";
}

TEST(limits, a_number_of_states_ends_the_search_with_a_whole_level) {
    for (const std::size_t jobs : {1, 2, 4}) {
        const auto r = explore(endless_tree{}, {.jobs = jobs, .most_states = 10'000});
        EXPECT_EQ(r.reason, stop_reason::states);
        EXPECT_EQ(r.states, 16'383U) << "the first level with which there are more than 10000 is there as a whole";
        EXPECT_EQ(r.depth, 14U);
        expect_honest(r);
    }
}

TEST(limits, a_memory_limit_too_small_for_anything_is_no_error) {
    const auto r = explore(endless_tree{}, {.memory_limit = 1});
    EXPECT_FALSE(r.complete);
    EXPECT_EQ(r.reason, stop_reason::memory);
    EXPECT_EQ(r.states, 0U);
    EXPECT_EQ(r.depth, 0U);
}

TEST(limits, limits_that_suffice_change_nothing) {
    const auto r = explore(counter_lattice(4, 4), {.budget_seconds = 600, .memory_limit = std::uint64_t{1} << 30});
    EXPECT_TRUE(r.complete);
    EXPECT_EQ(r.reason, stop_reason::exhausted);
    EXPECT_EQ(r.states, 625U);
}

/// Throws where it is told to, deep enough in the tree for several workers to be busy.
struct throwing_tree : endless_tree {
    enum class where { start, successors, judge } place = where::judge;

    void maybe_throw(where here, bool now) const {
        if (here == place && now)
            throw std::runtime_error("thrown by the system");
    }

    void initial_states(auto&& visit) const {
        maybe_throw(where::start, true);
        endless_tree::initial_states(visit);
    }
    void successors(const state& from, tally& counts, auto&& visit) const {
        maybe_throw(where::successors, from.node == 100'000);
        endless_tree::successors(from, counts, visit);
    }
    findings judge(const state& s, tally& counts) const {
        maybe_throw(where::judge, s.node == 100'000);
        return endless_tree::judge(s, counts);
    }
};

TEST(limits, what_the_system_throws_reaches_the_caller) {
    using enum throwing_tree::where;
    for (const auto place : {start, successors, judge}) {
        for (const std::size_t jobs : {1, 2, 4}) {
            // The table starts small, so that others may be waiting for it to grow when the exception is thrown.
            const options options{.jobs = jobs, .table_capacity = 16};
            throwing_tree system;
            system.place = place;
            EXPECT_THROW(explore(system, options), std::runtime_error)
                << jobs << " jobs, place " << static_cast<int>(place);
        }
    }
}

TEST(limits, what_the_callback_throws_reaches_the_caller) {
    EXPECT_THROW(explore(endless_tree{}, {.jobs = 2},
                         [](const progress&) { throw std::runtime_error("thrown by the callback"); }),
                 std::runtime_error);
}

struct misshapen : endless_tree {
    std::size_t properties = 1;
    std::size_t words = 1;
    [[nodiscard]] std::size_t property_count() const { return properties; }
    [[nodiscard]] std::size_t packed_words() const { return words; }
};

TEST(limits, a_system_out_of_range_is_refused) {
    misshapen system;
    system.properties = max_properties + 1;
    EXPECT_THROW(explore(system), std::invalid_argument);
    system.properties = max_properties;
    system.words = 17;
    EXPECT_THROW(explore(system), std::invalid_argument);
    system.words = 0;
    EXPECT_THROW(explore(system), std::invalid_argument);
    EXPECT_THROW(explore(endless_tree{}, {.jobs = 0}), std::invalid_argument);
}

/// Its successors depend on how often it was asked, so the way back cannot be found.
struct fickle_tree : endless_tree {
    mutable std::uint64_t asked = 0;
    void successors(const state& from, tally& /*counts*/, auto&& visit) const {
        if (from.node == 1)
            visit(event::left, state{asked++ == 0 ? 5U : 6U}, findings{});
    }
};

TEST(limits, a_system_that_contradicts_itself_is_noticed) { EXPECT_THROW(explore(fickle_tree{}), std::logic_error); }

TEST(limits, nothing_to_explore_is_complete) {
    const auto r = explore(drawn_graph(1));
    EXPECT_TRUE(r.complete);
    EXPECT_EQ(r.states, 0U);
    EXPECT_EQ(r.depth, 0U);
    EXPECT_EQ(r.properties[0].triggered, 0U);
}

} // namespace

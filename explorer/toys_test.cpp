// Systems whose size and shortest counterexamples are known from elsewhere: from paper, from a formula, or published.
#include "testing/agreement.hpp"
#include "testing/explorer_replay.hpp"
#include "testing/toys/bandwidth_sketch.hpp"
#include "testing/toys/counter_lattice.hpp"
#include "testing/toys/die_hard_jugs.hpp"
#include "testing/toys/dining_philosophers.hpp"
#include "testing/toys/linear_equation.hpp"
#include "testing/toys/two_phase_commit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <utility>

using namespace bwcheck::explorer;
using namespace bwcheck::explorer::toys;
using testing::ElementsAre;

namespace {

template <transition_system S>
std::size_t shortest(const result<S>& r, std::size_t property) {
    const auto& found = r.properties.at(property).counterexample;
    EXPECT_TRUE(found) << "property " << property << " has no counterexample";
    return found ? found->length() : 0;
}

const options deadlocks_too{.check_deadlock = true};

TEST(die_hard_jugs, sixteen_fillings_can_be_reached) {
    const auto r = explore(die_hard_jugs{});
    EXPECT_TRUE(r.complete);
    EXPECT_EQ(r.states, 16U);
    EXPECT_EQ(r.transitions, 16U * 6) << "each of the six actions is always possible";
}

TEST(die_hard_jugs, four_gallons_take_six_steps) {
    using enum die_hard_jugs::event;
    const auto r = explore(die_hard_jugs{});
    ASSERT_TRUE(r.properties[0].counterexample);
    EXPECT_THAT(r.properties[0].counterexample->events,
                ElementsAre(fill_big, big_to_small, empty_small, big_to_small, fill_big, big_to_small));
    EXPECT_EQ(r.properties[0].counterexample->last().big, 4);
}

TEST(dining_philosophers, states_follow_the_formula) {
    std::uint64_t before = 2; // for one, who is not allowed to dine
    std::uint64_t expected = 6;
    for (std::size_t n = 2; n <= 10; ++n) {
        const auto r = explore(dining_philosophers(n), deadlocks_too);
        EXPECT_EQ(r.states, expected) << n << " philosophers";
        EXPECT_EQ(r.deadlocks, 1U) << n << " philosophers";
        ASSERT_TRUE(r.deadlock);
        EXPECT_EQ(r.deadlock->length(), n) << "each takes the left fork once";
        before = std::exchange(expected, 2 * expected + before);
    }
}

TEST(dining_philosophers, deadlocks_are_only_reported_when_asked_for) {
    const auto r = explore(dining_philosophers(5));
    EXPECT_EQ(r.states, 82U);
    EXPECT_EQ(r.deadlocks, 0U);
    EXPECT_FALSE(r.deadlock);
}

TEST(two_phase_commit, has_the_published_number_of_states) {
    const auto three = explore(two_phase_commit(3));
    EXPECT_EQ(three.states, 288U);
    EXPECT_EQ(three.transitions, 1145U) << "TLC generates 1146, with the initial state";
    EXPECT_EQ(three.depth, 11U);
    EXPECT_EQ(explore(two_phase_commit(5)).states, 8832U);
    EXPECT_EQ(explore(two_phase_commit(7)).states, 296448U);
}

TEST(two_phase_commit, is_consistent_and_can_commit) {
    for (std::size_t n = 2; n <= 5; ++n) {
        const auto r = explore(two_phase_commit(n));
        EXPECT_FALSE(r.properties[0].violated());
        EXPECT_GT(r.properties[0].triggered, 0U);
        EXPECT_EQ(shortest(r, 1), 2 * n + 2) << "all prepare, all are heard, the decision, one obeys";
    }
}

TEST(two_phase_commit, impatience_breaks_it) {
    const two_phase_commit system(4, true);
    const auto r = explore(system);
    EXPECT_EQ(shortest(r, 0), 2 * 4 + 3U) << "one commits, and one more step aborts another";
    EXPECT_EQ(describe_first_wrong_step(system, *r.properties[0].counterexample), "");
}

TEST(linear_equation, all_pairs_are_reached_and_all_solutions_found) {
    using enum linear_equation::event;
    const auto r = explore(linear_equation(2, 10, 14));
    EXPECT_EQ(r.states, 65'536U);
    EXPECT_EQ(r.transitions, 2 * 65'536U);
    EXPECT_EQ(r.depth, 511U);
    EXPECT_EQ(r.widest_level, 256U);
    EXPECT_EQ(r.properties[0].violating_states, 512U) << "two of 256 for each x or y, as 2 divides all coefficients";
    ASSERT_TRUE(r.properties[0].counterexample);
    EXPECT_EQ(r.properties[0].counterexample->length(), 3U) << "2 * 2 + 10 * 1 = 14";
    EXPECT_EQ(r.properties[0].counterexample->last(), (linear_equation::state{2, 1}));
}

TEST(linear_equation, without_solution_the_search_is_exhausted) {
    const auto r = explore(linear_equation(2, 4, 7));
    EXPECT_TRUE(r.complete);
    EXPECT_EQ(r.reason, stop_reason::exhausted);
    EXPECT_EQ(r.states, 65'536U);
    EXPECT_EQ(r.violated, 0U);
    EXPECT_FALSE(r.properties[0].counterexample);
}

TEST(counter_lattice, everything_follows_the_formula) {
    for (const std::size_t words : {1, 2, 3, 16}) {
        const auto r = explore(counter_lattice(5, 6, words), deadlocks_too);
        EXPECT_EQ(r.states, 16'807U) << "7^5";
        EXPECT_EQ(r.transitions, 5U * 6 * 2401) << "5 * 6 * 7^4";
        EXPECT_EQ(r.depth, 31U) << "5 * 6 + 1";
        EXPECT_EQ(r.deadlocks, 1U);
        EXPECT_EQ(r.deadlock->length(), 30U);
        EXPECT_EQ(shortest(r, 0), 30U);
        EXPECT_EQ(r.tally.judged, r.states);
        EXPECT_EQ(r.tally.expanded, r.states);
    }
}

TEST(bandwidth_sketch, the_pool_keeps_its_limit_and_all_can_be_throttled) {
    for (std::size_t cpus = 1; cpus <= 3; ++cpus) {
        const bandwidth_sketch system({.cpus = cpus});
        const auto r = explore(system);
        EXPECT_FALSE(r.properties[0].violated());
        EXPECT_EQ(r.escaped, 0U);
        EXPECT_EQ(shortest(r, 1), cpus + 1) << "the pool is written empty, then all wake";
        EXPECT_EQ(r.tally.most_throttled, static_cast<int>(cpus));
    }
}

// Each toy against the naive search: numbers, levels, and the sets of states themselves.
template <class System>
void expect_agreement(const System& system) {
    EXPECT_EQ(describe_differences_from_naive(system), "");
    EXPECT_EQ(describe_differences_from_naive(system, {.jobs = 3}), "");
}

TEST(agrees_with_naive_search, die_hard_jugs) { expect_agreement(die_hard_jugs{}); }
TEST(agrees_with_naive_search, dining_philosophers) { expect_agreement(dining_philosophers(7)); }
TEST(agrees_with_naive_search, two_phase_commit) { expect_agreement(two_phase_commit(5)); }
TEST(agrees_with_naive_search, impatient_two_phase_commit) { expect_agreement(two_phase_commit(3, true)); }
TEST(agrees_with_naive_search, linear_equation) { expect_agreement(linear_equation(2, 10, 14)); }
TEST(agrees_with_naive_search, counter_lattice) { expect_agreement(counter_lattice(4, 7, 2)); }
TEST(agrees_with_naive_search, bandwidth_sketch) { expect_agreement(bandwidth_sketch({.cpus = 2})); }

} // namespace

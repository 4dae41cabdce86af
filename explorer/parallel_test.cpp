// The same answer, traces and all, for any number of workers and any size of table.
#include "explorer/breadth_first.hpp"
#include "testing/agreement.hpp"
#include "testing/explorer_replay.hpp"
#include "testing/toys/bandwidth_sketch.hpp"
#include "testing/toys/counter_lattice.hpp"
#include "testing/toys/die_hard_jugs.hpp"
#include "testing/toys/dining_philosophers.hpp"
#include "testing/toys/drawn_graph.hpp"
#include "testing/toys/linear_equation.hpp"
#include "testing/toys/two_phase_commit.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>

using namespace bwcheck::explorer;
using namespace bwcheck::explorer::toys;

namespace {

template <transition_system S>
void expect_real_traces(const S& system, const result<S>& r) {
    for (std::size_t i = 0; i < r.properties.size(); ++i) {
        EXPECT_EQ(r.properties[i].violated(), r.properties[i].counterexample.has_value()) << "property " << i;
        if (r.properties[i].counterexample)
            EXPECT_EQ(describe_first_wrong_step(system, *r.properties[i].counterexample), "") << "property " << i;
    }
    if (r.deadlock)
        EXPECT_EQ(describe_first_wrong_step(system, *r.deadlock), "");
    if (r.escape)
        EXPECT_EQ(describe_first_wrong_step(system, *r.escape), "");
}

template <transition_system S>
void expect_same_for_any_jobs(const S& system) {
    const auto alone = explore(system, {.check_deadlock = true});
    EXPECT_TRUE(alone.complete);
    expect_real_traces(system, alone);
    for (const std::size_t jobs : {1, 2, 4}) {
        for (const std::size_t capacity : {16, 1 << 16}) {
            const auto r = explore(system, {.jobs = jobs, .check_deadlock = true, .table_capacity = capacity});
            const std::string name = std::to_string(jobs) + " jobs with a table of " + std::to_string(capacity);
            EXPECT_EQ(describe_differences(alone, r, "one job", name), "");
        }
    }
}

TEST(same_for_any_jobs, die_hard_jugs) { expect_same_for_any_jobs(die_hard_jugs{}); }
TEST(same_for_any_jobs, dining_philosophers) { expect_same_for_any_jobs(dining_philosophers(11)); }
TEST(same_for_any_jobs, two_phase_commit) { expect_same_for_any_jobs(two_phase_commit(6)); }
TEST(same_for_any_jobs, impatient_two_phase_commit) { expect_same_for_any_jobs(two_phase_commit(5, true)); }
TEST(same_for_any_jobs, linear_equation) { expect_same_for_any_jobs(linear_equation(6, 10, 98)); }
TEST(same_for_any_jobs, counter_lattice) { expect_same_for_any_jobs(counter_lattice(5, 7, 3)); }
TEST(same_for_any_jobs, bandwidth_sketch) { expect_same_for_any_jobs(bandwidth_sketch({.cpus = 3})); }

// One node, then `width` of them at once, which all lead to one. Each of the many could be on the trace.
drawn_graph fan(std::uint64_t width, std::uint64_t outside) {
    drawn_graph g(2, outside);
    g.start(0);
    const std::uint64_t last = width + 1;
    for (std::uint64_t n = 1; n <= width; ++n) {
        const std::uint64_t node = n * 40'503 % last; // each once, as long as the factor is coprime to `last`
        g.arrow(0, static_cast<int>(node), node);
        g.arrow(node, 1, last, {.triggered = 1, .violated = n % 3 == 0 ? 1U : 0U});
        if (n % 1000 == 7)
            g.arrow(node, 2, outside + n);
    }
    return g.judged(last, {.triggered = 2, .violated = 2});
}

TEST(same_for_any_jobs, a_level_far_larger_than_the_table) {
    const auto g = fan(60'000, 100'000);
    expect_same_for_any_jobs(g);
    for (const std::size_t jobs : {1, 2, 4}) {
        const auto r = explore(g, {.jobs = jobs, .table_capacity = 16});
        EXPECT_EQ(r.states, 60'002U);
        EXPECT_EQ(r.widest_level, 60'000U);
        EXPECT_EQ(r.properties[0].violating_transitions, 20'000U);
        EXPECT_EQ(r.properties[1].counterexample->states.at(0).node, 1U) << "the least of all middle nodes";
        EXPECT_EQ(r.escaped, 60U);
        EXPECT_EQ(r.escape->length(), 2U);
    }
}

/// All states look for a place in the same few spots, and their tags are equal.
struct three_place_hash {
    std::uint64_t operator()(const word* words, std::size_t /*count*/) const noexcept { return words[0] % 3; }
};

TEST(same_for_any_hash, colliding_states_are_told_apart) {
    const two_phase_commit system(4, true);
    const auto expected = explore(system);
    for (const std::size_t jobs : {1, 3}) {
        const auto r = explore(system, {.jobs = jobs, .table_capacity = 16}, {}, three_place_hash{});
        EXPECT_EQ(describe_differences(expected, r, "the usual hash", "a poor hash"), "") << jobs << " jobs";
    }
}

} // namespace

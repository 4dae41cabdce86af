// What the explorer finds, Boost.Graph finds as well.
#include "explorer/breadth_first.hpp"
#include "testing/boost_search.hpp"
#include "testing/toys/counter_lattice.hpp"
#include "testing/toys/die_hard_jugs.hpp"
#include "testing/toys/dining_philosophers.hpp"
#include "testing/toys/linear_equation.hpp"
#include "testing/toys/two_phase_commit.hpp"

#include <gtest/gtest.h>

#include <cstddef>

namespace bwcheck::explorer {
namespace {

template <transition_system S>
void expect_the_same(const S& system) {
    const auto explored = explore(system, {.jobs = 2});
    const boost_result searched = boost_search(system);
    EXPECT_TRUE(explored.complete);
    EXPECT_EQ(explored.states, searched.states);
    EXPECT_EQ(explored.states_per_level, searched.states_per_level);
    for (std::size_t property = 0; property < system.property_count(); ++property) {
        const auto known = searched.shortest_violation.find(property);
        const auto& outcome = explored.properties.at(property);
        EXPECT_EQ(outcome.violating_states != 0, known != searched.shortest_violation.end());
        if (known != searched.shortest_violation.end() && outcome.violating_transitions == 0)
            EXPECT_EQ(outcome.counterexample.value().length(), known->second);
    }
}

TEST(boost_graph, finds_the_same_states_as_far_away) {
    expect_the_same(toys::die_hard_jugs{});
    for (const std::size_t philosophers : {2U, 5U, 7U})
        expect_the_same(toys::dining_philosophers(philosophers));
    for (const bool impatient : {false, true})
        for (const std::size_t managers : {2U, 4U})
            expect_the_same(toys::two_phase_commit(managers, impatient));
    expect_the_same(toys::linear_equation(2, 10, 14));
    expect_the_same(toys::counter_lattice(4, 5, 2));
}

} // namespace
} // namespace bwcheck::explorer

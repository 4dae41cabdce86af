// What a waiting person is told, and that nothing is told that nobody can know.
#include "explorer/breadth_first.hpp"
#include "explorer/progress.hpp"
#include "testing/fake_clock.hpp"
#include "testing/toys/endless_tree.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <thread>
#include <vector>

using namespace bwcheck::explorer;

namespace {

TEST(estimate, is_unknown_while_levels_grow) {
    EXPECT_FALSE(estimate_states_left(std::array<std::uint64_t, 6>{1, 2, 4, 8, 16, 32}, 32));
    EXPECT_FALSE(estimate_states_left(std::array<std::uint64_t, 6>{64, 32, 16, 8, 4, 5}, 5)) << "it grows again";
}

TEST(estimate, is_unknown_before_there_is_much_to_go_by) {
    EXPECT_FALSE(estimate_states_left({}, 0));
    EXPECT_FALSE(estimate_states_left(std::array<std::uint64_t, 4>{64, 32, 16, 8}, 8));
}

TEST(estimate, is_unknown_when_levels_hardly_shrink) {
    EXPECT_FALSE(estimate_states_left(std::array<std::uint64_t, 5>{1000, 999, 998, 997, 996}, 0));
}

TEST(estimate, extends_a_shrinking_series) {
    const auto left = estimate_states_left(std::array<std::uint64_t, 6>{1, 1024, 512, 256, 128, 64}, 10);
    ASSERT_TRUE(left);
    EXPECT_NEAR(*left, 10 + 64, 0.01) << "32 + 16 + 8 ... after what is left of this level";
}

TEST(progress, comes_from_the_calling_thread_and_makes_sense) {
    const auto here = std::this_thread::get_id();
    for (const std::size_t jobs : {1, 2}) {
        std::vector<progress> told;
        explore(toys::endless_tree{},
                {.jobs = jobs, .budget_seconds = 0.9, .now = bwcheck::text::clock_that_moves(0.001)},
                [&](const progress& p) {
                    EXPECT_EQ(std::this_thread::get_id(), here);
                    told.push_back(p);
                });
        if (jobs == 1) // of two, the other may do all the work until the end
            EXPECT_GE(told.size(), 3U);
        EXPECT_LE(told.size(), 4U) << "four times a second is enough";
        for (const auto& p : told) {
            EXPECT_GT(p.states, 0U);
            EXPECT_GT(p.transitions, 0U);
            EXPECT_GT(p.depth, 0U);
            EXPECT_GT(p.memory_bytes, 0U);
            EXPECT_GT(p.states_per_second, 0.0);
            EXPECT_LE(p.queue, p.states);
            EXPECT_GT(p.queue, 0U) << "half of a tree is leaves";
            EXPECT_FALSE(p.seconds_left) << "the levels of this tree always grow";
        }
    }
}

} // namespace

#include "explorer/state_arena.hpp"

#include <gtest/gtest.h>

#include <cstddef>

using namespace bwcheck::explorer;

namespace {

TEST(state_arena, rows_stay_apart_and_in_place_across_chunks) {
    for (const std::size_t words : {1, 3, 16}) {
        state_arena arena(words);
        constexpr state_index rows = 70'000; // in three chunks
        while (arena.claimed() < rows) {
            const index_range block = arena.claim();
            EXPECT_EQ(block.size(), states_per_block);
            EXPECT_EQ(arena.row(block.end - 1), arena.row(block.begin) + (states_per_block - 1) * words)
                << "a block is consecutive";
            for (state_index i = block.begin; i != block.end; ++i) {
                for (std::size_t w = 0; w < words; ++w) {
                    ASSERT_EQ(arena.row(i)[w], 0U) << "row " << i << " is not zero at first, or is another's";
                    arena.row(i)[w] = i + 1;
                }
            }
        }
        for (state_index i = 0; i < rows; ++i) {
            ASSERT_EQ(arena.row(i)[0], i + 1);
            ASSERT_EQ(arena.row(i)[words - 1], i + 1);
        }
    }
}

} // namespace

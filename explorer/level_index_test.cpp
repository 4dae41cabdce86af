#include "explorer/level_index.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

using namespace bwcheck::explorer;

namespace {

TEST(level_index, levels_are_lists_of_ranges) {
    level_index levels;
    EXPECT_EQ(levels.add(std::vector<index_range>{{0, 1}}), 1U);
    EXPECT_EQ(levels.add(std::vector<index_range>{{1, 4}, {256, 266}}), 13U);
    EXPECT_EQ(levels.add({}), 0U);
    EXPECT_EQ(levels.level(0).size(), 1U);
    ASSERT_EQ(levels.level(1).size(), 2U);
    EXPECT_EQ(levels.level(1)[1].begin, 256U);
    EXPECT_TRUE(levels.level(2).empty());
    EXPECT_EQ(levels.widths(), (std::vector<std::uint64_t>{1, 13, 0}));
}

} // namespace

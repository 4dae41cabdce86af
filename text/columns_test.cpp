#include "text/columns.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bwcheck::text {
namespace {

using testing::ElementsAre;

TEST(display_width, counts_characters_and_not_bytes) {
    EXPECT_EQ(display_width(""), 0U);
    EXPECT_EQ(display_width("R 4→0"), 5U);
}

TEST(wrap, breaks_at_spaces) {
    EXPECT_THAT(wrap("", 5), ElementsAre(""));
    EXPECT_THAT(wrap("one two", 7), ElementsAre("one two"));
    EXPECT_THAT(wrap("one two three", 7), ElementsAre("one two", "three"));
    EXPECT_THAT(wrap("one two three", 8, 1), ElementsAre("one two", " three"));
}

TEST(wrap, breaks_words_that_do_not_fit) {
    EXPECT_THAT(wrap("abcdefgh", 3), ElementsAre("abc", "def", "gh"));
    EXPECT_THAT(wrap("→→→→", 2), ElementsAre("→→", "→→"));
}

TEST(wrap, comes_to_an_end_with_hardly_any_room) {
    EXPECT_THAT(wrap("ab", 1, 4), ElementsAre("a", "    b"));
    EXPECT_THAT(wrap("ab", 0), ElementsAre("a", "b"));
}

TEST(columns, stand_side_by_side_without_trailing_spaces) {
    const style plain(false);
    EXPECT_EQ(columns({{{"a"}}, {{"b"}, {"c"}}}, {3, 3}, plain), "a    b\n     c\n");
    EXPECT_EQ(columns({{{"a"}}, {}}, {3, 3}, plain), "a\n");
}

TEST(columns, are_as_wide_in_colour_as_without) {
    const style coloured(true);
    EXPECT_EQ(columns({{{"a", emphasis::strong}}, {{"b"}}}, {3, 3}, coloured), "\x1b[1ma\x1b[0m    b\n");
}

} // namespace
} // namespace bwcheck::text

#include "text/did_you_mean.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>

namespace bwcheck::text {
namespace {

TEST(edit_distance, counts_insertions_removals_and_replacements) {
    EXPECT_EQ(edit_distance("", ""), 0U);
    EXPECT_EQ(edit_distance("abc", ""), 3U);
    EXPECT_EQ(edit_distance("", "abc"), 3U);
    EXPECT_EQ(edit_distance("mainline", "mainlin"), 1U);
    EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
    EXPECT_EQ(edit_distance("v1", "v2"), 1U);
}

TEST(nearest_name, is_the_closest_known_one) {
    constexpr std::array<std::string_view, 3> known{"linux-6.1", "mainline", "cpu-max-runtime-v1"};
    EXPECT_EQ(nearest_name("manline", known), "mainline");
    EXPECT_EQ(nearest_name("cpu_max_runtime_v1", known), "cpu-max-runtime-v1");
    EXPECT_EQ(nearest_name("linux6.1", known), "linux-6.1");
}

TEST(nearest_name, is_the_one_that_part_of_was_given) {
    constexpr std::array<std::string_view, 3> known{"linux-6.1", "cpu-max-runtime-v1", "cpu-max-runtime-v2"};
    EXPECT_EQ(nearest_name("v2", known), "cpu-max-runtime-v2");
    EXPECT_EQ(nearest_name("runtime", known), "cpu-max-runtime-v1");
}

TEST(nearest_name, takes_the_first_of_equally_close_ones) {
    constexpr std::array<std::string_view, 2> known{"v1", "v2"};
    EXPECT_EQ(nearest_name("v3", known), "v1");
}

TEST(nearest_name, copes_with_no_names_and_with_a_page_of_text) {
    EXPECT_EQ(nearest_name("anything", std::array<std::string_view, 0>{}), "");
    constexpr std::array<std::string_view, 1> known{"mainline"};
    EXPECT_EQ(nearest_name(std::string(1'000'000, 'x'), known), "mainline");
}

TEST(did_you_mean, is_the_nearest_name_or_all_of_a_few) {
    const std::vector<std::string_view> few{"list", "check", "merge"};
    EXPECT_EQ(did_you_mean("chek", few), "the nearest is check");
    EXPECT_EQ(did_you_mean("mer", few), "the nearest is merge");
    EXPECT_EQ(did_you_mean("frobnicate", few), "known are list, check, merge");
    EXPECT_EQ(did_you_mean("", few), "known are list, check, merge");
    EXPECT_EQ(did_you_mean("frobnicate", std::vector<std::string_view>(100, "word")), "the nearest is word");
}

TEST(no_such, says_of_what_kind_and_repeats_what_was_given_fit_for_one_line) {
    EXPECT_EQ(no_such("scope", "smo\nke", {"smoke"}), "there is no scope \"smo\\nke\"; the nearest is smoke");
}

} // namespace
} // namespace bwcheck::text

#include "explorer/hash.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <set>
#include <vector>

using namespace bwcheck::explorer;

namespace {

TEST(word_hash, each_bit_of_the_input_reaches_about_half_of_the_output) {
    const word_hash hash;
    for (const std::size_t count : {1, 2, 5, 16}) {
        for (std::size_t bit = 0; bit < 64 * count; ++bit) {
            int flipped = 0;
            constexpr int samples = 64;
            for (int sample = 0; sample < samples; ++sample) {
                std::vector<word> words(count, static_cast<word>(sample) * 0x123456789);
                const std::uint64_t before = hash(words.data(), count);
                words[bit / 64] ^= word{1} << (bit % 64);
                flipped += std::popcount(before ^ hash(words.data(), count));
            }
            EXPECT_NEAR(static_cast<double>(flipped) / samples, 32, 8) << "bit " << bit << " of " << count << " words";
        }
    }
}

TEST(word_hash, consecutive_states_spread_over_a_table) {
    const word_hash hash;
    constexpr std::size_t positions = 1 << 16;
    std::set<std::uint64_t> taken;
    std::set<std::uint64_t> tags;
    for (word w = 0; w < positions; ++w) {
        taken.insert(hash(&w, 1) % positions);
        tags.insert(hash(&w, 1) >> 40);
    }
    // A random function leaves a share of 1/e of the positions empty.
    EXPECT_NEAR(static_cast<double>(taken.size()) / positions, 0.632, 0.02) << "positions, the low bits";
    EXPECT_GT(tags.size(), positions * 99 / 100) << "tags, the high bits";
}

TEST(word_hash, the_order_of_the_words_matters) {
    const word_hash hash;
    const word one_two[] = {1, 2};
    const word two_one[] = {2, 1};
    EXPECT_NE(hash(one_two, 2), hash(two_one, 2));
}

} // namespace

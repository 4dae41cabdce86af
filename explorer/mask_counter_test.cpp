#include "explorer/mask_counter.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <random>

using namespace bwcheck::explorer;

namespace {

TEST(mask_counter, starts_with_nothing) {
    const mask_counter counter;
    for (std::size_t bit = 0; bit < max_properties; ++bit)
        EXPECT_EQ(counter.count(bit), 0U);
}

TEST(mask_counter, counts_far_beyond_its_planes) {
    mask_counter counter;
    for (int i = 0; i < 100'000; ++i)
        counter.add(1 | property_set{1} << 127U);
    EXPECT_EQ(counter.count(0), 100'000U);
    EXPECT_EQ(counter.count(1), 0U);
    EXPECT_EQ(counter.count(127), 100'000U);
}

TEST(mask_counter, agrees_with_counting_bit_by_bit) {
    std::mt19937_64 random(1);
    mask_counter counter;
    std::array<std::uint64_t, max_properties> expected{};
    for (int i = 0; i < 5'000; ++i) {
        const property_set mask = property_set{random() & random()} << 64U | (random() & random());
        counter.add(mask);
        for (std::size_t bit = 0; bit < max_properties; ++bit)
            expected[bit] += static_cast<std::uint64_t>((mask >> bit) & 1);
    }
    for (std::size_t bit = 0; bit < max_properties; ++bit)
        EXPECT_EQ(counter.count(bit), expected[bit]) << "bit " << bit;
}

} // namespace

// Counting, per property, how often its bit was set, without looking at each bit of each mask: most transitions trigger
// several properties, and a loop over their bits would cost more than the transition.
#pragma once

#include "explorer/findings.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace bwcheck::explorer {

/// Counts how often each bit of a mask was set.
///
/// The counters stand upright: plane p holds bit p of all counters, so that adding a mask is one addition with carry
/// for all of them at once. A carry ends after two planes on average; what leaves the top plane goes to full counters.
class mask_counter {
public:
    void add(property_set mask) noexcept {
        for (auto& plane : planes_) {
            if (mask == 0)
                return;
            const property_set carry = plane & mask;
            plane ^= mask;
            mask = carry;
        }
        properties::for_each_of(
            mask, [&](std::size_t property) { overflow_[property] += std::uint64_t{1} << planes_.size(); });
    }

    /// How often `bit` was set in the masks added.
    [[nodiscard]] std::uint64_t count(std::size_t bit) const noexcept {
        std::uint64_t sum = overflow_[bit];
        for (std::size_t p = 0; p < planes_.size(); ++p)
            sum += static_cast<std::uint64_t>((planes_[p] >> bit) & 1) << p;
        return sum;
    }

private:
    std::array<property_set, 8> planes_{};
    std::array<std::uint64_t, max_properties> overflow_{};
};

} // namespace bwcheck::explorer

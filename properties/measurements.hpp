// What the catalogue measured in a run: more than whether something is broken.
#pragma once

#include "properties/catalogue.hpp"
#include "properties/guard_coverage.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>

namespace bwcheck::properties {

/// The number of a property that measured none.
inline constexpr std::int64_t not_measured = std::numeric_limits<std::int64_t>::lowest();

/// Of one run, or of many. Trivially copyable, since it also comes from other processes.
struct measurements {
    std::array<std::int64_t, catalogue_size> numbers; ///< of each property the largest; or not_measured
    guard_coverage checks;                            ///< what the coverage property saw

    measurements() { numbers.fill(not_measured); }

    void add(std::size_t property, std::int64_t number) { numbers[property] = std::max(numbers[property], number); }
    void merge(const measurements& other) {
        for (std::size_t property = 0; property < numbers.size(); ++property)
            add(property, other.numbers[property]);
        checks.merge(other.checks);
    }
    /// Whether a property measured the same in both.
    [[nodiscard]] bool same(std::size_t property, const measurements& other) const {
        return numbers[property] == other.numbers[property] &&
               (catalogue_infos[property].kind != property_kind::coverage || checks == other.checks);
    }

    friend bool operator==(const measurements& a, const measurements& b) = default;
};

} // namespace bwcheck::properties

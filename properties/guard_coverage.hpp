// What a run showed of the checks in a validation of writes: which of them were asked, and which decided. It is no
// number: two runs add up to what either of them showed.
#pragma once

#include "model/step_log.hpp"

#include <bitset>
#include <string_view>
#include <vector>

namespace bwcheck::properties {

/// Some of the checks, by model::guard.
using guard_set = std::bitset<static_cast<std::size_t>(model::guard::count)>;

struct guard_coverage {
    guard_set asked;   ///< some write came as far as this check
    guard_set decided; ///< some write was rejected by it, and would have been accepted without it

    void merge(const guard_coverage& other) {
        asked |= other.asked;
        decided |= other.decided;
    }
    /// Those that were asked and never decided.
    [[nodiscard]] guard_set missing() const { return asked & ~decided; }

    friend bool operator==(const guard_coverage& a, const guard_coverage& b) = default;
};

/// Their names, in the order of model::guard.
[[nodiscard]] inline std::vector<std::string_view> names_of(const guard_set& checks) {
    std::vector<std::string_view> names;
    for (std::size_t check = 0; check < checks.size(); ++check)
        if (checks.test(check))
            names.push_back(to_string(static_cast<model::guard>(check)));
    return names;
}

} // namespace bwcheck::properties

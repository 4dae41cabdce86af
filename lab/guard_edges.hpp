// Both sides of every check of a validation: pairs of writes that differ by 1 µs and fare differently, found on the
// model by bisection between values of which that is known.
#pragma once

#include "lab/write_sequence.hpp"
#include "model/step_log.hpp"

#include <array>
#include <string_view>
#include <vector>

namespace bwcheck::lab {

/// Sequences, each of which ends in the two sides of an edge, and how many edges each check has in them.
struct guard_edges {
    std::vector<write_sequence> sequences;
    std::array<std::size_t, static_cast<std::size_t>(model::guard::count)> found{};
};

[[nodiscard]] guard_edges find_guard_edges(std::string_view revision);

} // namespace bwcheck::lab

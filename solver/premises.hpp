// What a proof rests on: invariants that have to be proved for the same revision, and what is assumed besides. Whatever
// stands here is printed with the verdict.
#pragma once

#include "properties/property_set.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace bwcheck::solver {

/// What a proof of a property by induction assumes of the state before a step, itself included. Unless all of it is
/// proved, nothing is. Properties by their numbers in the catalogue; none for a property that is not proved so.
[[nodiscard]] std::vector<std::size_t> rests_on(std::size_t property);

/// What the questions about a property (its number) assume of the machine and of the state that they begin in, without
/// a proof: a few words each.
[[nodiscard]] std::vector<std::string_view> assumed_for(std::size_t property);

} // namespace bwcheck::solver

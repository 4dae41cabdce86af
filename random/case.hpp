// One random test case: a machine, its environment, and what happens in it. It is data, so that it can be shrunk and
// become a counterexample like any other.
#pragma once

#include "model/event.hpp"
#include "model/scope.hpp"

#include <cstdint>
#include <vector>

namespace bwcheck::random {

struct test_case {
    model::scope_part part;
    std::vector<model::event> events;
};

/// A machine at the kernel's constants with 1 to 64 CPUs, all histories kept, and a first configuration; no writes yet.
[[nodiscard]] model::scope_part random_part(std::uint64_t seed);

} // namespace bwcheck::random

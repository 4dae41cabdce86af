// Whether a finite graph of events has a run that never ends, with time passing for ever.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace bwcheck::counterexamples {

/// An edge to the node of that number. `ticks`: time passes on it.
struct timed_edge {
    std::uint32_t to = 0;
    bool ticks = false;
};

/// The edges that leave each node.
using timed_graph = std::vector<std::vector<timed_edge>>;

/// Whether there is a cycle on which time passes. Events that take no time, as often as one likes, are not a run that
/// goes on.
[[nodiscard]] bool has_timed_cycle(const timed_graph& graph);

} // namespace bwcheck::counterexamples

// Which runs of a finite graph of events never end, with time passing for ever, and from where they can be had.
#pragma once

#include "counterexamples/replay/timed_graph.hpp"

#include <vector>

namespace bwcheck::counterexamples {

/// For each node, whether it is on a cycle on which time passes. Events that take no time, as often as one likes, are
/// not a run that goes on.
[[nodiscard]] std::vector<bool> on_timed_cycles(const timed_graph& graph);

/// For each node, whether one of those that are set in `wanted` can be reached from it, in no step or in more.
[[nodiscard]] std::vector<bool> leading_to(const std::vector<bool>& wanted, const timed_graph& graph);

} // namespace bwcheck::counterexamples

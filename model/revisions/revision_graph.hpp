// Revisions need each other: one is the change of another, its base, and a patch is held against the kernel that it is
// posted on. That makes a graph.
#pragma once

#include "model/revision.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace bwcheck::model {

/// The places of all revisions in `infos`, each after those that it needs. Throws std::invalid_argument if one of these
/// is not there, or if some need each other in a circle; it names them.
[[nodiscard]] std::vector<std::size_t> in_order_of_need(std::span<const revision_info> infos);

/// The graph for Graphviz. An edge goes from a base to its change, and a dashed one from a kernel to what is posted on
/// it. Throws as in_order_of_need() does.
[[nodiscard]] std::string revisions_as_dot(std::span<const revision_info> infos);

} // namespace bwcheck::model

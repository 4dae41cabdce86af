// What is known about the revisions at run time.
#pragma once

#include "model/revision.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace bwcheck::model {

/// All revisions, in the order of registry.def.
[[nodiscard]] std::span<const revision_info> revisions();

/// The place of a revision in that order.
[[nodiscard]] std::optional<std::size_t> revision_number(std::string_view id);

} // namespace bwcheck::model

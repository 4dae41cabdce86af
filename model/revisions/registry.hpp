// The revisions that this program knows by their ids.
#pragma once

#include "model/revisions/revision.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace bwcheck::model {

/// All that are built in, in the order of registry.def. Throws std::invalid_argument if one needs another that is not
/// there, or if they need each other in a circle.
[[nodiscard]] std::span<const revision> revisions();

/// Whether a revision may have this name: letters, digits, ".", "-" and "_". It is a part of file names.
[[nodiscard]] bool can_be_revision_id(std::string_view id);

/// Adds one that is not built in; it lives as long as the program. Throws std::invalid_argument if its id is taken or
/// none, or if there is none that it changes or is posted on.
const revision& add_revision(const revision& more);

/// The one with this id, built in or added; null if there is none.
[[nodiscard]] const revision* find_revision(std::string_view id);

/// The same, of one that must be there. Throws std::invalid_argument, which says what is missing.
[[nodiscard]] const revision& revision_named(std::string_view id);

/// The ids of those that are built in: "linux-6.1", "mainline", ...
[[nodiscard]] std::vector<std::string_view> revision_ids();

} // namespace bwcheck::model

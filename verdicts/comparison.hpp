// What a patch changes: the verdicts on it, held against those on the kernel that it is posted on.
#pragma once

#include "properties/property_set.hpp"
#include "verdicts/summary.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace bwcheck::verdicts {

/// What became of a property.
enum class change : std::uint8_t {
    newly_violated, ///< nothing is known to break it on the base
    repaired,       ///< violated on the base, and not any more
    other_answer,   ///< of a question
    other_number,   ///< both were measured, each within the same bounds
    newly_open,     ///< decided on the base, and not any more
    as_before,
};

inline constexpr std::array all_changes{change::newly_violated, change::repaired,   change::other_answer,
                                        change::other_number,   change::newly_open, change::as_before};

/// "new", "repaired", "answer", "number", "open", "same": in JSON.
[[nodiscard]] std::string_view to_string(change value);

struct compared_property {
    std::string_view property; ///< its id
    verdicts::change change = verdicts::change::as_before;
    const summary* now = nullptr;    ///< of the patch
    const summary* before = nullptr; ///< of the base; null if nobody was asked
    /// The base breaks it: some engine says so, or a run that was found on the patch breaks it there as well.
    bool violated_before = false;
    /// The numbers of the patch and of the base, from one engine that looked everywhere in the same bounds.
    std::optional<std::pair<std::int64_t, std::int64_t>> numbers;
};

/// One for each property of the patch, in their order. `also_broken`: numbers of the properties that a run of the patch
/// breaks on the base as well, whatever the base's engines found. It points into both.
[[nodiscard]] std::vector<compared_property> compare(std::span<const summary> patch, std::span<const summary> base,
                                                     properties::property_set also_broken);

} // namespace bwcheck::verdicts

// What a patch changes of the kernel that it is posted on: for all that report it.
#pragma once

#include "cli/reports/checked_revision.hpp"
#include "explorer/causes.hpp"
#include "verdicts/comparison.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bwcheck::cli {

/// Of a property that is violated on both: whether the patch breaks it in a run in which the base does not.
struct own_way {
    std::optional<saved_trace> trace; ///< such a run, of the patch
    bool lone_writes = false;         ///< it writes a file that the base lacks
    bool complete = false;            ///< otherwise: there is none within the bounds of the scope
    std::uint64_t events = 0;         ///< otherwise: there is none of up to so many events
};

/// It points into itself and into the patch's revision_result: neither is copied.
struct against_base {
    std::string base; ///< its id
    std::vector<checked_revision> checked;
    revision_result result; ///< of the base
    std::vector<verdicts::compared_property> compared;
    std::map<std::string, own_way, std::less<>> own; ///< by property
};

/// What is told of the revisions of a run besides what the engines found: which violations come of which, and of
/// patches, what they were held against.
struct comparisons {
    std::map<std::string, explorer::causes, std::less<>> causes; ///< by the id of the revision
    std::map<std::string, against_base, std::less<>> by_patch;   ///< by the id of the patch
    bool new_only = false;                                       ///< only what a patch changes is a failure

    /// What a revision was held against; null if it was not.
    [[nodiscard]] const against_base* of(std::string_view patch) const;
    /// The causes of its violations; null if they were not looked for.
    [[nodiscard]] const explorer::causes* causes_of(std::string_view revision) const;
    /// Whether a violation is passed over, since the base has it too.
    [[nodiscard]] bool passes_over(std::string_view patch, std::string_view property) const;
};

/// The comparison of one property; null if there is none.
[[nodiscard]] const verdicts::compared_property* comparison_of(std::string_view property, const against_base* against);

/// Whether a patch breaks it, and its base does not: at all, or in some run.
[[nodiscard]] bool is_new(const verdicts::compared_property& each, const against_base& against);

/// What the verdicts amount to if only what the patch changes counts: an error of this program before something that it
/// breaks, before what was decided on the base and is open on the patch.
[[nodiscard]] exit_status status_of_news(const revision_result& patch, const against_base& against);

/// "new against mainline", "violated on mainline too; ...", "on mainline: 8": what the base says of a property; empty
/// if there is nothing to say.
[[nodiscard]] std::string words_against(std::string_view property, const against_base* against);

/// As in docs/schema/check.schema.json.
[[nodiscard]] nlohmann::ordered_json causes_json(const explorer::causes& causes);
/// Likewise.
[[nodiscard]] nlohmann::ordered_json against_json(const against_base& against);

} // namespace bwcheck::cli

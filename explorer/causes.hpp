// Which violations come of which: q is a consequence of p if q holds as long as nothing that violates p is gone
// through. It is computed, by exploring once more with what each run has broken so far.
#pragma once

#include "explorer/comparison.hpp"
#include "model/revisions/revision.hpp"
#include "model/scope.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace bwcheck::explorer {

/// Violations with one cause.
struct cause_group {
    property_set causes = 0;       ///< those that explain each other, and that nothing else explains
    property_set consequences = 0; ///< what they explain besides
};

/// What is known of the violations of one revision.
struct causes {
    std::vector<cause_group> groups; ///< in the order of the catalogue
    property_set not_found = 0;      ///< asked for, and broken nowhere in these bounds
    bool complete = false;           ///< every run in these bounds was looked at
    std::uint64_t events = 0;        ///< otherwise every run of so many
};

/// What holds without what: bit q of number p, of the catalogue, is set if q is broken in some run in which p is not.
using broken_without = std::array<property_set, properties::catalogue_size>;

/// `violated`: by a revision, at most most_watched of them. Those that the explorer judges are looked at, and wraps.
/// Nothing of `before` is a consequence of anything else than of what is in `before` as well: where a base violates it
/// too, what a patch breaks is not its cause. Throws text::input_error if a part cannot be packed.
[[nodiscard]] causes causes_of(const model::revision& revision, const model::scope& scope, property_set violated,
                               property_set before, const comparison_options& how);

/// The groups of these properties, from what is broken without what.
[[nodiscard]] std::vector<cause_group> grouped(property_set broken, property_set before, const broken_without& without);

} // namespace bwcheck::explorer

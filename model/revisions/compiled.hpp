// Compiles the functions of a revision, which are templates, to its tables. Included by one source file a revision
// (compiled_revision.cpp.in), and by plug-ins.
#pragma once

#include "model/revisions/compiled_for_runs.hpp"
#include "symbolic/numbers.hpp"

namespace bwcheck::model {

/// `known`: the revisions among which is that which revision_info_of<Revision>.posted_on names, compiled already;
/// others in it need not be. To be called once for each type in a program. Throws std::invalid_argument if the other
/// revision is not there.
template <revision_type Revision>
[[nodiscard]] revision compiled(std::span<const revision> known) {
    revision made = compiled_for_runs<Revision>(known);
    made.over_symbolic = detail::table_of<Revision, symbolic::numbers>(made.posted_on);
    return made;
}

} // namespace bwcheck::model

// The counterexamples of a check, made from what an engine found and written to files: the same for all engines.
#pragma once

#include "cli/reports/checked_revision.hpp"
#include "explorer/comparison.hpp"

#include <filesystem>

namespace bwcheck::cli {

/// What a run is that is wrong on a patch, and right on its base.
struct own_trace_about {
    std::string_view patch;
    std::string_view base;
    std::string_view property;
    std::string_view scope;
    std::filesystem::path directory;
};

/// Writes it as a counterexample of the patch, to PATCH/PROPERTY.against-BASE.json. Throws
/// counterexamples::not_reproduced unless it breaks the property there and, as far as it happens there, not on the
/// base.
[[nodiscard]] saved_trace write_own_trace(const own_trace_about& about, const explorer::run_of_two& run);

/// Writes a trace for each finding with a run to REVISION/PROPERTY.json below `directory`, and adds it to `checked`.
/// Runs on more CPUs than a replay has are left out. `first`: the engine is the first that runs; others have their name
/// in the file's, so that none overwrites what another reports.
void write_traces(checked_revision& checked, const std::filesystem::path& directory, bool first);

} // namespace bwcheck::cli

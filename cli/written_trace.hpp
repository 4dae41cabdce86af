// The counterexamples of a check, made from what an engine found and written to files: the same for all engines.
#pragma once

#include "cli/reports/checked_revision.hpp"

#include <filesystem>

namespace bwcheck::cli {

/// Writes a trace for each finding with a run to REVISION/PROPERTY.json below `directory`, and adds it to `checked`.
/// Runs on more CPUs than a replay has are left out. `first`: the engine is the first that runs; others have their name
/// in the file's, so that none overwrites what another reports.
void write_traces(checked_revision& checked, const std::filesystem::path& directory, bool first);

} // namespace bwcheck::cli

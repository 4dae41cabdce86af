// Traces on disk: DIRECTORY/REVISION/PROPERTY.json.
#pragma once

#include "counterexamples/trace.hpp"
#include "text/input_error.hpp"

#include <filesystem>

namespace bwcheck::counterexamples {

/// Where the trace of a property goes below `directory`.
[[nodiscard]] std::filesystem::path trace_path(const std::filesystem::path& directory, std::string_view revision,
                                               std::string_view property);

/// Writes a trace, making the directories above it. Whoever reads the file meanwhile sees the old one or the new one,
/// never half of one. Throws text::input_error.
void write_trace(const std::filesystem::path& path, const trace& trace);

/// Reads a trace whose property this bwcheck knows. Its revision may be one that is not loaded. Throws
/// text::input_error, which names the file.
[[nodiscard]] trace read_trace(const std::filesystem::path& path);

} // namespace bwcheck::counterexamples

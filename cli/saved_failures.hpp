// The corpus: counterexamples that were saved, so that what once failed is tried again before anything else. They lie
// in DIRECTORY/REVISION/PROPERTY.json.
#pragma once

#include "cli/reports/checked_revision.hpp"
#include "verdicts/engine.hpp"

#include <filesystem>
#include <span>
#include <vector>

namespace bwcheck::cli {

/// Runs again what was saved of a revision: a finding for each counterexample that still happens, a note for each that
/// does not. Throws text::input_error if one cannot be read, or is not about the revision and property that its path
/// says. That there is no directory is no error.
[[nodiscard]] const verdicts::engine& saved_engine();

/// One of them. Throws text::input_error.
[[nodiscard]] saved_trace read_saved(const std::filesystem::path& corpus, std::string_view revision,
                                     std::string_view property);

/// Adds the counterexamples of `of_one`, all that was found of one revision, to the corpus, unless there is one that
/// still happens and is not longer. Returns the files. Throws text::input_error.
std::vector<std::filesystem::path> save_failures(const std::filesystem::path& corpus,
                                                 std::span<const checked_revision> of_one);

} // namespace bwcheck::cli

// The corpus: counterexamples that were saved, so that what once failed is tried again before anything else. They lie
// in DIRECTORY/REVISION/PROPERTY.json.
#pragma once

#include "cli/reports/checked_revision.hpp"
#include "text/input_error.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace bwcheck::cli {

/// A saved counterexample that still happens.
struct saved_failure {
    saved_trace saved;
    std::string explanation; ///< why it breaks its property, with the values
};

/// What became of the saved counterexamples of a revision.
struct retried_failures {
    std::map<std::string, saved_failure, std::less<>> still_happen; ///< by property
    std::vector<std::string> others; ///< a sentence for each that does not: repaired, or where it stops
};

/// Runs those again that are about the properties in `selected`, a bit each. Throws text::input_error if one cannot be
/// read, or is not about the revision and property that its path says. That there is no directory is no error.
[[nodiscard]] retried_failures retry_saved(const std::filesystem::path& corpus, std::string_view revision,
                                           properties::property_set selected);

/// A property whose saved counterexample still happens is violated, also where an engine did not come by it.
void add_saved(checked_revision& checked, const retried_failures& retried);

/// Adds the counterexamples to the corpus, unless there is one that still happens and is not longer. Those that are
/// written are in `retried` afterwards. Returns their files. Throws text::input_error.
std::vector<std::filesystem::path> save_failures(const std::filesystem::path& corpus, const checked_revision& checked,
                                                 retried_failures& retried);

} // namespace bwcheck::cli

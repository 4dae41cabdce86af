// Known verdicts, as a file: one line for each revision, engine and property, in the order of a report.
//
//     # comment
//     cpu-max-runtime-v1 explore write-unthrottles-now violated # 11 events in default
//
// A project that lives with a violation still wants to hear of every change, for better or worse.
#pragma once

#include "cli/reports/against_base.hpp"
#include "cli/reports/checked_revision.hpp"
#include "properties/property_set.hpp"
#include "text/input_error.hpp"

#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace bwcheck::cli {

/// Revision, engine, property.
using expected_key = std::tuple<std::string, std::string, std::string>;
using expectations = std::map<expected_key, verdicts::verdict>;

/// Throws text::input_error, with source and line, if the text is anything else than described above.
[[nodiscard]] expectations parse_expectations(std::string_view text, std::string_view source);

/// Reads such a file. Throws text::input_error.
[[nodiscard]] expectations load_expectations(const std::string& path);

/// Such a file, with the grounds of each verdict, and what its base says, as a comment.
[[nodiscard]] std::string expectations_text(const std::vector<checked_revision>& all, const comparisons& against = {});

/// Which results there have to be: expectations of others are passed over.
struct asked_for {
    std::vector<std::string> revisions; ///< empty: any
    std::vector<std::string> engines;   ///< empty: any
    properties::property_set properties = properties::all_properties;
};

/// What is not as expected, a sentence each: another verdict, a result that nobody expected, and one that was asked for
/// and is missing. A revision and engine of which nothing was expected, or of which nothing is there, is one sentence.
[[nodiscard]] std::vector<std::string> differences(const expectations& expected,
                                                   const std::vector<checked_revision>& all, const asked_for& asked);

} // namespace bwcheck::cli

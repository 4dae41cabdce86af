// What `check --json` printed, read again: the results of machines that shared a suite. docs/schema/check.schema.json
// decides what is taken for such a report.
#pragma once

#include "cli/reports/checked_revision.hpp"
#include "text/input_error.hpp"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bwcheck::cli {

/// The random cases that a result is about: one for each seed from `seed` on.
struct printed_cases {
    std::uint64_t seed = 0;
    std::uint64_t cases = 0;
    std::optional<std::uint64_t> wanted; ///< empty: as many as the budget allowed
    std::uint64_t events = 0;

    [[nodiscard]] std::uint64_t end() const { return seed + cases; }
};

/// One result, as it was printed.
struct printed_result {
    std::string source; ///< the file
    std::string revision;
    std::string engine;
    std::size_t property = 0; ///< its number in the catalogue
    verdicts::verdict verdict = verdicts::verdict::inconclusive;
    std::string scope;
    std::string scope_hash;               ///< of what the scope contains; empty: it was run in none
    properties::property_set asked = 0;   ///< in its report: numbers of the catalogue
    std::optional<verdicts::shard> shard; ///< of which machine; empty: it is no share
    std::string grounds;                  ///< on which it stands; empty if it is inconclusive
    std::vector<verdicts::assumption> assumptions;
    std::string reason;
    std::string trace; ///< a file on the machine where it was found; empty: none
    double seconds = 0;
    std::uint64_t fired = 0;
    std::optional<std::int64_t> measured;
    std::optional<properties::guard_coverage> coverage; ///< of a coverage property: what it saw
    std::optional<printed_cases> random;                ///< empty for other engines
    std::optional<verdicts::second_opinion> second;     ///< of an engine that proves
    std::vector<verdicts::refutation> refutations;      ///< the same: what was told of each
    std::vector<verdicts::part_report> parts;           ///< in which the property was judged
    std::vector<verdicts::part_report> explored;        ///< all that its engine explored
    std::vector<model::scope_part> exhausted;           ///< of those: the machines that were explored to their end
    std::optional<model::scope_part> machine;           ///< on which a run broke the property, if it is known
    std::string contradiction;       ///< why engines contradict each other about the property; empty: they do not
    std::vector<std::string> errors; ///< in its report: what shows an error of bwcheck
    nlohmann::ordered_json whole;    ///< with whatever else an engine says
};

/// Reads what `check --json` of this version printed. Throws text::input_error, with `source` and the place; also for
/// what does not say what was asked, as older versions did, and for a merge in which something is missing: what would
/// have to be added to it can not be known.
[[nodiscard]] std::vector<printed_result> parse_printed_reports(std::string_view text, const std::string& source);

/// Reads such a file. Throws text::input_error.
[[nodiscard]] std::vector<printed_result> load_printed_reports(const std::string& path);

} // namespace bwcheck::cli

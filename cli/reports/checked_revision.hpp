// What one engine found out about one revision in a check, with the files to which its counterexamples were written.
#pragma once

#include "cli/exit_status.hpp"
#include "counterexamples/trace.hpp"
#include "verdicts/report.hpp"
#include "verdicts/summary.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bwcheck::cli {

/// A counterexample, and its file.
struct saved_trace {
    std::filesystem::path path;
    counterexamples::trace trace; ///< without steps if it is only known where it lies
};

struct checked_revision {
    verdicts::report report;
    std::map<std::string, saved_trace, std::less<>> traces; ///< by property
    /// What another run of bwcheck printed: why engines contradict each other, by property, and its errors_of().
    std::map<std::string, std::string, std::less<>> printed_contradictions;
    std::vector<std::string> printed_errors;
};

/// How the reason begins for a property that was asked for, and that no engine of the run looks at.
inline constexpr std::string_view not_judged = "not judged: no engine that was asked looks at it";

/// One revision: what each engine found, and what that comes to. The summaries point into `reports`.
struct revision_result {
    std::vector<verdicts::report> reports;
    std::vector<verdicts::summary> summaries;
    std::vector<std::string> printed_errors; ///< of the machines whose results these are
};

/// On what grounds one of its findings stands; empty if it is inconclusive.
[[nodiscard]] std::string grounds_of(const verdicts::finding& said, const checked_revision& checked);

/// `of_one`: of one revision.
[[nodiscard]] revision_result result_of(std::span<const checked_revision> of_one);

/// What of it shows an error of this program, a line each: engines or solvers that contradict each other.
[[nodiscard]] std::vector<std::string> errors_of(const revision_result& result);

/// What the verdicts amount to: an error of this program (engines or solvers that contradict each other) before a
/// violation, before what is open. Answers to questions and measures are neither.
[[nodiscard]] exit_status status_of(const revision_result& result);

/// The worse of two.
[[nodiscard]] exit_status worse(exit_status a, exit_status b);

/// Those of each revision together, in their order. A revision that was named twice comes twice.
[[nodiscard]] std::vector<std::span<const checked_revision>> by_revision(std::span<const checked_revision> all);

} // namespace bwcheck::cli

// What a check found out about one revision: the exploration, and the counterexamples that were written to files.
#pragma once

#include "cli/exit_status.hpp"
#include "counterexamples/trace.hpp"
#include "explorer/exploration.hpp"
#include "random/random_run.hpp"
#include "solver/proof.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace bwcheck::cli {

/// A counterexample, and its file.
struct saved_trace {
    std::filesystem::path path;
    counterexamples::trace trace;
};

/// One engine's findings about one revision.
struct checked_revision {
    std::string engine = "explore";
    explorer::exploration found;                            ///< of other engines: without parts
    std::optional<random::random_run> random;               ///< of the random engine
    std::optional<solver::proof> proof;                     ///< of the prover
    std::map<std::string, saved_trace, std::less<>> traces; ///< by property
};

/// How the reason begins for a property that was asked for, and that no engine of the run looks at.
inline constexpr std::string_view not_judged = "not judged: no engine that was asked looks at it";

/// What the verdicts amount to: violated before inconclusive before success. Solvers that contradict each other are an
/// error of this program or of theirs.
[[nodiscard]] inline exit_status status_of(const checked_revision& checked) {
    if (checked.proof && checked.proof->disagrees())
        return exit_status::internal;
    exit_status status = exit_status::success;
    for (const auto& result : checked.found.properties) {
        if (result.verdict == explorer::verdict::violated)
            return exit_status::violated;
        if (result.verdict == explorer::verdict::inconclusive)
            status = exit_status::inconclusive;
    }
    return status;
}

/// The worse of two: one violation outweighs everything but an error.
[[nodiscard]] inline exit_status worse(exit_status a, exit_status b) {
    if (a == exit_status::internal || b == exit_status::internal)
        return exit_status::internal;
    if (a == exit_status::violated || b == exit_status::violated)
        return exit_status::violated;
    return a == exit_status::success ? b : a;
}

} // namespace bwcheck::cli

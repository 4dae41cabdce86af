// One line a property: what all engines together say of it, and whether they contradict each other.
#pragma once

#include "verdicts/engine.hpp"
#include "verdicts/report.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bwcheck::verdicts {

/// What one engine said.
struct voice {
    const engine* by = nullptr;
    const report* in = nullptr;
    const finding* said = nullptr;
};

/// On what grounds it stands, in the engine's words, with whatever is assumed and not proved; empty if it is
/// inconclusive.
[[nodiscard]] std::string grounds_of(const voice& each);

/// "conservation (proved), up to 4 CPUs (assumed)": all that a verdict rests on besides; empty if that is nothing.
[[nodiscard]] std::string premises_of(const finding& said);

/// What all of them say. It points into the reports that it was made of.
struct summary {
    std::string_view property; ///< its id
    verdicts::verdict verdict = verdicts::verdict::inconclusive;
    std::vector<voice> voices; ///< those that judged it, the strongest grounds first; then those that could not decide
    std::optional<voice> decisive; ///< that of which the verdict is; of a violation the shortest run. Empty: nobody's
    /// "prove says that it holds (proved for all 64-bit inputs), random ran ...": two engines that contradict each
    /// other about the same machine, which is an error of this program. Empty if none do.
    std::string contradiction;
};

/// The summaries of one revision, in the order of the catalogue. A property is violated (or its answer is no) if some
/// engine found what breaks it; otherwise it is as the strongest engine has it that decided it. A run that was found on
/// a machine of which another engine says that the property holds there contradicts that engine; one found beyond does
/// not. `reports`: of one revision; their engines are among `engines`.
[[nodiscard]] std::vector<summary> summarize(std::span<const report> reports, std::span<const engine* const> engines);

/// Whether a verdict says that something breaks the property.
[[nodiscard]] constexpr bool is_broken(verdict value) { return value == verdict::violated || value == verdict::no; }

} // namespace bwcheck::verdicts

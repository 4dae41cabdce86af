// Runs a trace again, on the revision it comes from or on another one.
#pragma once

#include "counterexamples/replay/runner.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bwcheck::counterexamples {

/// What became of a run.
struct replay_report {
    std::string revision;
    std::size_t property = 0; ///< its number in the catalogue
    std::vector<setup_result> setup;
    snapshot initial;
    std::vector<run_step> steps;             ///< up to the one that breaks the property, or after which it stops
    std::optional<std::size_t> broken_after; ///< how many steps had run when the property was broken; 0: the setup did
    std::string explanation;                 ///< why it is broken, if the property says
    std::string stopped_by;                  ///< why the next event could not happen; empty if all could
};

/// Runs `events` on a revision until the property is broken, an event cannot happen, or the run is over. The property
/// is told by its number in the catalogue, the revision by its id; both must be known.
[[nodiscard]] replay_report replay(std::string_view revision, std::size_t property, const model::scope_part& part,
                                   std::span<const model::event> events);

/// The events of a trace.
[[nodiscard]] std::vector<model::event> events_of(const trace& trace);

} // namespace bwcheck::counterexamples

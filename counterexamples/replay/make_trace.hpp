// Makes a trace of the bare events that an engine found, by running them again. That also checks the engine: a run that
// breaks nothing when it is repeated is no counterexample.
#pragma once

#include "counterexamples/replay/replay.hpp"
#include "counterexamples/trace.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace bwcheck::counterexamples {

/// What an engine found, and where.
struct finding {
    std::string revision;
    std::string property; ///< its id
    std::string engine;
    std::string scope;
    std::optional<std::uint64_t> seed;
    std::string tool_version;
    std::vector<std::string> did_not_matter{}; ///< as shrink() says
};

/// The engine and the replay disagree: an error in this program.
class not_reproduced : public std::logic_error {
public:
    using std::logic_error::logic_error;
};

/// How many states may be looked at, for each step, to find out when the violation became unavoidable.
inline constexpr std::size_t default_avoidance_states = 20'000;

/// Throws not_reproduced if the events do not break the property on that revision.
[[nodiscard]] trace make_trace(const finding& finding, const model::scope_part& part,
                               std::span<const model::event> events,
                               std::size_t avoidance_states = default_avoidance_states);

/// "In every state ... . The pool holds ... ." What should hold, and why it does not after the last step of `report`.
[[nodiscard]] std::string explanation_of(const replay_report& report);

} // namespace bwcheck::counterexamples

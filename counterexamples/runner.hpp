// A revision's machine, driven one event at a time by somebody who does not know which revision it is. Each revision is
// compiled into a source file of its own (runner_of.cpp.in); this is the door to all of them.
#pragma once

#include "counterexamples/trace.hpp"
#include "properties/property.hpp"
#include "properties/property_set.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bwcheck::counterexamples {

/// What one event did.
struct run_step {
    trace_step step;
    properties::property_set broken =
        0; ///< a bit for each property of the catalogue that the event, or the state after it, breaks
};

class runner {
public:
    runner() = default;
    runner(const runner&) = delete;
    runner& operator=(const runner&) = delete;
    virtual ~runner() = default;

    /// The writes of the part's setup, and what this revision answered.
    [[nodiscard]] virtual const std::vector<setup_result>& setup() const = 0;
    [[nodiscard]] virtual snapshot state() const = 0;
    /// The properties that the present state breaks by itself, a bit each.
    [[nodiscard]] virtual properties::property_set broken_here() const = 0;

    /// Why an event cannot happen now, as the rest of "stops at step 3: ..."; empty if it can.
    [[nodiscard]] virtual std::string obstacle(const model::event& what) const = 0;
    /// Lets an event happen, which must be possible.
    virtual run_step happen(const model::event& what) = 0;

    /// Why the last event, or the state after it, breaks a property, with the values; empty if the property does not
    /// say.
    [[nodiscard]] virtual std::string explain(std::size_t property) const = 0;

    /// What a property finds out about the part by itself; empty for properties that look at runs.
    [[nodiscard]] virtual std::optional<properties::survey_result> survey(std::size_t property) const = 0;

    /// Whether a run goes on from here for ever without breaking the property, with time passing. Empty if that cannot
    /// be told by looking at `most_states` states.
    [[nodiscard]] virtual std::optional<bool> avoidable(std::size_t property, std::size_t most_states) const = 0;
};

/// A machine of that revision, after the part's setup. The revision must be one of model::revisions().
[[nodiscard]] std::unique_ptr<runner> make_runner(std::string_view revision, const model::scope_part& part);

} // namespace bwcheck::counterexamples

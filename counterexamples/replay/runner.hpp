// A revision's machine, driven one event at a time: replay, shrinking and the text of a counterexample stand on it.
#pragma once

#include "counterexamples/trace.hpp"
#include "model/revisions/revision.hpp"
#include "properties/judged_machine.hpp"
#include "properties/judged_setup.hpp"
#include "properties/watched_machine.hpp"

#include <cstddef>
#include <optional>
#include <string>
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
    /// A machine of that revision, after the part's setup.
    runner(const model::revision& revision, const model::scope_part& part);
    runner(const runner&) = delete;
    runner& operator=(const runner&) = delete;

    /// The writes of the part's setup, and what this revision answered.
    [[nodiscard]] const std::vector<setup_result>& setup() const { return setup_; }
    [[nodiscard]] snapshot state() const { return take_snapshot(now_.tg); }
    /// The properties that the present state breaks by itself, a bit each; at the beginning, also those that a write of
    /// the setup broke.
    [[nodiscard]] properties::property_set broken_here() const;

    /// Why an event cannot happen now, as the rest of "stops at step 3: ..."; empty if it can.
    [[nodiscard]] std::string obstacle(const model::event& happening) const;
    /// Lets an event happen, which must be possible.
    run_step happen(const model::event& happening);

    /// Why the last event, or the state after it, breaks a property, with the values; empty if the property does not
    /// say.
    [[nodiscard]] std::string explain(std::size_t property) const;

    /// What a property finds out about the part by itself; empty for properties that look at runs.
    [[nodiscard]] std::optional<properties::survey_result> survey(std::size_t property) const;

    /// The present state, with the histories that the part keeps. It refers to this runner.
    [[nodiscard]] const properties::judged_machine<>::state& judged_state() const { return now_; }

    /// Whether a run goes on from here for ever without breaking the property, with time passing. Empty if that cannot
    /// be told by looking at `most_states` states.
    [[nodiscard]] std::optional<bool> avoidable(std::size_t property, std::size_t most_states) const;

private:
    using machine = properties::judged_machine<>;
    using watched = properties::watched_machine<model::checked>;

    [[nodiscard]] properties::transition<model::plain> last_transition() const {
        return machine_.transition_of(before_, event_, result_, now_);
    }

    const model::revision& revision_;
    machine machine_; // event_ and the states refer to it: neither is ever moved
    model::step_log<model::plain> log_;
    std::vector<setup_result> setup_;
    properties::judged_setup judged_setup_;
    machine::state before_;
    machine::state now_;
    model::event event_;
    model::status result_ = model::status::ok;
    bool happened_ = false;
    watched watched_;
    std::vector<properties::noticed_wrap> wraps_; ///< in the last event, or in the setup
};

} // namespace bwcheck::counterexamples

// A counterexample as data: everything that is needed to show it, to run it again, and to know where it comes from. A
// trace carries its whole scope part, so that it stays replayable when the scope that it was found with has changed or
// is gone.
#pragma once

#include "counterexamples/snapshot.hpp"
#include "model/event.hpp"
#include "model/interface/status.hpp"
#include "model/scope.hpp"
#include "model/step_log.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bwcheck::counterexamples {

/// A model step that ran as part of an event: the kernel function, and the CPU whose run queue lock it held.
struct source_step {
    model::step function = model::step::count;
    model::cpu_id cpu = model::no_cpu;

    friend bool operator==(const source_step&, const source_step&) = default;
};

/// A write of the part's setup, and what the revision answered.
struct setup_result {
    model::scope_write written;
    model::status result = model::status::ok;

    friend bool operator==(const setup_result&, const setup_result&) = default;
};

/// One event of a run.
struct trace_step {
    model::event event;                  ///< of a write, `index` is its number among the part's writes
    std::optional<model::status> result; ///< what a write returned
    std::vector<source_step> source;     ///< in the order in which they ran
    snapshot state;                      ///< afterwards

    friend bool operator==(const trace_step&, const trace_step&) = default;
};

/// A run that breaks a property.
struct trace {
    std::string tool_version; ///< of the bwcheck that made it
    std::string revision;
    std::string property;
    std::string engine;                      ///< "explore"
    std::string scope;                       ///< its name; `part` has all that matters
    std::optional<std::uint64_t> seed;       ///< of a random engine; empty for an exhaustive one
    std::string explanation;                 ///< what should hold, and why it does not
    std::vector<std::string> did_not_matter; ///< what might as well be otherwise, found out when it was shrunk
    model::scope_part part;
    std::vector<setup_result> setup;
    snapshot initial;              ///< after the setup
    std::vector<trace_step> steps; ///< the last one breaks the property
    /// The number of the first step, from 0, after which nothing that tasks, timers and users could still do would
    /// avoid the violation. Empty: not computed.
    std::optional<std::size_t> unavoidable_from;
};

} // namespace bwcheck::counterexamples

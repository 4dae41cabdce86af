// Makes a failing run short and plain: fewest events, fewest CPUs, roundest numbers, and a note of what did not matter.
//
// RapidCheck shrinks command sequences too. It cannot be used alone: it tries all subranges of a sequence, which are
// quadratically many, and repairs each, so that a run of thousands of events takes tens of thousands of runs; and it
// stops where no single step helps, as with an event and a number that have to change together. Here events go first,
// by delta debugging, in which what cannot happen any more is dropped; then CPUs; then whatever else the machine and
// the numbers in files and ticks can do without.
#pragma once

#include "model/event.hpp"
#include "model/scope.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace bwcheck::counterexamples {

/// A run that fails, and its machine.
struct failing_run {
    model::scope_part part;
    std::vector<model::event> events;
};

/// Runs events on a part, leaving out those that cannot happen. Returns those that did, up to the one that breaks the
/// property; empty if none does.
using attempt = std::function<std::optional<std::vector<model::event>>(const model::scope_part& part,
                                                                       std::span<const model::event> events)>;

struct shrink_options {
    bool keep_part = false;          ///< the part was given by a scope: only events are left out
    bool keep_events = false;        ///< they follow from the part, as those of a survey do: only the part is changed
    std::uint64_t most_runs = 5'000; ///< attempts; then the shortest so far is returned
};

struct shrunk_run {
    failing_run run;
    std::vector<std::string> did_not_matter; ///< sentences
    std::uint64_t runs = 0;                  ///< attempts
};

/// `start` must fail; what comes back fails, too.
[[nodiscard]] shrunk_run shrink(failing_run start, const attempt& fails, const shrink_options& options = {});

} // namespace bwcheck::counterexamples

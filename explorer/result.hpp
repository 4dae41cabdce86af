// What an exploration is asked for and what it answers. Everything in the answer but the seconds and the bytes is the
// same for any number of jobs, as long as the exploration is complete.
#pragma once

#include "explorer/findings.hpp"
#include "explorer/transition_system.hpp"
#include "text/clock.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace bwcheck::explorer {

/// How to explore.
struct options {
    std::size_t jobs = 1;                              ///< threads, at least one
    double budget_seconds = 0;                         ///< stop after this long; 0: never
    text::clock now = text::steady_seconds;            ///< for the budget, and what is said of seconds
    std::uint64_t memory_limit = 0;                    ///< stop before what is stored exceeds it; 0: never
    bool check_deadlock = false;                       ///< look for states without successors
    property_set until_violated = 0;                   ///< stop after the level in which the last of these is; 0: never
    std::uint64_t most_states = 0;                     ///< stop after the level with which there are more; 0: never
    std::size_t table_capacity = std::size_t{1} << 16; ///< entries to begin with; it grows as needed
};

/// Why an exploration ended.
enum class stop_reason {
    exhausted, ///< there is nothing left to explore
    budget,    ///< the time was over
    memory,    ///< the memory limit was reached
    violated,  ///< everything that was looked for is violated
    states,    ///< there were as many states as were to be looked at
};

[[nodiscard]] constexpr std::string_view to_string(stop_reason reason) noexcept {
    switch (reason) {
    case stop_reason::budget:
        return "budget";
    case stop_reason::memory:
        return "memory";
    case stop_reason::violated:
        return "violated";
    case stop_reason::states:
        return "states";
    case stop_reason::exhausted:
        break;
    }
    return "exhausted";
}

/// A path from an initial state.
template <transition_system S>
struct trace {
    typename S::state initial{};
    std::vector<typename S::event> events;
    std::vector<typename S::state> states; ///< states[i] is the state after events[i]

    [[nodiscard]] std::size_t length() const noexcept { return events.size(); }
    [[nodiscard]] const typename S::state& last() const noexcept { return states.empty() ? initial : states.back(); }
};

/// What became of one property.
template <transition_system S>
struct property_outcome {
    std::uint64_t triggered =
        0; ///< transitions and states that triggered it; 0: the property was never put to the test
    std::uint64_t violating_transitions = 0;
    std::uint64_t violating_states = 0;
    /// A shortest path to a violation, if there is one. It ends with the violating transition or in the violating
    /// state.
    std::optional<trace<S>> counterexample;

    [[nodiscard]] bool violated() const noexcept { return violating_transitions + violating_states != 0; }
};

/// The outcome of an exploration.
template <transition_system S>
struct result {
    std::uint64_t states = 0;      ///< distinct states
    std::uint64_t transitions = 0; ///< explored, including those to states known already
    std::size_t depth = 0;         ///< the number of levels
    std::uint64_t widest_level = 0;
    std::vector<std::uint64_t> states_per_level;

    bool complete = false; ///< everything within reach was explored, except beyond `cut` and `escaped`
    stop_reason reason = stop_reason::exhausted;
    double seconds = 0;
    std::uint64_t memory_bytes = 0;

    property_set triggered = 0; ///< bit i: property i was triggered
    property_set violated = 0;  ///< bit i: property i is violated
    std::vector<property_outcome<S>> properties;

    std::uint64_t deadlocks = 0; ///< states without successors, if asked for
    std::optional<trace<S>> deadlock;

    /// States of a timed system from which time never passes again; counted where the exploration is complete.
    std::uint64_t standstills = 0;
    std::optional<trace<S>> standstill;

    /// Transitions to states that do not fit, and that break a property themselves or by their state. What lies behind
    /// is not explored: to all other properties they are what `escaped` is.
    std::uint64_t cut = 0;
    std::uint64_t escaped = 0; ///< transitions to, and initial, states that do not fit and violate nothing
    std::optional<trace<S>> escape;

    typename S::tally tally{};
};

} // namespace bwcheck::explorer

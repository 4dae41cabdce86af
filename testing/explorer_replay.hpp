// A trace that is only believed is worth little: this walks it through the system again.
#pragma once

#include "explorer/result.hpp"
#include "explorer/transition_system.hpp"

#include <cstddef>
#include <string>

namespace bwcheck::explorer {

/// Why `t` is not a path of `system`, or nothing when it is one. States must be comparable with ==.
template <transition_system S>
std::string describe_first_wrong_step(const S& system, const trace<S>& t) {
    if (t.states.size() != t.events.size())
        return "the trace does not have one state for each event";
    bool begins_well = false;
    system.initial_states([&](const typename S::state& initial) { begins_well |= initial == t.initial; });
    if (!begins_well)
        return "the trace does not begin in an initial state";
    typename S::state from = t.initial;
    for (std::size_t i = 0; i < t.events.size(); ++i) {
        bool possible = false;
        typename S::tally unused{};
        system.successors(from, unused, [&](const typename S::event& by, const typename S::state& to, findings) {
            possible |= by == t.events[i] && to == t.states[i];
        });
        if (!possible)
            return "step " + std::to_string(i + 1) + " is not a transition of the system";
        from = t.states[i];
    }
    return {};
}

} // namespace bwcheck::explorer

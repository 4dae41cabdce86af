// The same exploration as simply as it can be written: one thread, ordinary containers, states compared by their own
// operator<=>. It is slow and needs much memory, and exists so that the fast one has something to agree with.
#pragma once

#include "explorer/transition_system.hpp"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <vector>

namespace bwcheck::explorer {

/// What the naive search finds; the names are those of `result`.
template <transition_system S>
struct naive_result {
    std::set<typename S::state> states;
    std::uint64_t transitions = 0;
    std::vector<std::uint64_t> states_per_level;
    bool complete = true;

    std::map<std::size_t, std::uint64_t> triggered;
    std::map<std::size_t, std::uint64_t> violating_transitions;
    std::map<std::size_t, std::uint64_t> violating_states;
    std::map<std::size_t, std::size_t> shortest_violation; ///< length in transitions, per violated property

    std::uint64_t deadlocks = 0;
    std::size_t shortest_deadlock = 0;
    std::uint64_t cut = 0;
    std::uint64_t escaped = 0;
    std::uint64_t changed_by_packing =
        0; ///< states for which unpack(pack(state)) is another state: a bug in the system
    typename S::tally tally{};
};

/// Explores until nothing new is found or there are more than `state_limit` states (0: no limit).
///
/// pack() is asked whether a state fits, as the fast search asks it; the packed words are only used to check that they
/// unpack to the same state.
template <transition_system S>
requires std::three_way_comparable<typename S::state> naive_result<S> naive_search(const S& system,
                                                                                   std::size_t state_limit = 0) {
    using state = typename S::state;
    naive_result<S> r;
    std::vector<state> level;
    std::vector<state> next;
    std::size_t length = 0; // of the paths that end with what is found now

    const auto note = [&](findings findings, std::map<std::size_t, std::uint64_t>& violating) {
        for (std::size_t i = 0; i < system.property_count(); ++i) {
            if (((findings.triggered >> i) & 1) != 0)
                ++r.triggered[i];
            if (((findings.violated >> i) & 1) != 0) {
                ++violating[i];
                r.shortest_violation.emplace(i, length);
            }
        }
    };
    const auto fits = [&](const state& s) {
        packed_state packed{};
        return system.pack(s, packed.data());
    };
    const auto survives_packing = [&](const state& s) {
        packed_state packed{};
        state unpacked{};
        system.pack(s, packed.data());
        system.unpack(packed.data(), unpacked);
        return unpacked == s;
    };
    const auto reach = [&](const state& s) {
        if (r.states.insert(s).second) {
            next.push_back(s);
            r.changed_by_packing += survives_packing(s) ? 0 : 1;
            note(system.judge(s, r.tally), r.violating_states);
        }
    };

    system.initial_states([&](const state& initial) {
        if (fits(initial)) {
            reach(initial);
        } else {
            ++r.escaped;
        }
    });
    while (!next.empty()) {
        level.swap(next);
        next.clear();
        r.states_per_level.push_back(level.size());
        ++length;
        for (const state& from : level) {
            if (state_limit != 0 && r.states.size() > state_limit) {
                r.complete = false;
                return r;
            }
            std::uint64_t successors = 0;
            system.successors(from, r.tally, [&](const auto& /*event*/, const state& to, findings says) {
                ++successors;
                const bool kept = fits(to);
                if (!kept) {
                    typename S::tally unused{};
                    const findings judged = system.judge(to, unused);
                    says.triggered |= judged.triggered;
                    says.violated |= judged.violated;
                }
                note(says, r.violating_transitions);
                if (kept)
                    reach(to);
                else if (says.violated != 0)
                    ++r.cut;
                else
                    ++r.escaped;
            });
            r.transitions += successors;
            if (successors == 0 && r.deadlocks++ == 0)
                r.shortest_deadlock = length - 1;
        }
    }
    return r;
}

} // namespace bwcheck::explorer

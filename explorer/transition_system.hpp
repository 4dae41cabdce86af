// The whole contract between the explorer and what it explores. The explorer knows nothing else of the kernel, and
// anything that meets this concept can be explored: the toys the tests use are as good as the machine.
#pragma once

#include "explorer/findings.hpp"

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace bwcheck::explorer {

/// States are stored as a fixed number of these.
using word = std::uint64_t;

/// The largest packed state, in words.
inline constexpr std::size_t max_packed_words = 16;

/// A packed state of any size; the words beyond packed_words() are zero, so that comparing two compares the states.
using packed_state = std::array<word, max_packed_words>;

namespace archetype {

template <class S>
struct state_visitor {
    void operator()(const typename S::state& /*state*/) const {}
};

template <class S>
struct step_visitor {
    void operator()(const typename S::event& /*event*/, const typename S::state& /*to*/, findings /*found*/) const {}
};

} // namespace archetype

/// The types a system brings along.
///
/// - `state` is the unpacked state: copyable, without heap memory behind it.
/// - `event` is a small value that names a transition.
/// - `tally` collects what the system wants to know about its own exploration (coverage, measured maxima). Each worker
///   has its own; at the end all are merged, so merging must not depend on the order.
template <class S>
concept has_transition_system_types = std::default_initializable<typename S::state> &&
    std::copyable<typename S::state> && std::is_trivially_copyable_v<typename S::event> &&
    std::equality_comparable<typename S::event> && std::default_initializable<typename S::tally> &&
    requires(typename S::tally& tally, const typename S::tally& other) {
    tally.merge(other);
};

/// Something that can be explored. All functions are called concurrently on one const object.
///
/// - `property_count()`: how many properties are watched, at most 64.
/// - `packed_words()`: how many words a packed state has, 1 to 16; always the same for one object.
/// - `pack(state, words)`: writes packed_words() words; false when the state does not fit its packed ranges.
/// - `unpack(words, state)`: the inverse; overwrites every member of `state`.
/// - `initial_states(visit)`: calls `visit(state)` for each.
/// - `successors(from, tally, visit)`: calls `visit(event, to, findings)` for each transition. The order is the same
///   each time it is called for equal states.
/// - `judge(state, tally)`: what a state alone says about the properties; called once for each distinct state.
template <class S>
concept transition_system = has_transition_system_types<S> &&
    requires(const S& system, const typename S::state& from, typename S::state& into, typename S::tally& tally,
             const word* packed, word* room, archetype::state_visitor<S>& visit_state,
             archetype::step_visitor<S>& visit_step) {
    { system.property_count() } -> std::convertible_to<std::size_t>;
    { system.packed_words() } -> std::convertible_to<std::size_t>;
    { system.pack(from, room) } -> std::same_as<bool>;
    { system.unpack(packed, into) } -> std::same_as<void>;
    {system.initial_states(visit_state)};
    {system.successors(from, tally, visit_step)};
    { system.judge(from, tally) } -> std::same_as<findings>;
};

/// A system in which time passes, in some of its transitions, may say so; then states from which no such transition can
/// be reached are looked for.
///
/// - `passes_time(event)`: whether time passes in a transition of that event.
/// - `seen_to_go_on(state)`: a quick look whether, after transitions that take no time or after none, time can pass; it
///   may say no where a longer look says yes, but never the other way round.
template <class S>
concept timed_transition_system = transition_system<S> &&
    requires(const S& system, const typename S::state& from, const typename S::event& event) {
    { system.passes_time(event) } -> std::same_as<bool>;
    { system.seen_to_go_on(from) } -> std::same_as<bool>;
};

} // namespace bwcheck::explorer

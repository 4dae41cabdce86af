// Says in words where two explorations of one system differ. Tests could compare field by field, but a test that fails
// should tell a person what is wrong, and "expected 288, got 287" does not.
#pragma once

#include "explorer/breadth_first.hpp"
#include "explorer/recording.hpp"
#include "explorer/result.hpp"
#include "testing/naive_search.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace bwcheck::explorer {

/// Sentences about differences; empty when there are none.
class disagreement {
public:
    disagreement(std::string_view first, std::string_view second) : first_(first), second_(second) {}

    /// `a` and `b` are what the first and the second search say about `subject`.
    template <class T>
    void compare(std::string_view subject, const T& a, const T& b) {
        if (!(a == b))
            text_ << subject << ": " << first_ << " says " << a << ", " << second_ << " says " << b << '\n';
    }

    void note(const std::string& sentence) { text_ << sentence << '\n'; }

    [[nodiscard]] std::string text() const { return text_.str(); }

private:
    std::string_view first_;
    std::string_view second_;
    std::ostringstream text_;
};

namespace detail {

inline std::string list(const std::vector<std::uint64_t>& numbers) {
    std::ostringstream out;
    for (const std::uint64_t n : numbers)
        out << n << ' ';
    return out.str();
}

inline std::string list(property_set properties) {
    std::vector<std::uint64_t> numbers;
    properties::for_each_of(properties, [&](std::size_t number) { numbers.push_back(number); });
    return list(numbers);
}

template <transition_system S>
void compare_traces(disagreement& all, const std::string& subject, const std::optional<trace<S>>& a,
                    const std::optional<trace<S>>& b) {
    all.compare(subject + " has a trace", a.has_value(), b.has_value());
    if (!a || !b)
        return;
    all.compare(subject + ": length of the trace", a->length(), b->length());
    if (!(a->initial == b->initial))
        all.note(subject + ": the traces begin in different states");
    for (std::size_t i = 0; i < std::min(a->length(), b->length()); ++i) {
        if (!(a->events[i] == b->events[i]) || !(a->states[i] == b->states[i])) {
            all.note(subject + ": the traces part at step " + std::to_string(i + 1));
            return;
        }
    }
}

} // namespace detail

/// How two results of explore() differ, seconds and bytes aside. States must be comparable with ==. Tallies are not
/// looked at, as the explorer does not know what is in them.
template <transition_system S>
std::string describe_differences(const result<S>& a, const result<S>& b, std::string_view name_a,
                                 std::string_view name_b) {
    disagreement found(name_a, name_b);
    found.compare("states", a.states, b.states);
    found.compare("transitions", a.transitions, b.transitions);
    found.compare("depth", a.depth, b.depth);
    found.compare("widest level", a.widest_level, b.widest_level);
    found.compare("states per level", detail::list(a.states_per_level), detail::list(b.states_per_level));
    found.compare("complete", a.complete, b.complete);
    found.compare("reason to stop", to_string(a.reason), to_string(b.reason));
    found.compare("triggered properties", detail::list(a.triggered), detail::list(b.triggered));
    found.compare("violated properties", detail::list(a.violated), detail::list(b.violated));
    found.compare("properties", a.properties.size(), b.properties.size());
    for (std::size_t i = 0; i < std::min(a.properties.size(), b.properties.size()); ++i) {
        const std::string name = "property " + std::to_string(i);
        found.compare(name + " triggered", a.properties[i].triggered, b.properties[i].triggered);
        found.compare(name + " violating transitions", a.properties[i].violating_transitions,
                      b.properties[i].violating_transitions);
        found.compare(name + " violating states", a.properties[i].violating_states, b.properties[i].violating_states);
        detail::compare_traces<S>(found, name, a.properties[i].counterexample, b.properties[i].counterexample);
    }
    found.compare("deadlocks", a.deadlocks, b.deadlocks);
    detail::compare_traces<S>(found, "deadlock", a.deadlock, b.deadlock);
    found.compare("standstills", a.standstills, b.standstills);
    detail::compare_traces<S>(found, "standstill", a.standstill, b.standstill);
    found.compare("cut transitions", a.cut, b.cut);
    found.compare("escaped transitions", a.escaped, b.escaped);
    detail::compare_traces<S>(found, "escape", a.escape, b.escape);
    return found.text();
}

/// Explores `system` both ways and says how the answers differ, down to the sets of states. `options` must ask neither
/// for a budget nor for a limit.
template <transition_system System>
std::string describe_differences_from_naive(const System& system, options options = {}) {
    options.check_deadlock = true;
    const recording<System> recorded(system);
    const auto fast = explore(recorded, options);
    const auto naive = naive_search(system);
    const auto at = [](const auto& map, std::size_t i) {
        const auto entry = map.find(i);
        return entry == map.end() ? 0 : entry->second;
    };

    disagreement found("the explorer", "the naive search");
    found.compare("states", fast.states, std::uint64_t{naive.states.size()});
    found.compare("judged states", std::uint64_t{fast.tally.judged.size()}, std::uint64_t{naive.states.size()});
    found.compare("judgements", fast.tally.judgements, std::uint64_t{naive.states.size()});
    if (fast.tally.judged != naive.states)
        found.note("the sets of states are not equal");
    if (naive.changed_by_packing != 0)
        found.note(std::to_string(naive.changed_by_packing) + " states are changed by packing and unpacking");
    found.compare("transitions", fast.transitions, naive.transitions);
    found.compare("states per level", detail::list(fast.states_per_level), detail::list(naive.states_per_level));
    for (std::size_t i = 0; i < system.property_count(); ++i) {
        const std::string name = "property " + std::to_string(i);
        const auto& property = fast.properties[i];
        found.compare(name + " triggered", property.triggered, at(naive.triggered, i));
        found.compare(name + " violating transitions", property.violating_transitions,
                      at(naive.violating_transitions, i));
        found.compare(name + " violating states", property.violating_states, at(naive.violating_states, i));
        const auto shortest = naive.shortest_violation.find(i);
        found.compare(name + " violated", property.violated(), shortest != naive.shortest_violation.end());
        if (property.counterexample && shortest != naive.shortest_violation.end())
            found.compare(name + ": shortest violation", property.counterexample->length(), shortest->second);
    }
    found.compare("deadlocks", fast.deadlocks, naive.deadlocks);
    if (fast.deadlock)
        found.compare("shortest way to a deadlock", fast.deadlock->length(), naive.shortest_deadlock);
    found.compare("cut transitions", fast.cut, naive.cut);
    found.compare("escaped transitions", fast.escaped, naive.escaped);
    return found.text();
}

} // namespace bwcheck::explorer

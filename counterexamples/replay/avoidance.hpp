// Whether a violation can still be avoided in some state: by whatever tasks, timers and users may do from there on.
//
// It can if there is a run from there that goes on for ever, or ends where nothing can happen, without breaking the
// property. A part of the state graph is enough to find one; that there is none takes the whole of what is within
// reach, so for large scopes the answer may be that nobody knows.
#pragma once

#include "counterexamples/replay/lasso.hpp"
#include "counterexamples/replay/state_key.hpp"
#include "properties/judged_machine.hpp"

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace bwcheck::counterexamples {

namespace detail {

/// The states within reach of one, as far as no step breaks the property. Depth first, and time passes first: that is
/// the shortest way to where the machine does the same thing again.
class unbroken_region {
public:
    using machine = properties::judged_machine<>;
    using state = machine::state;

    unbroken_region(const model::scope_part& part, const state& from, properties::property_set property)
        : machine_(*from.tg.kernel, part, property) {
        add(from);
    }

    /// Looks at up to `limit` states in all.
    void grow(std::size_t limit) {
        while (!to_expand_.empty() && edges_.size() < limit) {
            const std::uint32_t node = to_expand_.back();
            to_expand_.pop_back();
            expand(node);
        }
    }
    [[nodiscard]] bool complete() const { return to_expand_.empty(); }
    /// Whether it has a run that goes on for ever, or ends where nothing can happen.
    [[nodiscard]] bool has_lasting_run() const { return ends_ || has_timed_cycle(edges_); }

private:
    std::uint32_t add(const state& found) {
        const auto number = static_cast<std::uint32_t>(edges_.size());
        const auto [entry, is_new] = known_.try_emplace(key_of(found), number);
        if (is_new) {
            edges_.emplace_back();
            states_.push_back(found);
            states_.back().tg.log = &log_;
            to_expand_.push_back(number);
        }
        return entry->second;
    }

    void expand(std::uint32_t node) {
        const state from = states_[node];
        bool something_happens = false;
        machine_.for_each_event(from, [&](const model::event& what) {
            something_happens = true;
            state next = from;
            const model::status result = machine_.apply(from, what, next);
            properties::measurements measured;
            if (machine_.judge(machine_.transition_of(from, what, result, next), measured).broken != 0 ||
                machine_.judge(machine_.situation_of(next), measured).broken != 0)
                return;
            const std::uint32_t to = add(next);
            edges_[node].push_back({to, what.kind == model::event_kind::tick});
        });
        ends_ = ends_ || !something_happens;
    }

    machine machine_;
    model::step_log<model::plain> log_;
    std::unordered_map<std::string, std::uint32_t> known_;
    std::vector<state> states_;
    std::vector<std::uint32_t> to_expand_;
    timed_graph edges_;
    bool ends_ = false;
};

} // namespace detail

/// Whether the property, by its number in the catalogue, can still be kept from `from` on; `from` itself does not break
/// it. Empty if looking at `most_states` states does not tell.
[[nodiscard]] inline std::optional<bool> avoidable(const model::scope_part& part,
                                                   const properties::judged_machine<>::state& from,
                                                   std::size_t property, std::size_t most_states) {
    detail::unbroken_region region(part, from, properties::only(property));
    constexpr std::size_t first_look = 500;
    constexpr std::size_t factor = 8;
    for (std::size_t limit = first_look;; limit *= factor) {
        region.grow(std::min(limit, most_states));
        if (region.has_lasting_run())
            return true;
        if (region.complete())
            return false;
        if (limit >= most_states)
            return std::nullopt;
    }
}

} // namespace bwcheck::counterexamples

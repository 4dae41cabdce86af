// Whether a violation can still be avoided in some state: by whatever tasks, timers and users may do from there on.
//
// It can if there is a run from there that goes on for ever, or ends where nothing can happen, without breaking the
// property. A part of the state graph is enough to find one; that there is none takes the whole of what is within
// reach, so for large scopes the answer may be that nobody knows.
#pragma once

#include "counterexamples/replay/lasso.hpp"
#include "counterexamples/replay/state_key.hpp"
#include "properties/judged_machine.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace bwcheck::counterexamples {

namespace detail {

/// The states within reach of some, as far as no step breaks the property. Depth first, and time passes first: that is
/// the shortest way to where the machine does the same thing again.
class unbroken_region {
public:
    using machine = properties::judged_machine<>;
    using state = machine::state;
    using node = timed_graph::node;

    unbroken_region(const model::scope_part& part, const model::kernel_table<model::plain>& kernel,
                    properties::property_set property)
        : machine_(kernel, part, property) {}

    /// The node of a state, which is added if it is not there. What it points to has to outlive the region.
    node add(const state& reached) {
        const auto number = static_cast<node>(graph_.size());
        const auto [entry, is_new] = known_.try_emplace(key_of(reached), number);
        if (is_new) {
            graph_.add_node();
            ends_.push_back(false);
            states_.push_back(reached);
            states_.back().tg.log = &log_;
            to_expand_.push_back(number);
        }
        return entry->second;
    }
    /// Looks on until there are `limit` states in all.
    void grow(std::size_t limit) {
        while (!to_expand_.empty() && graph_.size() < limit) {
            const node next = to_expand_.back();
            to_expand_.pop_back();
            expand(next);
        }
    }
    [[nodiscard]] std::size_t size() const { return graph_.size(); }
    /// Whether all that is within reach has been looked at.
    [[nodiscard]] bool complete() const { return to_expand_.empty(); }
    /// Whether a run from there goes on for ever, or ends where nothing can happen.
    [[nodiscard]] bool can_last(node from) const {
        std::vector<bool> lasting = on_timed_cycles(graph_);
        for (node each = 0; each < graph_.size(); ++each)
            lasting[each] = lasting[each] || ends_[each];
        return leading_to(lasting, graph_)[from];
    }

private:
    void expand(node from_node) {
        const state from = states_[from_node];
        bool something_happens = false;
        machine_.for_each_event(from, [&](const model::event& event) {
            something_happens = true;
            state next = from;
            const model::status result = machine_.apply(from, event, next);
            properties::measurements measured;
            if (machine_.judge(machine_.transition_of(from, event, result, next), measured).broken != 0 ||
                machine_.judge(machine_.situation_of(next), measured).broken != 0)
                return;
            const node to = add(next);
            graph_.add_edge({from_node, to, event.kind == model::event_kind::tick});
        });
        ends_[from_node] = !something_happens;
    }

    machine machine_;
    model::step_log<model::plain> log_;
    std::unordered_map<std::string, node> known_;
    std::vector<state> states_; ///< by node
    std::vector<bool> ends_;    ///< by node: nothing can happen there
    std::vector<node> to_expand_;
    timed_graph graph_;
};

} // namespace detail

/// Answers for the states of one run, from the last to the first: what is within reach of one is within reach of those
/// before it, and is looked at once.
class avoidance {
public:
    using state = properties::judged_machine<>::state;

    /// `property`: its number in the catalogue. `most_states`: how many may be looked at for one state of the run.
    avoidance(const model::scope_part& part, const model::kernel_table<model::plain>& kernel, std::size_t property,
              std::size_t most_states)
        : part_(part), kernel_(kernel), property_(properties::only(property)), most_states_(most_states),
          region_(part, kernel, property_) {}

    /// Whether the property can still be kept from `from` on, which does not break it itself. Empty if looking at
    /// `most_states` states does not tell. States asked about, and what they point to, have to outlive this.
    [[nodiscard]] std::optional<bool> avoidable(const state& from) {
        const bool is_first = region_.size() == 0;
        const auto answer = look_from(from, region_);
        if (answer || is_first)
            return answer;
        // What earlier answers took counts in the limit, and might not have been met on the way from here.
        detail::unbroken_region alone(part_, kernel_, property_);
        return look_from(from, alone);
    }

private:
    [[nodiscard]] std::optional<bool> look_from(const state& from, detail::unbroken_region& region) const {
        constexpr std::size_t first_look = 500;
        constexpr std::size_t factor = 8;
        const auto node = region.add(from);
        for (std::size_t limit = region.size() + first_look;; limit *= factor) {
            region.grow(std::min(limit, most_states_));
            if (region.can_last(node))
                return true;
            if (region.complete())
                return false;
            if (limit >= most_states_)
                return std::nullopt;
        }
    }

    const model::scope_part& part_;
    const model::kernel_table<model::plain>& kernel_;
    properties::property_set property_;
    std::size_t most_states_;
    detail::unbroken_region region_;
};

} // namespace bwcheck::counterexamples

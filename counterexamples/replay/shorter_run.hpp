// Whether a run that was shrunk could be shorter still, asked in the explorer's order: breadth first, over whatever can
// happen in the run's own part.
//
// Leaving things out and changing numbers cannot turn a run into one that reaches the same end by other events, as
// where two writes do what otherwise takes a period. The search may give up: then the run stays as it is.
#pragma once

#include "counterexamples/replay/state_key.hpp"
#include "properties/judged_machine.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <unordered_set>
#include <utility>
#include <vector>

namespace bwcheck::counterexamples {

/// How many states may be looked at to find a shorter run.
inline constexpr std::size_t default_shortening_states = 200'000;

namespace detail {

class shorter_run_search {
public:
    using machine = properties::judged_machine<>;
    using state = machine::state;

    /// `ticks`: how far time may move at once, ns.
    shorter_run_search(const model::kernel_table<model::plain>& kernel, const model::scope_part& part,
                       std::size_t property, std::vector<std::uint64_t> ticks)
        : machine_(kernel, part, properties::only(property)), ticks_(std::move(ticks)) {}

    [[nodiscard]] std::optional<std::vector<model::event>> run(std::size_t shorter_than, std::size_t most_states) {
        most_states_ = most_states;
        add(machine_.initial(log_), {});
        for (std::size_t length = 1; length < shorter_than && !next_.empty(); ++length) {
            const std::vector<found_state> level = std::move(next_);
            next_.clear();
            for (const found_state& from : level) {
                if (expand(from))
                    return path_to(steps_.size() - 1);
                if (seen_.size() >= most_states_)
                    return std::nullopt;
            }
        }
        return std::nullopt;
    }

private:
    struct step {
        std::size_t before; ///< number of the step that led to where this one happens
        model::event event;
    };
    struct found_state {
        state here;
        std::size_t reached_by;
    };

    void add(const state& reached, const step& by) {
        // Two states that are taken for one cost at most a shorter run: whatever is found is run again.
        if (!seen_.insert(std::hash<std::string>{}(key_of(reached))).second)
            return;
        steps_.push_back(by);
        next_.push_back({reached, steps_.size() - 1});
        next_.back().here.tg.log = &log_;
    }

    /// True if something that can happen there breaks the property; it is the last of the steps then.
    [[nodiscard]] bool expand(const found_state& from) {
        bool broken = false;
        const auto happen = [&](const model::event& event) {
            if (broken)
                return;
            state to = from.here;
            const model::status result = machine_.apply(from.here, event, to);
            properties::measurements measured;
            broken = machine_.judge(machine_.transition_of(from.here, event, result, to), measured).broken != 0 ||
                     machine_.judge(machine_.situation_of(to), measured).broken != 0;
            if (broken)
                steps_.push_back({from.reached_by, event});
            else if (!log_.has_run_away())
                add(to, {from.reached_by, event});
        };
        machine_.for_each_event(from.here, [&](const model::event& event) {
            if (event.kind != model::event_kind::tick)
                happen(event);
        });
        for (const std::uint64_t amount : ticks_) {
            const model::event tick{.kind = model::event_kind::tick, .amount = amount};
            if (machine_.enabled(from.here, tick))
                happen(tick);
        }
        return broken;
    }

    [[nodiscard]] std::vector<model::event> path_to(std::size_t number) const {
        std::vector<model::event> path;
        for (; number != 0; number = steps_[number].before)
            path.push_back(steps_[number].event);
        std::reverse(path.begin(), path.end());
        return path;
    }

    machine machine_;
    std::vector<std::uint64_t> ticks_;
    model::step_log<model::plain> log_;
    std::unordered_set<std::size_t> seen_;
    std::vector<step> steps_; ///< the first one stands for the beginning
    std::vector<found_state> next_;
    std::size_t most_states_ = 0;
};

} // namespace detail

/// A run of fewer than `shorter_than` events that breaks the property, the shortest of them. Empty if there is none, or
/// if `most_states` states do not tell. The part must have at most model::plain::max_cpus CPUs, and the property, by
/// its number in the catalogue, must be one that judges events or states.
[[nodiscard]] inline std::optional<std::vector<model::event>>
shorter_run(const model::kernel_table<model::plain>& kernel, const model::scope_part& part, std::size_t property,
            std::size_t shorter_than, std::vector<std::uint64_t> ticks,
            std::size_t most_states = default_shortening_states) {
    return detail::shorter_run_search(kernel, part, property, std::move(ticks)).run(shorter_than, most_states);
}

} // namespace bwcheck::counterexamples

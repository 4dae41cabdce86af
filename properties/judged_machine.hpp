// A revision's machine with everything that judges it: what explorer, random tests and replay all set in motion.
//
// It knows a scope part, so that an event is enough to go on; it carries the histories along with the state; and it
// asks every property of the catalogue about every event and every state.
#pragma once

#include "model/kernel_table.hpp"
#include "properties/catalogue.hpp"
#include "properties/judge.hpp"
#include "properties/trial.hpp"

#include <atomic>
#include <cstdint>
#include <vector>

namespace bwcheck::properties {

template <model::arithmetic Num = model::plain>
class judged_machine {
public:
    using kernel_table = model::kernel_table<Num>;

    struct state {
        model::task_group<Num> tg;
        history_over<Num> past;
    };

    /// `selected`: the properties of the catalogue that are to be judged.
    judged_machine(const kernel_table& kernel, const model::scope_part& part, property_set selected = all_properties)
        : kernel_(kernel), part_(part), constants_(model::constants_over<Num>(part.constants)),
          environment_(model::environment_over<Num>(part.environment)), kept_(histories_of(part)),
          selected_(selected & catalogue_judgeable_with(kept_)) {
        for (const model::scope_write& write : part_.writes) {
            writes_.push_back(model::request_of(kernel_, write.file, write.text));
            writable_.push_back(model::file_exists(kernel_, write.file));
        }
    }

    [[nodiscard]] const kernel_table& kernel() const { return kernel_; }
    [[nodiscard]] const model::scope_part& part() const { return part_; }
    [[nodiscard]] unsigned kept() const { return kept_; }
    [[nodiscard]] property_set selected() const { return selected_; }

    /// A new group, after the part's setup. Refused writes leave it as it was. Its steps, and those of whatever is
    /// applied to copies of it, are written to `log`. Calls visit(number, result, transition) for each setup write; no
    /// transition if there is no such file. Histories begin anew after the setup.
    template <class Visit>
    [[nodiscard]] state initial(model::step_log<Num>& log, Visit&& visit) const {
        state start{trial<Num>::new_group(kernel_, part_, constants_), {}};
        start.tg.log = &log;
        const model::event event{.kind = model::event_kind::write};
        start.past = first_history(kept_, start.tg, part_);
        for (std::size_t number = 0; number < part_.setup.size(); ++number) {
            const auto& write = part_.setup[number];
            if (!model::file_exists(kernel_, write.file)) {
                visit(number, model::status::enoent, static_cast<const transition<Num>*>(nullptr));
                continue;
            }
            const auto request = model::request_of(kernel_, write.file, write.text);
            const state before = start;
            const model::status result = kernel_.apply(start.tg, event, &request);
            if (kept_ != history_none)
                advance_history(start.past, kept_, before.tg, event, &request, result, start.tg, part_);
            const transition<Num> step{before.tg, event, &request, result, start.tg, before.past, start.past, part_};
            visit(number, result, &step);
        }
        start.past = first_history(kept_, start.tg, part_);
        model::visit_statistics(
            [](model::field which, model::cpu_id, auto& member) {
                if (model::info_of(which).role == model::field_role::statistic)
                    member = {};
            },
            start.tg);
        return start;
    }
    [[nodiscard]] state initial(model::step_log<Num>& log) const {
        return initial(log, [](std::size_t, model::status, const transition<Num>*) {});
    }

    /// Calls visit(event) for everything that can happen in `from`, in a fixed order.
    template <class Visit>
    void for_each_event(const state& from, Visit&& visit) const {
        model::for_each_event(from.tg, environment_, visit);
        for (std::size_t number = 0; number < writes_.size(); ++number)
            if (writable_[number])
                visit(model::event{.kind = model::event_kind::write, .index = static_cast<std::uint16_t>(number)});
        const model::event tick{.kind = model::event_kind::tick, .amount = part_.environment.tick};
        if (model::enabled(from.tg, environment_, tick))
            visit(tick);
    }

    [[nodiscard]] bool enabled(const state& in, const model::event& event) const {
        if (event.kind == model::event_kind::write)
            return event.index < writes_.size() && writable_[event.index];
        return model::enabled(in.tg, environment_, event);
    }

    /// Lets `event` happen to `next`, a copy of `from`. Its steps are in next.tg.log afterwards.
    model::status apply(const state& from, const model::event& event, state& next) const {
        const auto* request = request_of(event);
        const model::status result = kernel_.apply(next.tg, event, request);
        if (kept_ != history_none)
            advance_history(next.past, kept_, from.tg, event, request, result, next.tg, part_);
        return result;
    }

    [[nodiscard]] transition<Num> transition_of(const state& from, const model::event& event, model::status result,
                                                const state& next) const {
        return {from.tg, event, request_of(event), result, next.tg, from.past, next.past, part_, number_};
    }
    [[nodiscard]] situation<Num> situation_of(const state& at) const { return {at.tg, at.past, part_}; }

    /// What every selected property says of a transition (what was measured only grows).
    [[nodiscard]] judgement judge(const transition<Num>& step, measurements& measured) const {
        return judge_transition(step, selected_, measured);
    }
    /// What every selected property says of a state.
    [[nodiscard]] judgement judge(const situation<Num>& here, measurements& measured) const {
        return judge_state(here, selected_, measured);
    }

private:
    [[nodiscard]] const model::write_request<Num>* request_of(const model::event& event) const {
        return event.kind == model::event_kind::write ? &writes_[event.index] : nullptr;
    }

    [[nodiscard]] static std::uint64_t next_number() {
        static std::atomic<std::uint64_t> last = 0;
        return ++last;
    }

    std::uint64_t number_ = next_number(); // copies are the same machine
    const kernel_table& kernel_;
    model::scope_part part_;
    model::constants<Num> constants_;
    model::environment<Num> environment_;
    std::vector<model::write_request<Num>> writes_; // of the part
    std::vector<bool> writable_;                    // those of them whose file exists
    unsigned kept_;
    property_set selected_;
};

} // namespace bwcheck::properties

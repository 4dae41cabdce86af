// The kernel's machine as a transition system, packed for the explorer.
#pragma once

#include "explorer/findings.hpp"
#include "model/layout.hpp"
#include "properties/judged_machine.hpp"

#include <array>
#include <cstdint>

namespace bwcheck::explorer {

/// How the histories of a part are packed, behind the machine's state. Ranges as in model/layout.hpp.
class history_layout {
public:
    history_layout(const model::scope_part& part, const model::layout& machine, unsigned kept);

    [[nodiscard]] unsigned bits() const;
    [[nodiscard]] bool pack(const properties::history& past, model::bit_writer& out) const;
    void unpack(model::bit_reader& in, properties::history& past) const;

private:
    unsigned kept_;
    unsigned nr_cpus_;
    std::array<model::packed_range, properties::history_members> ranges_; // by the number of the member
};

/// What an exploration counts on its way.
struct coverage_counts {
    std::array<std::uint64_t, static_cast<std::size_t>(model::event_kind::count)> events{};
    std::array<std::uint64_t, static_cast<std::size_t>(model::step::count)> steps{};
    std::array<std::uint64_t, static_cast<std::size_t>(model::branch::count)> branches{};
    properties::measurements measured;

    void merge(const coverage_counts& other);

    void count(const model::event& event, const model::step_log<model::plain>& log) {
        ++events[static_cast<std::size_t>(event.kind)];
        for (const auto& step : log.records())
            ++steps[static_cast<std::size_t>(step.function)];
        for (std::uint64_t rest = log.branches(); rest != 0; rest &= rest - 1)
            ++branches[static_cast<std::size_t>(std::countr_zero(rest))];
    }
};

/// Meets the explorer's transition_system.
class bandwidth_system {
public:
    using machine = properties::judged_machine<>;
    using state = machine::state;
    using event = model::event;
    using tally = coverage_counts;

    bandwidth_system(const model::kernel_table<model::plain>& kernel, const model::scope_part& part,
                     property_set selected)
        : machine_(kernel, part, selected), layout_(part), histories_(part, layout_, machine_.kept()) {
        for (const properties::history_info& row : properties::history_infos)
            if ((machine_.kept() & row.bit) != 0 && row.reads != model::field::count)
                layout_.keep(row.reads);
        properties::for_each_of(machine_.selected(), [&](std::size_t property) {
            if (const model::field reads = properties::catalogue_infos[property].reads; reads != model::field::count)
                layout_.keep(reads);
        });
        layout_.keep_runtime_expires(kernel.runtime_expires);
    }

    [[nodiscard]] const machine& judged() const { return machine_; }
    [[nodiscard]] const model::layout& layout() const { return layout_; }
    [[nodiscard]] unsigned bits() const { return layout_.bits() + histories_.bits(); }

    [[nodiscard]] std::size_t property_count() const { return properties::catalogue_size; }
    [[nodiscard]] std::size_t packed_words() const { return bits() / 64 + 1; }

    [[nodiscard]] bool pack(const state& from, std::uint64_t* words) const {
        model::bit_writer out(words);
        const bool fits = layout_.pack(from.tg, out) && histories_.pack(from.past, out);
        out.finish();
        return fits;
    }
    void unpack(const std::uint64_t* words, state& into) const {
        model::bit_reader in(words);
        into.tg.nr_cpus = static_cast<model::cpu_id>(machine_.part().nr_cpus);
        into.tg.kernel = &machine_.kernel();
        into.tg.constants = &machine_.part().constants;
        into.tg.log = &log();
        layout_.unpack(in, into.tg);
        histories_.unpack(in, into.past);
    }

    template <class Visit>
    void initial_states(Visit&& visit) const {
        visit(machine_.initial(log()));
    }

    template <class Visit>
    void successors(const state& from, tally& counts, Visit&& visit) const {
        machine_.for_each_event(from, [&](const event& happening) {
            state next = from;
            const model::status result = machine_.apply(from, happening, next);
            counts.count(happening, *next.tg.log);
            const auto says = machine_.judge(machine_.transition_of(from, happening, result, next), counts.measured);
            visit(happening, next, findings{says.fired, says.broken});
        });
    }

    [[nodiscard]] findings judge(const state& here, tally& counts) const {
        const auto says = machine_.judge(machine_.situation_of(here), counts.measured);
        return {says.fired, says.broken};
    }

    [[nodiscard]] bool passes_time(const event& by) const { return by.kind == model::event_kind::tick; }
    /// Lets all that is due happen, and looks whether time may pass then.
    [[nodiscard]] bool seen_to_go_on(const state& from) const;

private:
    // Steps are logged a thread at a time; a state carries a pointer to the log of the thread that unpacked it.
    static model::step_log<model::plain>& log() {
        static thread_local model::step_log<model::plain> of_this_thread;
        return of_this_thread;
    }

    machine machine_;
    model::layout layout_;
    history_layout histories_;
};

} // namespace bwcheck::explorer

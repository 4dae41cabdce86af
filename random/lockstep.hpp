// Runs a test case on two machines at once: one whose every event and state is judged, and one over numbers that notice
// when they wrap. Their states must not differ.
#pragma once

#include "model/revisions/revision.hpp"
#include "properties/explain.hpp"
#include "properties/judged_machine.hpp"
#include "properties/judged_setup.hpp"
#include "properties/watched_machine.hpp"
#include "random/case.hpp"

#include <array>
#include <bit>
#include <stdexcept>
#include <string>

namespace bwcheck::random {

/// What was seen in many events.
struct tally {
    std::uint64_t events = 0;
    std::array<std::uint64_t, static_cast<std::size_t>(model::event_kind::count)> kinds{};
    std::array<std::uint64_t, static_cast<std::size_t>(model::event_kind::count)> without_effect{};
    std::array<std::uint64_t, static_cast<std::size_t>(model::branch::count)> branches{};
    std::array<std::uint64_t, properties::catalogue_size> fired{};
    properties::measurements measured;
};

/// What a case broke first, and when.
struct breach {
    std::size_t events = 0; ///< how many had happened
    properties::property_set broken = 0;
    std::string explanation; ///< of the first of them
};

class lockstep {
public:
    using judged = properties::judged_machine<model::plain_many_cpus>;
    using state = judged::state;
    using watched = properties::watched_machine<model::checked>;

    /// `selected`: the properties that are asked. Wraps are looked for if a property about them is among them.
    lockstep(const model::revision& revision, const model::scope_part& part, properties::property_set selected)
        : machine_(*revision.over_plain_many_cpus, part, selected), selected_(selected),
          watching_((selected & ~properties::catalogue_observable) != 0), watched_(*revision.over_checked, part) {
        now_ = properties::begin_judged(machine_, log_, measured_in_setup_, setup_);
    }
    lockstep(const lockstep&) = delete;
    lockstep& operator=(const lockstep&) = delete;

    [[nodiscard]] bool enabled(const model::event& event) const { return machine_.enabled(now_, event); }

    /// What the setup breaks, and the state after it by itself.
    [[nodiscard]] breach begin(tally& seen) {
        breach sum = wraps();
        seen.measured.merge(measured_in_setup_);
        properties::for_each_of(setup_.said.fired, [&](std::size_t property) { ++seen.fired[property]; });
        if (setup_.said.broken != 0)
            add(sum, {0, setup_.said.broken, setup_.explanations.at(properties::first_of(setup_.said.broken))});
        return judge_state(seen, sum);
    }

    /// Lets an event happen, which must be enabled.
    [[nodiscard]] breach happen(const model::event& event, tally& seen) {
        before_ = now_;
        const model::status result = machine_.apply(before_, event, now_);
        const auto step = machine_.transition_of(before_, event, result, now_);
        count(event, step, seen);
        auto says = machine_.judge(step, seen.measured);
        properties::for_each_of(says.fired, [&](std::size_t property) { ++seen.fired[property]; });
        breach sum;
        sum.broken = says.broken;
        if (sum.broken != 0)
            sum.explanation = properties::explain(properties::first_of(sum.broken), step);

        if (watching_) {
            watched_.happen(event,
                            event.kind == model::event_kind::write ? &machine_.part().writes[event.index] : nullptr);
            add(sum, wraps());
            properties::for_each_of(properties::operations_tested(step),
                                    [&](std::size_t property) { ++seen.fired[property]; });
            if (!signed_wrap_)
                compare(event);
        }
        add(sum, judge_state(seen, {}));
        return sum;
    }

    /// After a signed wrap the plain machine is undefined, and the run is over.
    [[nodiscard]] bool over() const { return signed_wrap_ || log_.has_run_away(); }

private:
    [[nodiscard]] breach wraps() {
        breach sum;
        for (const properties::noticed_wrap& wrap : watched::take_wraps()) {
            signed_wrap_ = signed_wrap_ || wrap.operation.is_signed;
            const properties::property_set broken = properties::only(wrap.property) & selected_;
            if (sum.broken == 0 && broken != 0)
                sum.explanation = model::to_string(wrap.operation);
            sum.broken |= broken;
        }
        return sum;
    }
    [[nodiscard]] breach judge_state(tally& seen, breach sum) {
        const auto here = machine_.situation_of(now_);
        const auto says = machine_.judge(here, seen.measured);
        properties::for_each_of(says.fired, [&](std::size_t property) { ++seen.fired[property]; });
        breach of_state;
        of_state.broken = says.broken;
        if (says.broken != 0)
            of_state.explanation = properties::explain(properties::first_of(says.broken), here);
        add(sum, of_state);
        return sum;
    }
    static void add(breach& sum, const breach& more) {
        if (sum.broken == 0)
            sum.explanation = more.explanation;
        sum.broken |= more.broken;
    }

    template <class Step>
    void count(const model::event& event, const Step& step, tally& seen) {
        ++seen.events;
        ++seen.kinds[static_cast<std::size_t>(event.kind)];
        // A write that is refused is one of the things to be tested; an accepted one always has an effect. A walk
        // through the tree computes, and the group stays as it is.
        const bool changes = event.kind != model::event_kind::write && event.kind != model::event_kind::walk;
        if (changes && model::same_state(step.before, step.after))
            ++seen.without_effect[static_cast<std::size_t>(event.kind)];
        for (std::uint64_t rest = log_.branches(); rest != 0; rest &= rest - 1)
            ++seen.branches[static_cast<std::size_t>(std::countr_zero(rest))];
    }

    void compare(const model::event& event) const {
        const auto& a = now_.tg.cfs_bandwidth;
        const auto& b = watched_.group().cfs_bandwidth;
        bool same = a.period == b.period && a.quota == b.quota && a.burst == b.burst && a.runtime == b.runtime &&
                    b.period_timer == a.period_timer && a.throttled_cfs_rq.size() == b.throttled_cfs_rq.size();
        for (model::cpu_id cpu = 0; cpu < now_.tg.nr_cpus; ++cpu)
            same = same && watched_.group().cfs_rq(cpu).runtime_remaining == now_.tg.cfs_rq(cpu).runtime_remaining;
        if (!same)
            throw std::logic_error("the two families of numbers disagree after the event " +
                                   std::string(model::to_string(event.kind)));
    }

    judged machine_;
    properties::property_set selected_;
    bool watching_;
    watched watched_;
    model::step_log<model::plain_many_cpus> log_;
    properties::measurements measured_in_setup_;
    properties::judged_setup setup_;
    state before_;
    state now_;
    bool signed_wrap_ = false;
};

} // namespace bwcheck::random

// The runner of one revision, on top of the machine that explorer and random tests set in motion too.
#pragma once

#include "counterexamples/avoidance.hpp"
#include "counterexamples/runner.hpp"
#include "properties/judged_machine.hpp"
#include "properties/watched_machine.hpp"

#include <fmt/format.h>

#include <utility>

namespace bwcheck::counterexamples {

template <class Revision>
class revision_runner final : public runner {
public:
    using machine = properties::judged_machine<Revision>;
    using kernel = typename machine::kernel;
    using state_type = typename machine::state;
    using watched = properties::watched_machine<Revision, model::checked>;

    explicit revision_runner(const model::scope_part& part) : machine_(part), watched_(part) {
        wraps_ = watched::take_wraps();
        std::vector<std::pair<std::size_t, model::status>> refused;
        now_ = machine_.initial(log_, &refused);
        before_ = now_;
        for (const model::scope_write& written : machine_.part().setup)
            setup_.push_back({written, model::status::ok});
        for (const auto& [number, result] : refused)
            setup_[number].result = result;
    }

    [[nodiscard]] const std::vector<setup_result>& setup() const override { return setup_; }
    [[nodiscard]] snapshot state() const override { return take_snapshot(now_.tg); }

    [[nodiscard]] properties::property_set broken_here() const override {
        auto numbers = properties::nothing_measured();
        properties::property_set broken = machine_.judge(machine_.situation_of(now_), numbers).broken;
        for (const properties::noticed_wrap& wrap : wraps_)
            broken |= properties::only(wrap.property);
        return broken;
    }

    [[nodiscard]] std::string obstacle(const model::event& what) const override {
        if (machine_.enabled(now_, what))
            return "";
        if (what.kind == model::event_kind::write)
            return fmt::format("{} has no file {}", Revision::info.id,
                               model::to_string(machine_.part().writes.at(what.index).file));
        return fmt::format("{} cannot happen in this state of {}", model::to_string(what.kind), Revision::info.id);
    }

    run_step happen(const model::event& what) override {
        before_ = now_;
        what_ = what;
        result_ = machine_.apply(before_, what, now_);
        happened_ = true;
        watched_.happen(what, what.kind == model::event_kind::write ? &machine_.part().writes.at(what.index) : nullptr);
        wraps_ = watched::take_wraps();
        auto numbers = properties::nothing_measured();
        run_step done;
        done.broken = machine_.judge(last_transition(), numbers).broken | broken_here();
        done.step.what = what;
        if (what.kind == model::event_kind::write)
            done.step.result = result_;
        for (const auto& record : log_.records())
            done.step.source.push_back({record.what, record.cpu});
        done.step.state = state();
        return done;
    }

    [[nodiscard]] std::string explain(std::size_t property) const override {
        std::string text;
        for (const properties::noticed_wrap& wrap : wraps_)
            if (wrap.property == property && text.empty())
                text = model::to_string(wrap.operation);
        properties::for_each_property([&]<class Property>(std::size_t number) {
            if (number != property)
                return;
            if constexpr (requires { Property::template on_transition<kernel>(last_transition()); }) {
                const auto transition = last_transition();
                if constexpr (requires { Property::template explain<kernel>(transition); })
                    if (happened_ && Property::template on_transition<kernel>(transition).broken())
                        text = Property::template explain<kernel>(transition);
            }
            if constexpr (requires { Property::template on_state<kernel>(machine_.situation_of(now_)); }) {
                const auto situation = machine_.situation_of(now_);
                if constexpr (requires { Property::template explain<kernel>(situation); })
                    if (text.empty() && Property::template on_state<kernel>(situation).broken())
                        text = Property::template explain<kernel>(situation);
            }
        });
        return text;
    }

    [[nodiscard]] std::optional<properties::survey_result> survey(std::size_t property) const override {
        std::optional<properties::survey_result> found;
        properties::for_each_property([&]<class Property>(std::size_t number) {
            if constexpr (requires { Property::template on_scope<kernel>(machine_.part()); })
                if (number == property)
                    found = Property::template on_scope<kernel>(machine_.part());
        });
        return found;
    }

    [[nodiscard]] std::optional<bool> avoidable(std::size_t property, std::size_t most_states) const override {
        return counterexamples::avoidable<Revision>(machine_.part(), now_, property, most_states);
    }

private:
    [[nodiscard]] properties::transition<kernel> last_transition() const {
        return machine_.transition_of(before_, what_, result_, now_);
    }

    machine machine_; // what_ and the states refer to it: neither is ever moved
    model::step_log<model::plain> log_;
    std::vector<setup_result> setup_;
    state_type before_;
    state_type now_;
    model::event what_;
    model::status result_ = model::status::ok;
    bool happened_ = false;
    watched watched_;
    std::vector<properties::noticed_wrap> wraps_; ///< in the last event, or in the setup
};

} // namespace bwcheck::counterexamples

#include "counterexamples/replay/runner.hpp"

#include "counterexamples/replay/avoidance.hpp"
#include "properties/explain.hpp"
#include "properties/survey.hpp"

#include <fmt/format.h>

namespace bwcheck::counterexamples {

runner::runner(const model::revision& revision, const model::scope_part& part)
    : revision_(revision), machine_(*revision.over_plain, part), watched_(*revision.over_checked, part) {
    wraps_ = watched::take_wraps();
    properties::measurements measured;
    now_ = properties::begin_judged(machine_, log_, measured, judged_setup_);
    before_ = now_;
    for (std::size_t number = 0; number < machine_.part().setup.size(); ++number)
        setup_.push_back({machine_.part().setup[number], judged_setup_.results[number]});
}

properties::property_set runner::broken_here() const {
    properties::measurements measured;
    properties::property_set broken = machine_.judge(machine_.situation_of(now_), measured).broken;
    for (const properties::noticed_wrap& wrap : wraps_)
        broken |= properties::only(wrap.property);
    return happened_ ? broken : broken | judged_setup_.said.broken;
}

std::string runner::obstacle(const model::event& happening) const {
    if (machine_.enabled(now_, happening))
        return "";
    if (happening.kind == model::event_kind::write)
        return fmt::format("{} has no file {}", revision_.info.id,
                           model::to_string(machine_.part().writes.at(happening.index).file));
    return fmt::format("{} cannot happen in this state of {}", model::to_string(happening.kind), revision_.info.id);
}

run_step runner::happen(const model::event& happening) {
    const bool write = happening.kind == model::event_kind::write;
    before_ = now_;
    event_ = happening;
    result_ = machine_.apply(before_, event_, now_);
    happened_ = true;
    watched_.happen(event_, write ? &machine_.part().writes.at(event_.index) : nullptr);
    wraps_ = watched::take_wraps();
    properties::measurements measured;
    run_step done;
    done.broken = machine_.judge(last_transition(), measured).broken | broken_here();
    done.step.event = event_;
    if (write)
        done.step.result = result_;
    for (const auto& record : log_.records())
        done.step.source.push_back({record.function, record.cpu});
    done.step.state = state();
    return done;
}

std::string runner::explain(std::size_t property) const {
    for (const properties::noticed_wrap& wrap : wraps_)
        if (wrap.property == property)
            return model::to_string(wrap.operation);
    if (const auto in_setup = judged_setup_.explanations.find(property);
        !happened_ && in_setup != judged_setup_.explanations.end())
        return in_setup->second;
    properties::measurements measured;
    const properties::property_set bit = properties::only(property);
    if (const auto step = last_transition(); happened_ && (machine_.judge(step, measured).broken & bit) != 0)
        return properties::explain(property, step);
    if (const auto here = machine_.situation_of(now_); (machine_.judge(here, measured).broken & bit) != 0)
        return properties::explain(property, here);
    return "";
}

std::optional<properties::survey_result> runner::survey(std::size_t property) const {
    if (properties::catalogue_infos[property].kind != properties::property_kind::survey)
        return std::nullopt;
    return properties::ask_survey(property, machine_.kernel(), machine_.part());
}

std::optional<bool> runner::avoidable(std::size_t property, std::size_t most_states) const {
    return avoidance(machine_.part(), machine_.kernel(), property, most_states).avoidable(now_);
}

} // namespace bwcheck::counterexamples

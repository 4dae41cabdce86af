// Shrinks what a random run found, on the machine that found it.
#pragma once

#include "counterexamples/replay/shorter_run.hpp"
#include "counterexamples/replay/shrink.hpp"
#include "counterexamples/replay/why_not_judged.hpp"
#include "random/lockstep.hpp"
#include "random/random_run.hpp"

#include <algorithm>
#include <utility>

namespace bwcheck::random {

/// Runs events until the property is broken, leaving out those that cannot happen.
[[nodiscard]] inline std::optional<std::vector<model::event>> events_until_broken(const model::revision& revision,
                                                                                  const model::scope_part& part,
                                                                                  std::span<const model::event> events,
                                                                                  properties::property_set property,
                                                                                  std::string* explanation = nullptr) {
    lockstep machine(revision, part, property);
    tally unused;
    std::vector<model::event> happened;
    breach breach = machine.begin(unused);
    for (std::size_t number = 0; (breach.broken & property) == 0; ++number) {
        if (number == events.size() || machine.over())
            return std::nullopt;
        if (!machine.enabled(events[number]))
            continue;
        breach = machine.happen(events[number], unused);
        happened.push_back(events[number]);
    }
    if (explanation != nullptr)
        *explanation = breach.explanation;
    return happened;
}

/// A case that breaks a property.
struct failure {
    verdicts::run run; ///< shrunk, if that was asked for; its seed is that of the case: --seed SEED --cases 1
    std::string explanation;
};

struct shrink_choice {
    bool keep_part = false; ///< the machine was given by a scope
};

/// How far time moves at once in a run, each amount once.
[[nodiscard]] inline std::vector<std::uint64_t> ticks_of(const verdicts::run& run) {
    std::vector<std::uint64_t> ticks;
    for (const model::event& one : run.events)
        if (one.kind == model::event_kind::tick && std::find(ticks.begin(), ticks.end(), one.amount) == ticks.end())
            ticks.push_back(one.amount);
    return ticks;
}

[[nodiscard]] inline counterexamples::attempt attempt_to_break(const model::revision& revision, std::size_t property) {
    return [&revision, bit = properties::only(property)](const model::scope_part& part,
                                                         std::span<const model::event> events) {
        return events_until_broken(revision, part, events, bit);
    };
}

inline void shrink_case(const model::revision& revision, failure& failure, std::size_t property,
                        const shrink_choice& choice) {
    const auto fails = attempt_to_break(revision, property);
    auto done = counterexamples::shrink({failure.run.part, failure.run.events}, fails, {.keep_part = choice.keep_part});
    failure.run.part = std::move(done.run.part);
    failure.run.events = std::move(done.run.events);
    failure.run.did_not_matter = std::move(done.did_not_matter);
    failure.run.shrinking_runs += done.runs;
}

/// Replaces a shrunk case by a shorter one of the same part, of fewer than `shorter_than` events. False if none is
/// found.
inline bool shorten_case(const model::revision& revision, failure& failure, std::size_t property,
                         const shrink_choice& choice, std::size_t shorter_than) {
    if (properties::catalogue_infos[property].kind == properties::property_kind::operation ||
        failure.run.part.nr_cpus > model::plain::max_cpus ||
        !counterexamples::why_not_judged(property, failure.run.part).empty())
        return false; // what searches for runs looks at none of these
    const auto ticks =
        choice.keep_part ? std::vector<std::uint64_t>{failure.run.part.environment.tick} : ticks_of(failure.run);
    const auto shorter =
        counterexamples::shorter_run(*revision.over_plain, failure.run.part, property, shorter_than, ticks);
    if (!shorter || !attempt_to_break(revision, property)(failure.run.part, *shorter))
        return false;
    failure.run.events = *shorter;
    shrink_case(revision, failure, property, choice);
    return true;
}

/// The machine and the writes by which a survey of a part finds fault, made smaller. `survey` asks a part.
template <class Survey>
void shrink_survey(failure& failure, const shrink_choice& choice, Survey&& survey) {
    if (choice.keep_part)
        return;
    constexpr std::uint64_t most_surveys = 400; // they take as long as many runs
    const counterexamples::attempt fails =
        [&](const model::scope_part& part, std::span<const model::event>) -> std::optional<std::vector<model::event>> {
        properties::survey_result asked = survey(part);
        return asked.verdict.broken() ? std::optional(std::move(asked.events)) : std::nullopt;
    };
    auto done = counterexamples::shrink({failure.run.part, failure.run.events}, fails,
                                        {.keep_events = true, .most_runs = most_surveys});
    failure.run.part = std::move(done.run.part);
    failure.run.events = std::move(done.run.events);
    failure.run.did_not_matter = std::move(done.did_not_matter);
    failure.run.shrinking_runs = done.runs;
    failure.explanation = survey(failure.run.part).explanation;
}

} // namespace bwcheck::random

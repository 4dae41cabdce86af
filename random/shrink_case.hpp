// Shrinks what a random run found, on the machine that found it.
#pragma once

#include "counterexamples/shrink.hpp"
#include "random/lockstep.hpp"
#include "random/random_run.hpp"

#include <utility>

namespace bwcheck::random {

/// Runs events until the property is broken, leaving out those that cannot happen.
template <class Revision>
[[nodiscard]] std::optional<std::vector<model::event>>
events_until_broken(const model::scope_part& part, std::span<const model::event> events, std::uint64_t property,
                    std::string* explanation = nullptr) {
    lockstep<Revision> machine(part, property);
    tally unused;
    std::vector<model::event> happened;
    breach found = machine.begin(unused);
    for (std::size_t number = 0; (found.broken & property) == 0; ++number) {
        if (number == events.size() || machine.over())
            return std::nullopt;
        if (!machine.enabled(events[number]))
            continue;
        found = machine.happen(events[number], unused);
        happened.push_back(events[number]);
    }
    if (explanation != nullptr)
        *explanation = found.explanation;
    return happened;
}

struct shrink_choice {
    bool keep_part = false; ///< the machine was given by a scope
    bool shrink = true;     ///< otherwise: only find the explanation
};

template <class Revision>
void shrink_case(failure& what, std::size_t property, const shrink_choice& choice) {
    const std::uint64_t bit = std::uint64_t{1} << property;
    const counterexamples::attempt fails = [&](const model::scope_part& part, std::span<const model::event> events) {
        return events_until_broken<Revision>(part, events, bit);
    };
    if (choice.shrink) {
        counterexamples::shrink_options how;
        how.keep_part = choice.keep_part;
        auto done = counterexamples::shrink({what.found.part, what.found.events}, fails, how);
        what.found = {std::move(done.run.part), std::move(done.run.events)};
        what.did_not_matter = std::move(done.did_not_matter);
        what.shrinking_runs = done.runs;
    }
    static_cast<void>(events_until_broken<Revision>(what.found.part, what.found.events, bit, &what.explanation));
}

} // namespace bwcheck::random

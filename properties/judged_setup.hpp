// The writes of a part's setup are writes like any others: what they break is broken, before anything else happens.
#pragma once

#include "properties/explain.hpp"
#include "properties/judged_machine.hpp"

#include <fmt/format.h>

#include <map>
#include <string>
#include <vector>

namespace bwcheck::properties {

/// What a revision made of a setup.
struct judged_setup {
    std::vector<model::status> results; ///< of each write, in their order
    judgement said;
    std::map<std::size_t, std::string> explanations; ///< of each property that is broken, by its number
};

/// Lets the setup of the machine's part happen; `setup` gets what became of it.
template <model::arithmetic Num>
[[nodiscard]] typename judged_machine<Num>::state begin_judged(const judged_machine<Num>& machine,
                                                               model::step_log<Num>& log, measurements& measured,
                                                               judged_setup& setup) {
    return machine.initial(log, [&](std::size_t number, model::status result, const transition<Num>* step) {
        setup.results.push_back(result);
        if (step == nullptr)
            return;
        const judgement said = machine.judge(*step, measured);
        for_each_of(said.broken & ~setup.said.broken, [&](std::size_t property) {
            setup.explanations[property] =
                fmt::format("In the setup, \"{}\": {}", to_string(machine.part().setup[number]),
                            why_not_so(property, explain(property, *step)));
        });
        setup.said.fired |= said.fired;
        setup.said.broken |= said.broken;
    });
}

} // namespace bwcheck::properties

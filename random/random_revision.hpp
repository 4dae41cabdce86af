// The random engine for one revision: generates cases, runs them, and keeps the first that breaks each property.
//
// A case follows from its seed alone, so that a farm of machines can share a range of seeds, and one seed is enough to
// see a failure again. RapidCheck generates; the loop over cases is ours, because one run looks for all properties at
// once, goes on after it found one, and must be able to say how many cases really ran.
#pragma once

#include "properties/catalogue.hpp"
#include "random/commands.hpp"
#include "random/lockstep.hpp"
#include "random/random_run.hpp"
#include "random/shrink_case.hpp"

#include <fmt/format.h>

#include <chrono>

namespace bwcheck::random {

template <class Revision>
class revision_runs {
    using kernel = model::kernel<Revision, model::plain_many_cpus>;
    using generated_state = command_state<kernel>;

public:
    revision_runs(const run_options& how, const run_progress& on_progress) : how_(how), on_progress_(on_progress) {}

    [[nodiscard]] random_run run() {
        const auto started = std::chrono::steady_clock::now();
        const auto elapsed = [&] {
            return std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
        };
        random_run all;
        all.revision = Revision::info.id;
        all.first_seed = how_.seed;
        all.stopped_by = "cases";
        for (; how_.cases == 0 || all.cases < how_.cases; ++all.cases) {
            if (how_.budget_seconds > 0 && elapsed() >= how_.budget_seconds) {
                all.stopped_by = "budget";
                break;
            }
            const std::uint64_t seed = how_.seed + all.cases;
            const test_case one = generate(seed);
            run_case(one, seed);
            ask_surveys(one, seed, all.cases);
            if (on_progress_)
                on_progress_(all.cases + 1, seen_.events);
        }
        all.events = seen_.events;
        all.seconds = elapsed();
        for (std::size_t property = 0; property < properties::catalogue_size; ++property)
            if (((how_.selected >> property) & 1U) != 0)
                all.properties.push_back(conclude(property, all));
        name_distribution(all);
        return all;
    }

    [[nodiscard]] test_case generate(std::uint64_t seed) const {
        rc::Random random(seed);
        test_case one{part_for(seed), {}};
        const auto around = std::make_shared<typename generated_state::surroundings>();
        around->environment = model::environment_over<model::plain_many_cpus>(one.part.environment);
        around->constants = model::constants_over<model::plain_many_cpus>(one.part.constants);
        around->limits = one.part.constants;
        around->writes = one.part.writes;
        around->tick = how_.scope ? one.part.environment.tick : 0;

        const auto start = [&] {
            generated_state first{properties::trial<kernel>::new_group(one.part, around->constants), around};
            first.tg.log = &around->log;
            for (const model::scope_write& write : one.part.setup) {
                const event_command<kernel> setup({.kind = model::event_kind::write}, write);
                setup.apply(first);
            }
            return first;
        };
        const auto commands =
            rc::state::gen::commands(start, [](const generated_state& here) { return next_command<kernel>(here); });
        for (const auto& command : commands(random.split(), longest(seed)).value())
            append(one, static_cast<const event_command<kernel>&>(*command));
        if (!how_.scope)
            one.part.longest_period = model::longest_period_of(one.part);
        return one;
    }

private:
    [[nodiscard]] model::scope_part part_for(std::uint64_t seed) const {
        return how_.scope ? how_.scope->parts[seed / 3 % how_.scope->parts.size()] : random_part(seed);
    }

    /// Short cases fail in ways that are easy to understand, and many fit into the time of a long one.
    [[nodiscard]] int longest(std::uint64_t seed) const {
        constexpr int shorter = 10;
        switch (seed % 3) {
        case 0:
            return std::max(how_.longest_case / shorter / shorter, 1);
        case 1:
            return std::max(how_.longest_case / shorter, 1);
        default:
            return how_.longest_case;
        }
    }

    /// Writes become entries of the part's table, as in a scope file.
    static void append(test_case& one, const event_command<kernel>& command) {
        model::event what = command.what();
        if (command.written()) {
            auto& writes = one.part.writes;
            const auto known = std::find(writes.begin(), writes.end(), *command.written());
            what.index = static_cast<std::uint16_t>(known - writes.begin());
            if (known == writes.end())
                writes.push_back(*command.written());
        }
        one.events.push_back(what);
    }

    void run_case(const test_case& one, std::uint64_t seed) {
        lockstep<Revision> machine(one.part, how_.selected);
        std::uint64_t known = keep(machine.begin(seen_), one, 0, seed, 0);
        for (std::size_t number = 0; number < one.events.size() && !machine.over(); ++number) {
            const auto found = machine.happen(one.events[number], seen_);
            if ((found.broken & ~known) != 0)
                known |= keep(found, one, number + 1, seed, known);
        }
    }

    /// Of the cases that break a property the one that does so after the fewest events is kept: it shrinks fastest.
    std::uint64_t keep(const breach& found, const test_case& one, std::size_t events, std::uint64_t seed,
                       std::uint64_t known) {
        for (std::uint64_t rest = found.broken & ~known; rest != 0; rest &= rest - 1) {
            const auto property = static_cast<std::size_t>(std::countr_zero(rest));
            const auto kept = failures_.find(property);
            if (kept != failures_.end() && kept->second.found_events <= events)
                continue;
            failure better;
            better.seed = seed;
            better.found = {one.part, {one.events.begin(), one.events.begin() + static_cast<std::ptrdiff_t>(events)}};
            better.found_events = events;
            better.explanation = found.explanation;
            failures_.insert_or_assign(property, std::move(better));
        }
        return found.broken;
    }

    /// What is asked of a whole part is asked of the first few, with few writes: its cost grows with their square.
    void ask_surveys(const test_case& one, std::uint64_t seed, std::uint64_t number) {
        constexpr std::uint64_t asked_cases = 20;
        constexpr std::size_t most_writes = 6;
        if (number >= asked_cases)
            return;
        model::scope_part part = one.part;
        if (!how_.scope && part.writes.size() > most_writes)
            part.writes.resize(most_writes);
        properties::for_each_property([&]<class Property>(std::size_t property) {
            if constexpr (requires { Property::template on_scope<kernel>(part); }) {
                if (((how_.selected >> property) & 1U) == 0 || failures_.contains(property))
                    return;
                if (property == properties::property_number("selftest-usage") && number > 0)
                    return; // it brings its own part
                const properties::survey_result survey = Property::template on_scope<kernel>(part);
                seen_.fired[property] += survey.verdict.fired() ? 1 : 0;
                if (survey.verdict.has_number)
                    properties::add_measurement(seen_.numbers[property], Property::info.kind, survey.verdict.number);
                if (!survey.verdict.broken())
                    return;
                failure kept;
                kept.seed = seed;
                kept.found = {part, survey.events};
                kept.found_events = survey.events.size();
                kept.explanation = survey.explanation;
                failures_.emplace(property, std::move(kept));
            }
        });
    }

    [[nodiscard]] property_result conclude(std::size_t property, const random_run& all) {
        const auto& info = properties::catalogue_infos[property];
        property_result result;
        result.property = info.id;
        result.fired = seen_.fired[property];
        const bool coverage = info.kind == properties::property_kind::coverage;
        if (!coverage && seen_.numbers[property] != properties::not_measured)
            result.measured = seen_.numbers[property];
        const auto found = failures_.find(property);
        if (found != failures_.end()) {
            result.verdict = explorer::verdict::violated;
            result.broken = found->second;
            const bool survey = info.kind == properties::property_kind::survey;
            if (!survey)
                shrink_case<Revision>(*result.broken, property,
                                      {.keep_part = how_.scope.has_value(), .shrink = how_.shrink});
            result.reason = result.broken->explanation.empty() ? fmt::format("Not so: {}", info.statement)
                                                               : result.broken->explanation;
        } else if (all.cases == 0) {
            result.reason = "no case ran";
        } else if (result.fired == 0) {
            result.reason = fmt::format("vacuous in {} cases: it takes {}", all.cases, info.trigger);
        } else if (const std::string missing =
                       coverage ? properties::guard_decides::missing(seen_.numbers[property]) : "";
                   !missing.empty()) {
            result.reason =
                fmt::format("no write in {} cases was rejected by one of these checks alone: {}", all.cases, missing);
        } else if (how_.cases != 0 && all.cases < how_.cases) {
            result.reason = fmt::format("the budget ended after {} of {} cases", all.cases, how_.cases);
        } else {
            result.verdict = explorer::verdict::holds;
            result.reason =
                fmt::format("not broken in {} random cases of {} events in all, which prove nothing about others",
                            all.cases, all.events);
        }
        return result;
    }

    void name_distribution(random_run& all) const {
        for (std::size_t kind = 0; kind < seen_.kinds.size(); ++kind) {
            const auto name = to_string(static_cast<model::event_kind>(kind));
            if (seen_.kinds[kind] == 0)
                continue;
            all.distribution[fmt::format("event {}", name)] = seen_.kinds[kind];
            all.distribution[fmt::format("no effect {}", name)] = seen_.without_effect[kind];
        }
        for (std::size_t branch = 0; branch < seen_.branches.size(); ++branch)
            all.distribution[fmt::format("branch {}", to_string(static_cast<model::branch>(branch)))] =
                seen_.branches[branch];
    }

    const run_options& how_;
    const run_progress& on_progress_;
    tally seen_;
    std::map<std::size_t, failure> failures_;
};

} // namespace bwcheck::random

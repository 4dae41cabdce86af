// Generates cases, runs them, and keeps the first that breaks each property.
//
// A case follows from its seed alone, so that a farm of machines can share a range of seeds, and one seed is enough to
// see a failure again. RapidCheck generates; the loop over cases is ours, because one run looks for all properties at
// once, goes on after it found one, and must be able to say how many cases really ran.
#include "random/random_run.hpp"

#include "properties/survey.hpp"
#include "random/case_verdict.hpp"
#include "random/commands.hpp"
#include "random/lockstep.hpp"
#include "random/shrink_case.hpp"

#include <fmt/format.h>

namespace bwcheck::random {

namespace {

class revision_runs {
public:
    revision_runs(const model::revision& revision, const run_options& how, const run_progress& on_progress)
        : revision_(revision), how_(how), on_progress_(on_progress) {}

    [[nodiscard]] random_run run() {
        const double started = how_.now();
        const auto elapsed = [&] { return how_.now() - started; };
        random_run all;
        all.revision = revision_.info.id;
        all.first_seed = how_.seed;
        all.stopped_by = "cases";
        if (how_.cases != 0)
            all.wanted_cases = how_.cases;
        for (; how_.cases == 0 || all.cases < how_.cases; ++all.cases) {
            if (how_.budget_seconds > 0 && elapsed() >= how_.budget_seconds) {
                all.stopped_by = "budget";
                break;
            }
            const std::uint64_t seed = how_.seed + all.cases;
            const test_case one = generate(seed);
            note_size(one);
            run_case(one, seed);
            ask_surveys(one, seed, all.cases);
            if (on_progress_)
                on_progress_(all.cases + 1, seen_.events);
        }
        all.events = seen_.events;
        all.seconds = elapsed();
        for (std::size_t property = 0; property < properties::catalogue_size; ++property)
            if (properties::contains(how_.selected, property))
                all.properties.push_back(conclude(property, all));
        name_distribution(all);
        return all;
    }

    [[nodiscard]] test_case generate(std::uint64_t seed) const {
        rc::Random random(seed);
        test_case one{part_for(seed), {}};
        const auto around = std::make_shared<command_state::surroundings>();
        around->environment = model::environment_over<model::plain_many_cpus>(one.part.environment);
        around->constants = model::constants_over<model::plain_many_cpus>(one.part.constants);
        around->limits = one.part.constants;
        around->writes = one.part.writes;
        around->tick = how_.scope ? one.part.environment.tick : 0;

        const auto start = [&] {
            command_state first{
                properties::trial<model::plain_many_cpus>::new_group(kernel(), one.part, around->constants), around};
            first.tg.log = &around->log;
            for (const model::scope_write& write : one.part.setup) {
                const event_command setup(kernel(), {.kind = model::event_kind::write}, write);
                setup.apply(first);
            }
            return first;
        };
        const auto commands =
            rc::state::gen::commands(start, [](const command_state& here) { return next_command(here); });
        for (const auto& command : commands(random.split(), longest(seed)).value())
            append(one, static_cast<const event_command&>(*command));
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
    static void append(test_case& one, const event_command& command) {
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
        lockstep machine(revision_, one.part, how_.selected);
        properties::property_set known = keep(machine.begin(seen_), one, 0, seed, 0);
        for (std::size_t number = 0; number < one.events.size() && !machine.over(); ++number) {
            const auto found = machine.happen(one.events[number], seen_);
            if ((found.broken & ~known) != 0)
                known |= keep(found, one, number + 1, seed, known);
        }
    }

    /// Of the cases that break a property those are kept that do so after the fewest events: they shrink fastest. Of a
    /// scope one for each part, since only what a part can do is looked at when its runs are shortened.
    properties::property_set keep(const breach& found, const test_case& one, std::size_t events, std::uint64_t seed,
                                  properties::property_set known) {
        properties::for_each_of(found.broken & ~known, [&](std::size_t property) {
            auto& kept = failures_[property];
            const auto of_part = std::find_if(kept.begin(), kept.end(), [&](const failure& other) {
                return how_.scope && other.found.part.name == one.part.name;
            });
            if (of_part != kept.end() && of_part->found_events <= events)
                return;
            if (of_part != kept.end())
                kept.erase(of_part);
            failure better;
            better.seed = seed;
            better.found = {one.part, {one.events.begin(), one.events.begin() + static_cast<std::ptrdiff_t>(events)}};
            better.found_events = events;
            better.explanation = found.explanation;
            const auto longer = std::find_if(kept.begin(), kept.end(),
                                             [&](const failure& other) { return other.found_events > events; });
            kept.insert(longer, std::move(better));
            constexpr std::size_t most_candidates = 3;
            if (!how_.scope && kept.size() > most_candidates)
                kept.pop_back();
        });
        return found.broken;
    }

    /// What is asked of a whole part is asked in one case of ten, with few writes: its cost grows with their square.
    /// Which cases those are follows from their seeds, as all of a case does.
    void ask_surveys(const test_case& one, std::uint64_t seed, std::uint64_t number) {
        constexpr std::uint64_t one_in = 10;
        constexpr std::size_t most_writes = 6;
        if (number != 0 && seed % one_in != 1)
            return;
        model::scope_part part = one.part;
        if (!how_.scope && part.writes.size() > most_writes)
            part.writes.resize(most_writes);
        properties::for_each_of(how_.selected & properties::catalogue_surveys, [&](std::size_t property) {
            if (failures_.contains(property))
                return;
            if (property == properties::property_number("selftest-usage") && number > 0)
                return; // it brings its own part
            const auto ask = [&](const model::scope_part& of) {
                return properties::ask_survey(property, kernel(), of);
            };
            const properties::survey_result survey = ask(part);
            seen_.fired[property] += survey.verdict.fired() ? 1 : 0;
            if (survey.verdict.has_number)
                properties::add_measurement(seen_.numbers[property], properties::property_kind::survey,
                                            survey.verdict.number);
            if (!survey.verdict.broken())
                return;
            failure kept;
            kept.seed = seed;
            kept.found = {part, survey.events};
            kept.found_events = survey.events.size();
            kept.explanation = survey.explanation;
            if (how_.shrink)
                shrink_survey(kept, {.keep_part = how_.scope.has_value()}, ask);
            failures_[property].push_back(std::move(kept));
        });
    }

    /// The shortest that can be made of the cases that break a property.
    [[nodiscard]] failure shortest(std::size_t property) {
        auto& candidates = failures_.at(property);
        const auto best = [&] {
            return std::min_element(candidates.begin(), candidates.end(), [](const failure& a, const failure& b) {
                return std::pair(a.found.events.size(), a.found.part.nr_cpus) <
                       std::pair(b.found.events.size(), b.found.part.nr_cpus);
            });
        };
        if (properties::catalogue_infos[property].kind == properties::property_kind::survey)
            return candidates.front(); // shrunk when it was found
        if (how_.shrink) {
            const shrink_choice choice{.keep_part = how_.scope.has_value()};
            for (failure& one : candidates)
                shrink_case(revision_, one, property, choice);
            for (failure& one : candidates)
                static_cast<void>(shorten_case(revision_, one, property, choice, best()->found.events.size()));
            if (how_.scope)
                look_in_other_parts(candidates, property, best()->found.events.size());
        }
        failure found = *best();
        static_cast<void>(events_until_broken(revision_, found.found.part, found.found.events,
                                              properties::only(property), &found.explanation));
        return found;
    }

    /// What is broken in one part of a scope may be broken sooner in another, in which no case happened to do so.
    void look_in_other_parts(std::vector<failure>& candidates, std::size_t property, std::size_t shorter_than) {
        const std::size_t found = candidates.size();
        for (const model::scope_part& part : how_.scope->parts) {
            const auto first = candidates.begin();
            if (std::any_of(first, first + static_cast<std::ptrdiff_t>(found),
                            [&](const failure& one) { return one.found.part.name == part.name; }))
                continue;
            failure there = candidates.front();
            there.found = {part, {}};
            if (shorten_case(revision_, there, property, {.keep_part = true}, shorter_than)) {
                shorter_than = there.found.events.size();
                candidates.push_back(std::move(there));
            }
        }
    }

    [[nodiscard]] property_result conclude(std::size_t property, const random_run& all) {
        const auto& info = properties::catalogue_infos[property];
        property_result result;
        result.property = info.id;
        result.fired = seen_.fired[property];
        const bool coverage = info.kind == properties::property_kind::coverage;
        if (coverage)
            result.coverage = std::max(seen_.numbers[property], std::int64_t{0});
        else if (seen_.numbers[property] != properties::not_measured)
            result.measured = seen_.numbers[property];
        if (failures_.contains(property)) {
            result.verdict = explorer::verdict::violated;
            result.broken = shortest(property);
            result.reason = result.broken->explanation.empty() ? fmt::format("Not so: {}", info.statement)
                                                               : result.broken->explanation;
        } else {
            const unbroken_cases seen{.cases = all.cases,
                                      .wanted_cases = all.wanted_cases,
                                      .events = all.events,
                                      .fired = result.fired,
                                      .coverage = result.coverage,
                                      .missing = {}};
            const case_verdict all_together = random::conclude(info, seen);
            result.verdict = all_together.verdict;
            result.reason = all_together.reason;
        }
        return result;
    }

    void note_size(const test_case& one) {
        ++cases_with_cpus_[one.part.nr_cpus];
        longest_case_ = std::max(longest_case_, one.events.size());
    }

    void name_distribution(random_run& all) const {
        all.distribution["longest case, events"] = longest_case_;
        for (const auto& [cpus, cases] : cases_with_cpus_)
            all.distribution[fmt::format("cases with {:>2} CPUs", cpus)] = cases;
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

    [[nodiscard]] const model::kernel_table<model::plain_many_cpus>& kernel() const {
        return *revision_.over_plain_many_cpus;
    }

    const model::revision& revision_;
    const run_options& how_;
    const run_progress& on_progress_;
    tally seen_;
    std::map<int, std::uint64_t> cases_with_cpus_;
    std::size_t longest_case_ = 0;
    std::map<std::size_t, std::vector<failure>> failures_; ///< by property; those after the fewest events first
};

} // namespace

random_run run_random(const model::revision& revision, const run_options& options, const run_progress& on_progress) {
    return revision_runs(revision, options, on_progress).run();
}

std::string distribution_text(const random_run& run) {
    std::string text = fmt::format("{} cases, {} events, {:.0f} events/s\n", run.cases, run.events,
                                   run.seconds > 0 ? static_cast<double>(run.events) / run.seconds : 0);
    for (const auto& [name, count] : run.distribution)
        text += fmt::format("  {:<40} {:>12}\n", name, count);
    for (const auto& result : run.properties)
        text += fmt::format("  {:<40} {:>12}\n", fmt::format("trigger {}", result.property), result.fired);
    return text;
}

} // namespace bwcheck::random

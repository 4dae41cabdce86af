// Generates cases, runs them, and keeps the first that breaks each property.
//
// A case follows from its seed alone, so that a farm of machines can share a range of seeds, and one seed is enough to
// see a failure again. RapidCheck generates; the loop over cases is ours, because one run looks for all properties at
// once, goes on after it found one, and must be able to say how many cases really ran.
#include "random/random_run.hpp"

#include "properties/explain.hpp"
#include "properties/survey.hpp"
#include "random/case_verdict.hpp"
#include "random/commands.hpp"
#include "random/lockstep.hpp"
#include "random/shrink_case.hpp"
#include "verdicts/judged.hpp"

#include <fmt/format.h>

namespace bwcheck::random {

namespace {

class revision_runs {
public:
    revision_runs(const model::revision& revision, const run_options& options, const run_progress& on_progress)
        : revision_(revision), how_(options), on_progress_(on_progress) {}

    [[nodiscard]] verdicts::report run() {
        const double started = how_.now();
        const auto elapsed = [&] { return how_.now() - started; };
        verdicts::case_report ran;
        ran.first_seed = how_.seed;
        ran.stopped_by = "cases";
        if (how_.cases != 0)
            ran.wanted_cases = how_.cases;
        for (; how_.cases == 0 || ran.cases < how_.cases; ++ran.cases) {
            if (how_.budget_seconds > 0 && elapsed() >= how_.budget_seconds) {
                ran.stopped_by = "budget";
                break;
            }
            const std::uint64_t seed = how_.seed + ran.cases;
            const test_case test_case = generate(seed);
            note_size(test_case);
            run_case(test_case, seed);
            ask_surveys(test_case, seed, ran.cases);
            if (on_progress_)
                on_progress_(ran.cases + 1, seen_.events);
        }
        ran.events = seen_.events;
        name_distribution(ran);
        verdicts::report all;
        all.revision = revision_.info.id;
        all.engine = random_engine().name();
        all.scope = how_.scope ? how_.scope->name : "kernel constants";
        all.scope_hash = how_.scope ? model::content_hash_of(*how_.scope) : "";
        for (std::size_t property = 0; property < properties::catalogue_size; ++property)
            if (properties::contains(how_.selected, property))
                all.findings.push_back(conclude(property, ran));
        all.cases = std::move(ran);
        all.seconds = elapsed();
        return all;
    }

    [[nodiscard]] test_case generate(std::uint64_t seed) const {
        rc::Random random(seed);
        test_case test_case{part_for(seed), {}};
        const auto around = std::make_shared<command_state::surroundings>();
        around->environment = model::environment_over<model::plain_many_cpus>(test_case.part.environment);
        around->constants = model::constants_over<model::plain_many_cpus>(test_case.part.constants);
        around->limits = test_case.part.constants;
        around->writes = test_case.part.writes;
        around->tick = how_.scope ? test_case.part.environment.tick : 0;

        const auto start = [&] {
            command_state first{
                properties::trial<model::plain_many_cpus>::new_group(kernel(), test_case.part, around->constants),
                around};
            first.tg.log = &around->log;
            for (const model::scope_write& write : test_case.part.setup) {
                const event_command setup(kernel(), {.kind = model::event_kind::write}, write);
                setup.apply(first);
            }
            return first;
        };
        const auto commands =
            rc::state::gen::commands(start, [](const command_state& here) { return next_command(here); });
        for (const auto& command : commands(random.split(), longest(seed)).value())
            append(test_case, static_cast<const event_command&>(*command));
        if (!how_.scope)
            test_case.part.longest_period = model::longest_period_of(test_case.part);
        return test_case;
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
    static void append(test_case& test_case, const event_command& command) {
        model::event event = command.what();
        if (command.written()) {
            auto& writes = test_case.part.writes;
            const auto known = std::find(writes.begin(), writes.end(), *command.written());
            event.index = static_cast<std::uint16_t>(known - writes.begin());
            if (known == writes.end())
                writes.push_back(*command.written());
        }
        test_case.events.push_back(event);
    }

    void run_case(const test_case& test_case, std::uint64_t seed) {
        lockstep machine(revision_, test_case.part, how_.selected);
        properties::property_set known = keep(machine.begin(seen_), test_case, 0, seed, 0);
        for (std::size_t number = 0; number < test_case.events.size() && !machine.over(); ++number) {
            const auto found = machine.happen(test_case.events[number], seen_);
            if ((found.broken & ~known) != 0)
                known |= keep(found, test_case, number + 1, seed, known);
        }
    }

    /// Of the cases that break a property those are kept that do so after the fewest events: they shrink fastest. Of a
    /// scope one for each part, since only what a part can do is looked at when its runs are shortened.
    properties::property_set keep(const breach& breach, const test_case& test_case, std::size_t events,
                                  std::uint64_t seed, properties::property_set known) {
        properties::for_each_of(breach.broken & ~known, [&](std::size_t property) {
            auto& kept = failures_[property];
            const auto of_part = std::find_if(kept.begin(), kept.end(), [&](const failure& other) {
                return how_.scope && other.run.part.name == test_case.part.name;
            });
            if (of_part != kept.end() && of_part->run.found_events <= events)
                return;
            if (of_part != kept.end())
                kept.erase(of_part);
            failure better;
            better.run.seed = seed;
            better.run.part = test_case.part;
            better.run.events = {test_case.events.begin(),
                                 test_case.events.begin() + static_cast<std::ptrdiff_t>(events)};
            better.run.found_events = events;
            better.explanation = breach.explanation;
            const auto longer = std::find_if(kept.begin(), kept.end(),
                                             [&](const failure& other) { return other.run.found_events > events; });
            kept.insert(longer, std::move(better));
            constexpr std::size_t most_candidates = 3;
            if (!how_.scope && kept.size() > most_candidates)
                kept.pop_back();
        });
        return breach.broken;
    }

    /// What is asked of a whole part is asked in one case of ten, with few writes: its cost grows with their square.
    /// Which cases those are follows from their seeds, as all of a case does.
    void ask_surveys(const test_case& test_case, std::uint64_t seed, std::uint64_t number) {
        constexpr std::uint64_t one_in = 10;
        constexpr std::size_t most_writes = 6;
        if (number != 0 && seed % one_in != 1)
            return;
        model::scope_part part = test_case.part;
        if (!how_.scope && part.writes.size() > most_writes)
            part.writes.resize(most_writes);
        properties::for_each_of(how_.selected & properties::catalogue_surveys, [&](std::size_t property) {
            if (failures_.contains(property))
                return;
            if (properties::catalogue_infos[property].brings_its_own_part && number > 0)
                return; // the answer would be the same
            const auto ask = [&](const model::scope_part& of) {
                return properties::ask_survey(property, kernel(), of);
            };
            const properties::survey_result survey = ask(part);
            seen_.fired[property] += survey.verdict.fired() ? 1 : 0;
            if (survey.verdict.has_number)
                seen_.measured.add(property, survey.verdict.number);
            if (!survey.verdict.broken())
                return;
            failure kept;
            kept.run.seed = seed;
            kept.run.part = part;
            kept.run.events = survey.events;
            kept.run.survey = true;
            kept.run.found_events = survey.events.size();
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
                return std::pair(a.run.events.size(), a.run.part.nr_cpus) <
                       std::pair(b.run.events.size(), b.run.part.nr_cpus);
            });
        };
        if (properties::catalogue_infos[property].kind == properties::property_kind::survey)
            return candidates.front(); // shrunk when it was found
        if (how_.shrink) {
            const shrink_choice choice{.keep_part = how_.scope.has_value()};
            for (failure& one : candidates)
                shrink_case(revision_, one, property, choice);
            for (failure& one : candidates)
                static_cast<void>(shorten_case(revision_, one, property, choice, best()->run.events.size()));
            if (how_.scope)
                look_in_other_parts(candidates, property, best()->run.events.size());
        }
        failure failure = *best();
        static_cast<void>(events_until_broken(revision_, failure.run.part, failure.run.events,
                                              properties::only(property), &failure.explanation));
        return failure;
    }

    /// What is broken in one part of a scope may be broken sooner in another, in which no case happened to do so.
    void look_in_other_parts(std::vector<failure>& candidates, std::size_t property, std::size_t shorter_than) {
        const std::size_t found = candidates.size();
        for (const model::scope_part& part : how_.scope->parts) {
            const auto first = candidates.begin();
            if (std::any_of(first, first + static_cast<std::ptrdiff_t>(found),
                            [&](const failure& one) { return one.run.part.name == part.name; }))
                continue;
            failure there = candidates.front();
            there.run.part = part;
            there.run.events.clear();
            if (shorten_case(revision_, there, property, {.keep_part = true}, shorter_than)) {
                shorter_than = there.run.events.size();
                candidates.push_back(std::move(there));
            }
        }
    }

    [[nodiscard]] verdicts::finding conclude(std::size_t property, const verdicts::case_report& all) {
        const auto& info = properties::catalogue_infos[property];
        verdicts::finding result;
        result.property = info.id;
        result.fired = seen_.fired[property];
        const bool coverage = info.kind == properties::property_kind::coverage;
        if (coverage)
            result.coverage = seen_.measured.checks;
        else if (seen_.measured.numbers[property] != properties::not_measured)
            result.measured = seen_.measured.numbers[property];
        if (failures_.contains(property)) {
            const failure shown = shortest(property);
            result.verdict = verdicts::judged(info, true);
            result.run = shown.run;
            result.reason = properties::why_not_so(property, shown.explanation);
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

    void note_size(const test_case& test_case) {
        ++cases_with_cpus_[test_case.part.nr_cpus];
        longest_case_ = std::max(longest_case_, test_case.events.size());
    }

    void name_distribution(verdicts::case_report& all) const {
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

class engine final : public verdicts::engine {
public:
    [[nodiscard]] std::string_view name() const override { return "random"; }
    [[nodiscard]] properties::property_set judges() const override { return properties::all_properties; }
    [[nodiscard]] int strength() const override { return 1; }
    [[nodiscard]] bool shares_seeds() const override { return true; }

    [[nodiscard]] verdicts::report check(const model::revision& revision, const verdicts::request& asked,
                                         const verdicts::progress_text& on_progress) const override {
        run_options options;
        options.seed = asked.seed;
        options.cases = asked.cases;
        options.budget_seconds = asked.budget_seconds;
        options.selected = asked.selected;
        if (asked.scope_given)
            options.scope = asked.scope;
        return run_random(revision, options, [&](std::uint64_t cases, std::uint64_t events) {
            if (on_progress)
                on_progress(fmt::format("{} cases, {} events", cases, events));
        });
    }

    [[nodiscard]] std::string grounds(const verdicts::finding& about, const verdicts::report& of) const override {
        if (about.run)
            return fmt::format("{} event{} at {}, seed {}", about.run->events.size(),
                               about.run->events.size() == 1 ? "" : "s", of.scope, about.run->seed.value_or(0));
        return fmt::format("{} random cases", of.cases ? of.cases->cases : 0);
    }
    /// A passed run says nothing about others.
    [[nodiscard]] bool covers(const verdicts::report& /*of*/, const model::scope_part& /*part*/) const override {
        return false;
    }
};

} // namespace

verdicts::report run_random(const model::revision& revision, const run_options& options,
                            const run_progress& on_progress) {
    return revision_runs(revision, options, on_progress).run();
}

const verdicts::engine& random_engine() {
    static const engine door;
    return door;
}

std::string distribution_text(const verdicts::report& run) {
    const verdicts::case_report& ran = run.cases.value();
    std::string text = fmt::format("{} cases, {} events, {:.0f} events/s\n", ran.cases, ran.events,
                                   run.seconds > 0 ? static_cast<double>(ran.events) / run.seconds : 0);
    for (const auto& [name, count] : ran.distribution)
        text += fmt::format("  {:<40} {:>12}\n", name, count);
    for (const auto& result : run.findings)
        text += fmt::format("  {:<40} {:>12}\n", fmt::format("trigger {}", result.property), result.fired);
    return text;
}

} // namespace bwcheck::random

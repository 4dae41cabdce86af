#include "explorer/exploration.hpp"

#include "explorer/bandwidth_system.hpp"
#include "explorer/breadth_first.hpp"
#include "explorer/conclusion.hpp"
#include "properties/explain.hpp"
#include "properties/survey.hpp"

#include <fmt/format.h>

namespace bwcheck::explorer {

namespace {

class scope_exploration {
public:
    scope_exploration(const model::revision& revision, const model::scope& scope, const exploration_options& how,
                      const exploration_progress& on_progress)
        : revision_(revision), scope_(scope), how_(how), on_progress_(on_progress) {}

    [[nodiscard]] exploration run() {
        const double started = how_.now();
        const auto elapsed = [&] { return how_.now() - started; };
        exploration all;
        all.revision = revision_.info.id;
        all.scope = scope_.name;
        conclusion sum(how_.selected & properties::catalogue_observable);
        for (std::size_t part = 0; part < scope_.parts.size(); ++part) {
            // What is left of the budget is for all parts that are left; one that is left without any is said to be.
            const double budget = how_.budget_seconds == 0 ? 0 : std::max(how_.budget_seconds - elapsed(), 1e-3);
            all.parts.push_back(explore_part(part, budget, sum));
        }
        all.properties = sum.results();
        all.seconds = elapsed();
        return all;
    }

private:
    [[nodiscard]] part_report explore_part(std::size_t number, double budget, conclusion& sum) {
        const model::scope_part& part = scope_.parts[number];
        const bandwidth_system explored(kernel(), part, how_.selected);
        options how;
        how.jobs = how_.jobs;
        how.budget_seconds = budget;
        how.now = how_.now;
        how.memory_limit = how_.memory_bytes;
        how.check_deadlock = true;
        progress_callback callback;
        if (on_progress_)
            callback = [&](const progress& now) { on_progress_(part.name, now); };
        const auto result = explore(explored, how, callback);

        part_report report = report_of(part, explored, result);
        if (result.deadlock)
            report.deadlock = counterexample{number, result.deadlock->events};
        if (result.escape)
            report.escape = explored.layout().misfit(result.escape->last().tg);
        for (std::size_t property = 0; property < properties::catalogue_size; ++property) {
            const bool survey = properties::catalogue_infos[property].kind == properties::property_kind::survey;
            if (survey || !properties::contains(explored.judged().selected(), property))
                continue;
            const auto& outcome = result.properties[property];
            property_in_part found{part.name, outcome.triggered, result.complete && result.escaped == 0,
                                   result.complete ? "left the packed ranges" : std::string(to_string(result.reason)),
                                   result.tally.numbers[property]};
            if (outcome.counterexample) {
                found.broken = counterexample{number, outcome.counterexample->events};
                found.explanation = explain(explored, property, outcome.counterexample->events);
            }
            sum.add(property, found);
        }
        ask_surveys(number, explored.judged().selected(), sum);
        return report;
    }

    void ask_surveys(std::size_t number, property_set selected, conclusion& sum) {
        const model::scope_part& part = scope_.parts[number];
        properties::for_each_of(selected & properties::catalogue_surveys, [&](std::size_t property) {
            const properties::survey_result survey = properties::ask_survey(property, kernel(), part);
            property_in_part found{part.name, survey.verdict.fired() ? 1U : 0U, true, "", properties::not_measured};
            if (survey.verdict.has_number)
                found.number = survey.verdict.number;
            found.explanation = survey.explanation;
            if (survey.verdict.broken())
                found.broken = counterexample{number, survey.events, true};
            sum.add(property, found);
        });
    }

    [[nodiscard]] static part_report report_of(const model::scope_part& part, const bandwidth_system& explored,
                                               const result<bandwidth_system>& result) {
        part_report report;
        report.part = part.name;
        report.states = result.states;
        report.transitions = result.transitions;
        report.depth = result.depth == 0 ? 0 : result.depth - 1;
        report.complete = result.complete;
        report.stopped_by = to_string(result.reason);
        report.cut = result.cut;
        report.escaped = result.escaped;
        report.deadlocks = result.deadlocks;
        report.bits_per_state = explored.bits();
        report.memory_bytes = result.memory_bytes;
        report.seconds = result.seconds;
        report.coverage = named_coverage(result.tally);
        model::step_log<model::plain> log;
        std::vector<std::pair<std::size_t, model::status>> refused;
        static_cast<void>(explored.judged().initial(log, &refused));
        for (const auto& [write, status] : refused)
            report.refused_setup.push_back(fmt::format("{}: {}", to_string(part.setup[write]), name(status)));
        return report;
    }

    /// Why the last event of a counterexample, or the state after it, breaks the property.
    [[nodiscard]] static std::string explain(const bandwidth_system& explored, std::size_t property,
                                             const std::vector<model::event>& events) {
        const auto& machine = explored.judged();
        model::step_log<model::plain> log;
        auto here = machine.initial(log);
        properties::measured_numbers numbers{};
        for (std::size_t number = 0; number < events.size(); ++number) {
            auto next = here;
            const model::status result = machine.apply(here, events[number], next);
            const auto step = machine.transition_of(here, events[number], result, next);
            if (number + 1 == events.size() && properties::contains(machine.judge(step, numbers).broken, property))
                return properties::explain(property, step);
            here = next;
        }
        return properties::explain(property, machine.situation_of(here));
    }

    [[nodiscard]] const model::kernel_table<model::plain>& kernel() const { return *revision_.over_plain; }

    const model::revision& revision_;
    const model::scope& scope_;
    const exploration_options& how_;
    const exploration_progress& on_progress_;
};

} // namespace

exploration explore_revision(const model::revision& revision, const model::scope& scope,
                             const exploration_options& options, const exploration_progress& on_progress) {
    return scope_exploration(revision, scope, options, on_progress).run();
}

} // namespace bwcheck::explorer

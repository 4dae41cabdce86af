#include "explorer/exploration.hpp"

#include "explorer/bandwidth_system.hpp"
#include "explorer/breadth_first.hpp"
#include "explorer/conclusion.hpp"
#include "explorer/progress_text.hpp"
#include "properties/explain.hpp"
#include "properties/judged_setup.hpp"
#include "properties/survey.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace bwcheck::explorer {

namespace {

/// Why no tick is possible in a state, nor ever again, and what would help.
std::string why_time_stands_still(const model::task_group<model::plain>& tg,
                                  const model::environment<model::plain>& env) {
    const auto& cfs_b = tg.cfs_bandwidth;
    const auto tick = static_cast<std::int64_t>(env.tick);
    const auto blocks = [&](bool runs, std::int64_t due) {
        return runs && due > 0 && due - tick < -static_cast<std::int64_t>(env.max_lateness);
    };
    const bool by_period = blocks(cfs_b.period_active, cfs_b.period_timer);
    if (by_period || blocks(cfs_b.slack_started, cfs_b.slack_timer))
        return fmt::format("the {} timer is due in {} ns, a tick is {} ns, and timers are at most {} ns late; make {} "
                           "a multiple of tick, or max_lateness at least {}",
                           by_period ? "period" : "slack", by_period ? cfs_b.period_timer : cfs_b.slack_timer, env.tick,
                           env.max_lateness, by_period ? "each period" : "cfs_bandwidth_slack_period", env.tick - 1);
    return "nothing that may happen then lets a tick happen";
}

class scope_exploration {
public:
    scope_exploration(const model::revision& revision, const model::scope& scope, const exploration_options& options,
                      const exploration_progress& on_progress)
        : revision_(revision), scope_(scope), how_(options), on_progress_(on_progress) {}

    [[nodiscard]] verdicts::report run() {
        const double started = how_.now();
        const auto elapsed = [&] { return how_.now() - started; };
        verdicts::report all;
        all.revision = revision_.info.id;
        all.engine = explore_engine().name();
        all.scope = scope_.name;
        all.scope_hash = model::content_hash_of(scope_);
        conclusion sum(how_.selected & properties::catalogue_observable);
        for (std::size_t part = 0; part < scope_.parts.size(); ++part) {
            // What is left of the budget is for all parts that are left; one that is left without any is said to be.
            const double budget = how_.budget_seconds == 0 ? 0 : std::max(how_.budget_seconds - elapsed(), 1e-3);
            all.parts.push_back(explore_part(part, budget, sum));
            if (all.parts.back().exhausted())
                all.exhausted.push_back(scope_.parts[part]);
        }
        all.findings = sum.results();
        all.seconds = elapsed();
        return all;
    }

private:
    [[nodiscard]] verdicts::part_report explore_part(std::size_t number, double budget, conclusion& sum) {
        const model::scope_part& part = scope_.parts[number];
        const bandwidth_system explored(kernel(), part, how_.selected);
        options options;
        options.jobs = how_.jobs;
        options.budget_seconds = budget;
        options.now = how_.now;
        options.memory_limit = how_.memory_bytes;
        options.check_deadlock = true;
        if (how_.until_violated)
            options.until_violated = explored.judged().selected();
        progress_callback callback;
        if (on_progress_)
            callback = [&](const progress& now) { on_progress_(part.name, now); };
        const auto result = explore(explored, options, callback);

        model::step_log<model::plain> log;
        properties::measurements measured;
        properties::judged_setup setup;
        static_cast<void>(properties::begin_judged(explored.judged(), log, measured, setup));

        verdicts::part_report report = report_of(part, explored, result);
        for (std::size_t write = 0; write < setup.results.size(); ++write)
            if (setup.results[write] != model::status::ok)
                report.refused_setup.push_back(
                    fmt::format("{}: {}", to_string(part.setup[write]), name(setup.results[write])));
        if (result.deadlock)
            report.deadlock = run_of(part, result.deadlock->events);
        if (result.escape)
            report.escape = explored.layout().misfit(result.escape->last().tg);
        if (result.standstill) {
            report.standstill = why_time_stands_still(result.standstill->last().tg, part.environment);
            report.stands_still_after = run_of(part, result.standstill->events);
        }
        const std::string refused_setup = fmt::format("{}", fmt::join(report.refused_setup, ", "));
        for (std::size_t property = 0; property < properties::catalogue_size; ++property) {
            const bool survey = properties::catalogue_infos[property].kind == properties::property_kind::survey;
            if (survey || !properties::contains(explored.judged().selected(), property))
                continue;
            const auto& outcome = result.properties[property];
            const std::uint64_t in_setup = properties::contains(setup.said.fired, property) ? 1 : 0;
            property_in_part judged{part.name, outcome.triggered + in_setup, report.exhausted(),
                                    why_not_exhausted(report), result.tally.measured.numbers[property]};
            judged.checks = result.tally.measured.checks;
            judged.checks.merge(measured.checks);
            judged.refused_setup = refused_setup;
            if (properties::contains(setup.said.broken, property)) {
                judged.broken = run_of(part, {});
                judged.explanation = setup.explanations.at(property);
            } else if (outcome.counterexample) {
                judged.broken = run_of(part, outcome.counterexample->events);
                judged.explanation = explain(explored, property, outcome.counterexample->events);
            }
            sum.add(property, judged);
        }
        ask_surveys(part, explored.judged().selected(), refused_setup, sum);
        return report;
    }

    void ask_surveys(const model::scope_part& part, property_set selected, const std::string& refused_setup,
                     conclusion& sum) const {
        properties::for_each_of(selected & properties::catalogue_surveys, [&](std::size_t property) {
            const properties::survey_result survey = properties::ask_survey(property, kernel(), part);
            property_in_part judged{part.name, survey.verdict.fired() ? 1U : 0U, true, "", properties::not_measured};
            if (survey.verdict.has_number)
                judged.number = survey.verdict.number;
            judged.explanation = survey.explanation;
            judged.refused_setup = refused_setup;
            if (survey.verdict.broken())
                judged.broken = run_of(part, survey.events, true);
            sum.add(property, judged);
        });
    }

    /// What keeps a part from being explored to its end, as the rest of "part pool was not explored to its end: ".
    [[nodiscard]] static std::string why_not_exhausted(const verdicts::part_report& report) {
        if (!report.complete)
            return report.stopped_by;
        if (report.stands_still_after)
            return fmt::format("time stands still for good, first after {} event{}: {}",
                               report.stands_still_after->events.size(),
                               report.stands_still_after->events.size() == 1 ? "" : "s", report.standstill);
        return "left the packed ranges";
    }

    [[nodiscard]] static verdicts::run run_of(const model::scope_part& part, const std::vector<model::event>& events,
                                              bool survey = false) {
        verdicts::run run;
        run.part = part;
        run.events = events;
        run.survey = survey;
        run.found_events = events.size();
        return run;
    }

    [[nodiscard]] static verdicts::part_report
    report_of(const model::scope_part& part, const bandwidth_system& explored, const result<bandwidth_system>& result) {
        verdicts::part_report report;
        report.part = part.name;
        report.states = result.states;
        report.transitions = result.transitions;
        report.depth = result.depth == 0 ? 0 : result.depth - 1;
        report.complete = result.complete;
        report.stopped_by = to_string(result.reason);
        report.cut = result.cut;
        report.escaped = result.escaped;
        report.deadlocks = result.deadlocks;
        report.standstills = result.standstills;
        report.bits_per_state = explored.bits();
        report.memory_bytes = result.memory_bytes;
        report.seconds = result.seconds;
        report.coverage = named_coverage(result.tally);
        return report;
    }

    /// Why the last event of a counterexample, or the state after it, breaks the property.
    [[nodiscard]] static std::string explain(const bandwidth_system& explored, std::size_t property,
                                             const std::vector<model::event>& events) {
        const auto& machine = explored.judged();
        model::step_log<model::plain> log;
        auto here = machine.initial(log);
        properties::measurements measured;
        for (std::size_t number = 0; number < events.size(); ++number) {
            auto next = here;
            const model::status result = machine.apply(here, events[number], next);
            const auto step = machine.transition_of(here, events[number], result, next);
            if (number + 1 == events.size() && properties::contains(machine.judge(step, measured).broken, property))
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

class engine final : public verdicts::engine {
public:
    [[nodiscard]] std::string_view name() const override { return "explore"; }
    [[nodiscard]] property_set judges() const override { return properties::catalogue_observable; }
    [[nodiscard]] int strength() const override { return 2; }
    [[nodiscard]] bool finds_short_runs() const override { return true; }

    [[nodiscard]] verdicts::report check(const model::revision& revision, const verdicts::request& asked,
                                         const verdicts::progress_text& on_progress) const override {
        exploration_options options;
        options.jobs = asked.jobs;
        options.budget_seconds = asked.budget_seconds;
        options.memory_bytes = asked.memory_bytes;
        options.selected = asked.selected;
        return explore_revision(revision, asked.scope, options, [&](std::string_view part, const progress& now) {
            if (on_progress)
                on_progress(progress_text(part, now));
        });
    }

    [[nodiscard]] std::string grounds(const verdicts::finding& about, const verdicts::report& of) const override {
        if (about.run)
            return fmt::format("{} event{} in {}", about.run->events.size(), about.run->events.size() == 1 ? "" : "s",
                               of.scope);
        return fmt::format("all states of {}", of.scope);
    }
    [[nodiscard]] bool covers(const verdicts::report& of, const model::scope_part& part) const override {
        return std::find(of.exhausted.begin(), of.exhausted.end(), part) != of.exhausted.end();
    }
};

} // namespace

verdicts::report explore_revision(const model::revision& revision, const model::scope& scope,
                                  const exploration_options& options, const exploration_progress& on_progress) {
    return scope_exploration(revision, scope, options, on_progress).run();
}

const verdicts::engine& explore_engine() {
    static const engine door;
    return door;
}

} // namespace bwcheck::explorer

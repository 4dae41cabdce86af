#include "counterexamples/replay/make_trace.hpp"

#include "counterexamples/replay/avoidance.hpp"
#include "model/revisions/registry.hpp"
#include "properties/catalogue.hpp"

#include <fmt/format.h>

namespace bwcheck::counterexamples {

namespace {

/// Backwards from the end: once a violation is unavoidable, it stays so. The state before the last step is the last one
/// that does not break the property.
std::optional<std::size_t> find_unavoidable_from(const finding& finding, const model::scope_part& part,
                                                 std::span<const model::event> events, std::size_t property,
                                                 std::size_t avoidance_states) {
    const model::revision& revision = model::revision_named(finding.revision);
    runner run(revision, part);
    std::vector<avoidance::state> before; // each step
    for (const model::event& event : events) {
        before.push_back(run.judged_state());
        static_cast<void>(run.happen(event));
    }
    avoidance search(part, *revision.over_plain, property, avoidance_states);
    for (std::size_t steps = events.size(); steps > 0; --steps) {
        const auto avoidable = search.avoidable(before[steps - 1]);
        if (!avoidable)
            return std::nullopt;
        if (*avoidable)
            return steps - 1;
    }
    return std::nullopt; // unavoidable from the beginning: no step is to blame
}

std::string last_step_text(const replay_report& report) {
    if (report.steps.empty())
        return "The state after the setup does not comply.";
    const model::event& event = report.steps.back().step.event;
    return fmt::format("Step {}, {}{}, does not comply.", report.steps.size(), model::to_string(event.kind),
                       event.cpu == model::no_cpu ? "" : fmt::format(" on cpu{}", event.cpu));
}

} // namespace

std::string explanation_of(const replay_report& report) {
    const std::string_view statement = properties::catalogue_infos[report.property].statement;
    if (report.explanation.find(statement) != std::string::npos)
        return report.explanation; // of a write of the setup, which says it where it has no other words
    return fmt::format("{} {}", statement, report.explanation.empty() ? last_step_text(report) : report.explanation);
}

trace make_trace(const finding& finding, const model::scope_part& part, std::span<const model::event> events,
                 std::size_t avoidance_states) {
    const auto property = properties::property_number(finding.property);
    if (!property)
        throw std::invalid_argument(fmt::format("there is no property {}", finding.property));
    const replay_report report = replay(finding.revision, *property, part, events);
    if (!report.stopped_by.empty())
        throw not_reproduced(fmt::format("the counterexample to {} on {} stops after {} steps when replayed: {}",
                                         finding.property, finding.revision, report.steps.size(), report.stopped_by));
    if (!report.broken_after)
        throw not_reproduced(fmt::format("the counterexample to {} on {} breaks nothing when replayed",
                                         finding.property, finding.revision));
    trace made;
    made.tool_version = finding.tool_version;
    made.revision = finding.revision;
    made.property = finding.property;
    made.engine = finding.engine;
    made.scope = finding.scope;
    made.seed = finding.seed;
    made.explanation = explanation_of(report);
    made.did_not_matter = finding.did_not_matter;
    made.part = part;
    made.setup = report.setup;
    made.initial = report.initial;
    for (const run_step& step : report.steps)
        made.steps.push_back(step.step);
    if (properties::catalogue_infos[*property].kind != properties::property_kind::survey)
        made.unavoidable_from =
            find_unavoidable_from(finding, part, events.first(made.steps.size()), *property, avoidance_states);
    return made;
}

} // namespace bwcheck::counterexamples

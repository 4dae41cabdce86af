#include "counterexamples/replay/replay.hpp"

#include "model/revisions/registry.hpp"
#include "properties/catalogue.hpp"

#include <fmt/format.h>

namespace bwcheck::counterexamples {

replay_report replay(std::string_view revision, std::size_t property, const model::scope_part& part,
                     std::span<const model::event> events) {
    runner run(model::revision_named(revision), part);
    const auto bit = properties::only(property);
    replay_report report;
    report.revision = revision;
    report.property = property;
    report.setup = run.setup();
    report.initial = run.state();
    const auto broken = [&] {
        report.broken_after = report.steps.size();
        report.explanation = run.explain(property);
    };

    const auto survey = run.survey(property);
    if (!survey && (run.broken_here() & bit) != 0) {
        broken();
        return report;
    }
    for (const model::event& event : events) {
        report.stopped_by = run.obstacle(event);
        if (!report.stopped_by.empty())
            return report;
        report.steps.push_back(run.happen(event));
        if (!survey && (report.steps.back().broken & bit) != 0) {
            broken();
            return report;
        }
    }
    // A survey judges the part, not a run; its events only show what it found.
    if (survey && survey->verdict.broken()) {
        report.broken_after = report.steps.size();
        report.explanation = survey->explanation;
    }
    return report;
}

std::vector<model::event> events_of(const trace& trace) {
    std::vector<model::event> events;
    for (const trace_step& step : trace.steps)
        events.push_back(step.event);
    return events;
}

} // namespace bwcheck::counterexamples

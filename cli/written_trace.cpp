#include "cli/written_trace.hpp"

#include "cli/engines.hpp"
#include "cli/version.hpp"
#include "counterexamples/replay/make_trace.hpp"
#include "counterexamples/trace_file.hpp"
#include "properties/catalogue.hpp"

#include <fmt/format.h>

namespace bwcheck::cli {

saved_trace write_own_trace(const own_trace_about& about, const explorer::run_of_two& run) {
    const counterexamples::finding what{.revision = std::string(about.patch),
                                        .property = std::string(about.property),
                                        .engine = "explore",
                                        .scope = std::string(about.scope),
                                        .seed = std::nullopt,
                                        .tool_version = std::string(version)};
    saved_trace saved{.path = counterexamples::trace_path(about.directory, about.patch,
                                                          fmt::format("{}.against-{}", about.property, about.base)),
                      .trace = counterexamples::make_trace(what, run.part, run.on_first())};
    const auto there = counterexamples::replay(about.base, properties::property_number(about.property).value(),
                                               run.part, run.on_second());
    if (there.broken_after || !there.stopped_by.empty())
        throw counterexamples::not_reproduced(
            fmt::format("the run of {} that should be right on {} is not", about.property, about.base));
    counterexamples::write_trace(saved.path, saved.trace);
    return saved;
}

void write_traces(checked_revision& checked, const std::filesystem::path& directory, bool first) {
    const verdicts::report& report = checked.report;
    // When a violation became unavoidable can be found out only where few states are within reach.
    const std::size_t states =
        engine_named(report.engine).finds_short_runs() ? counterexamples::default_avoidance_states : 0;
    for (const verdicts::finding& each : report.findings) {
        if (!each.run || each.run->part.nr_cpus > model::plain::max_cpus)
            continue;
        const counterexamples::finding about{.revision = report.revision,
                                             .property = std::string(each.property),
                                             .engine = report.engine,
                                             .scope = report.scope,
                                             .seed = each.run->seed,
                                             .tool_version = std::string(version),
                                             .did_not_matter = each.run->did_not_matter};
        saved_trace saved{
            .path = counterexamples::trace_path(
                directory, about.revision, first ? about.property : fmt::format("{}.{}", about.property, about.engine)),
            .trace = counterexamples::make_trace(about, each.run->part, each.run->events, states)};
        counterexamples::write_trace(saved.path, saved.trace);
        checked.traces.emplace(about.property, std::move(saved));
    }
}

} // namespace bwcheck::cli

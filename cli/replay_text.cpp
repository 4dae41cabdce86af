#include "cli/replay_text.hpp"

#include "counterexamples/replay/make_trace.hpp"
#include "text/columns.hpp"
#include "text/printable.hpp"
#include "text/style.hpp"

#include <fmt/format.h>

namespace bwcheck::cli {

namespace {

using counterexamples::replay_report;
using counterexamples::trace;
using text::emphasis;
using text::printable;

std::string paragraph(std::string_view text) {
    constexpr std::size_t reading_width = 100;
    std::string all;
    for (const std::string& line : text::wrap(text, reading_width))
        all += "  " + line + '\n';
    return all;
}

std::string verdict_text(const trace& trace, const replay_report& report, const text::style& look) {
    const bool own = report.revision == trace.revision;
    const std::size_t steps = trace.steps.size();
    if (report.broken_after && steps == 0)
        return look(text::emphasis::bad, own ? "still violated" : "violated too") + '\n';
    if (report.broken_after)
        return fmt::format("{}, after step {} of {}\n",
                           look(text::emphasis::bad, own ? "still violated" : "violated too"), *report.broken_after,
                           steps);
    if (!report.stopped_by.empty())
        return fmt::format("{}: stops at step {} of {}: {}\n", look(text::emphasis::unsure, "does not apply"),
                           report.steps.size() + 1, steps, text::printable(report.stopped_by));
    return fmt::format("{}: all {} steps happen, and none breaks it\n",
                       look(text::emphasis::good, own ? "no longer violated" : "not violated"), steps);
}

std::string answer_text(std::string_view place, const model::scope_write& written, model::status now,
                        model::status then) {
    return now == then ? ""
                       : fmt::format("  {} differs: \"{}\" written to {} is answered with {}, not {}\n", place,
                                     text::printable(written.text), model::to_string(written.file), model::name(now),
                                     model::name(then));
}

/// Writes that are answered otherwise than when the trace was made.
std::string answers_text(const trace& trace, const replay_report& report) {
    std::string text;
    for (std::size_t number = 0; number < report.setup.size() && number < trace.setup.size(); ++number)
        text +=
            answer_text("setup", report.setup[number].written, report.setup[number].result, trace.setup[number].result);
    for (std::size_t number = 0; number < report.steps.size() && number < trace.steps.size(); ++number) {
        const auto& now = report.steps[number].step;
        const auto& then = trace.steps[number];
        if (now.result && then.result)
            text += answer_text(fmt::format("step {}", number + 1), trace.part.writes.at(then.event.index), *now.result,
                                *then.result);
    }
    return text;
}

/// On its own revision, a trace has to lead through the states that it recorded, unless the model has changed since.
std::string drift_text(const trace& trace, const replay_report& report) {
    if (report.revision != trace.revision)
        return "";
    if (report.initial != trace.initial)
        return fmt::format("  the first state is not the recorded one: bwcheck {} had another model\n",
                           text::printable(trace.tool_version));
    for (std::size_t number = 0; number < report.steps.size(); ++number)
        if (report.steps[number].step != trace.steps[number])
            return fmt::format("  from step {} on this is not what was recorded: bwcheck {} had another model\n",
                               number + 1, text::printable(trace.tool_version));
    return "";
}

} // namespace

std::string replay_text(const trace& trace, const replay_report& report, const text::style& look) {
    std::string text = fmt::format("{} on {}: {}", trace.property, report.revision, verdict_text(trace, report, look));
    text += answers_text(trace, report) + drift_text(trace, report);
    if (report.broken_after)
        text += paragraph(counterexamples::explanation_of(report));
    return text;
}

} // namespace bwcheck::cli

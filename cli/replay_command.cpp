// `bwcheck replay`: does it (still) happen?
#include "cli/commands.hpp"
#include "cli/replay_text.hpp"
#include "cli/standard_output.hpp"
#include "counterexamples/replay/why_not_judged.hpp"
#include "counterexamples/trace_file.hpp"
#include "model/revisions/registry.hpp"
#include "properties/catalogue.hpp"
#include "text/did_you_mean.hpp"
#include "text/input_error.hpp"
#include "text/printable.hpp"
#include "text/style.hpp"

#include <fmt/format.h>

namespace bwcheck::cli {

exit_status run(const replay_options& options) {
    const counterexamples::trace trace = counterexamples::read_trace(options.trace);
    const std::string revision = options.revision.value_or(trace.revision);
    if (model::find_revision(revision) == nullptr)
        throw text::input_error(fmt::format("{0}: {1}; if a header has it: bwcheck replay {0} --revision ./HEADER.hpp",
                                            text::printable(options.trace),
                                            text::no_such("revision", revision, model::revision_ids())));
    const auto property = properties::property_number(trace.property);
    const std::string obstacle = counterexamples::why_not_judged(*property, trace.part);
    if (!obstacle.empty())
        throw text::input_error(fmt::format("{}: cannot be replayed: {}", options.trace, text::printable(obstacle)));
    const auto events = counterexamples::events_of(trace);
    const auto report = counterexamples::replay(revision, *property, trace.part, events);
    write_output(replay_text(trace, report, text::style(colour_wanted(options.colour))));
    if (report.broken_after)
        return exit_status::violated;
    return report.stopped_by.empty() ? exit_status::success : exit_status::inconclusive;
}

} // namespace bwcheck::cli

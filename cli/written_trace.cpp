#include "cli/written_trace.hpp"

#include "cli/version.hpp"
#include "counterexamples/replay/make_trace.hpp"
#include "counterexamples/trace_file.hpp"

#include <fmt/format.h>

namespace bwcheck::cli {

void write_trace(checked_revision& checked, const check_options& options, const found_run& found) {
    const counterexamples::finding what{.revision = checked.found.revision,
                                        .property = std::string(found.property),
                                        .engine = checked.engine,
                                        .scope = checked.found.scope,
                                        .seed = found.seed,
                                        .tool_version = std::string(version),
                                        .did_not_matter = found.did_not_matter};
    const bool first = checked.engine == options.engines.front();
    // When a violation became unavoidable can be found out only where few states are within reach.
    const std::size_t states = checked.engine == "explore" ? counterexamples::default_avoidance_states : 0;
    saved_trace saved{.path = counterexamples::trace_path(options.traces, what.revision,
                                                          first ? what.property
                                                                : fmt::format("{}.{}", what.property, checked.engine)),
                      .trace = counterexamples::make_trace(what, found.part, found.events, states)};
    counterexamples::write_trace(saved.path, saved.trace);
    checked.traces.emplace(what.property, std::move(saved));
}

} // namespace bwcheck::cli

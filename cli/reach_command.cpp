// `bwcheck reach`: a shortest run that gets to a step or a branch.
#include "cli/commands.hpp"
#include "cli/known_names.hpp"
#include "cli/run_of_machines.hpp"
#include "cli/standard_output.hpp"
#include "explorer/comparison.hpp"
#include "model/revisions/registry.hpp"
#include "text/style.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace bwcheck::cli {

exit_status run(const reach_options& options) {
    const model::revision& revision = model::revision_named(options.revision);
    const model::scope scope = scope_of(options.scope);
    const explorer::reached_report found = explorer::reach(
        revision, scope, options.place,
        {.jobs = options.jobs, .memory_bytes = options.memory_bytes, .most_states = options.most_states});
    const std::string place = to_string(options.place);
    if (found.run) {
        write_output(fmt::format(
            "{} gets to {} after {} event{}, in part {} of {}:\n\n{}", revision.info.id, place,
            found.run->events.size(), found.run->events.size() == 1 ? "" : "s", found.run->part.name, scope.name,
            run_text(*found.run, {&revision}, options.width, text::style(colour_wanted(options.colour)))));
        return exit_status::success;
    }
    write_output(fmt::format("{} does not get to {} within these bounds: {}.\n", revision.info.id, place, scope.name) +
                 bounds_text(found.parts));
    const bool complete = std::all_of(found.parts.begin(), found.parts.end(),
                                      [](const explorer::compared_part& part) { return part.complete; });
    return complete ? exit_status::violated : exit_status::inconclusive;
}

} // namespace bwcheck::cli

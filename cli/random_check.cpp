#include "cli/engine_runs.hpp"
#include "cli/progress_line.hpp"
#include "cli/written_trace.hpp"
#include "model/revisions/registry.hpp"
#include "text/shell_word.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace bwcheck::cli {

namespace {

/// The line that finds a failure again, whatever it was shrunk to.
std::string again(const std::string& revision, const check_options& options, const random::property_result& result) {
    return fmt::format("bwcheck check {} --engine random{} --property {} --seed {} --cases 1", revision,
                       options.scope_given ? " --scope " + text::shell_word(options.scope) : "", result.property,
                       result.broken->seed);
}

explorer::property_result as_explored(const std::string& revision, const check_options& options,
                                      const random::property_result& result) {
    explorer::property_result same;
    same.property = result.property;
    same.verdict = result.verdict;
    same.reason = result.reason;
    same.measured = result.measured;
    same.coverage = result.coverage;
    same.fired = result.fired;
    if (result.broken) {
        same.reason += fmt::format("{} Found with seed {}: {}", same.reason.ends_with('.') ? "" : ".",
                                   result.broken->seed, again(revision, options, result));
        if (!result.broken->did_not_matter.empty())
            same.reason += fmt::format(". Would do as well: {}", fmt::join(result.broken->did_not_matter, "; "));
    }
    return same;
}

} // namespace

checked_revision check_randomly(const std::string& revision, const check_options& options, const model::scope& scope,
                                properties::property_set selected, double budget_seconds) {
    random::run_options how;
    how.seed = options.seed;
    how.cases = options.cases;
    how.budget_seconds = budget_seconds;
    how.selected = selected;
    if (options.scope_given)
        how.scope = scope;

    checked_revision checked;
    checked.engine = "random";
    {
        progress_line line(!options.quiet);
        checked.random =
            random::run_random(model::revision_named(revision), how, [&](std::uint64_t cases, std::uint64_t events) {
                line.show(fmt::format("{}, random, {} cases, {} events", revision, cases, events));
            });
    }
    checked.found.revision = revision;
    checked.found.scope = options.scope_given ? scope.name : "kernel constants";
    checked.found.seconds = checked.random->seconds;
    for (const random::property_result& result : checked.random->properties) {
        checked.found.properties.push_back(as_explored(revision, options, result));
        // A trace needs a machine of the size that replay has.
        if (!result.broken || result.broken->found.part.nr_cpus > model::plain::max_cpus)
            continue;
        write_trace(checked, options,
                    {.property = result.property,
                     .part = result.broken->found.part,
                     .events = result.broken->found.events,
                     .seed = result.broken->seed,
                     .did_not_matter = result.broken->did_not_matter});
    }
    return checked;
}

} // namespace bwcheck::cli

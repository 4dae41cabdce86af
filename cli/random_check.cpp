#include "cli/engine_runs.hpp"
#include "cli/progress_line.hpp"
#include "cli/shell_word.hpp"
#include "cli/version.hpp"
#include "counterexamples/make_trace.hpp"
#include "counterexamples/trace_file.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace bwcheck::cli {

namespace {

/// The line that finds a failure again, whatever it was shrunk to.
std::string again(const std::string& revision, const check_options& options, const random::property_result& result) {
    return fmt::format("bwcheck check {} --engine random{} --property {} --seed {} --cases 1", revision,
                       options.scope_given ? " --scope " + shell_word(options.scope) : "", result.property,
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

std::filesystem::path trace_file(const check_options& options, std::string_view revision, std::string_view property,
                                 std::string_view engine) {
    return counterexamples::trace_path(options.traces, revision,
                                       engine == options.engines.front() ? std::string(property)
                                                                         : fmt::format("{}.{}", property, engine));
}

checked_revision check_randomly(const std::string& revision, const check_options& options, const model::scope& scope,
                                std::uint64_t selected, double budget_seconds) {
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
        checked.random = random::run_random(revision, how, [&](std::uint64_t cases, std::uint64_t events) {
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
        const counterexamples::finding what{.revision = revision,
                                            .property = std::string(result.property),
                                            .engine = checked.engine,
                                            .scope = checked.found.scope,
                                            .seed = result.broken->seed,
                                            .tool_version = std::string(version),
                                            .did_not_matter = result.broken->did_not_matter};
        constexpr std::size_t no_search = 0; // at these constants the states within reach are too many to look at
        saved_trace saved{.path = trace_file(options, revision, result.property, checked.engine),
                          .trace = counterexamples::make_trace(what, result.broken->found.part,
                                                               result.broken->found.events, no_search)};
        counterexamples::write_trace(saved.path, saved.trace);
        checked.traces.emplace(result.property, std::move(saved));
    }
    return checked;
}

} // namespace bwcheck::cli

#include "cli/engine_runs.hpp"
#include "cli/known_names.hpp"
#include "cli/progress_line.hpp"
#include "cli/written_trace.hpp"
#include "model/revisions/registry.hpp"
#include "text/input_error.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <system_error>

namespace bwcheck::cli {

namespace {

constexpr std::string_view bounds = "all 64-bit inputs";

/// Whatever would make an hour of proving worthless, said before it.
void check_wishes(const check_options& options) {
    if (options.second_opinion)
        if (const std::string why = solver::why_no_second_opinion(); !why.empty())
            throw text::input_error("--second-opinion: " + why);
    if (options.smt2.empty())
        return;
    std::error_code error;
    std::filesystem::create_directories(options.smt2, error);
    if (error || !std::filesystem::is_directory(options.smt2))
        throw text::input_error(fmt::format("--smt2: {} cannot be made a directory: {}", options.smt2,
                                            error ? error.message() : "something else has that name"));
}

/// The machine on which a counterexample of the prover runs: one CPU, the kernel's constants.
model::scope_part part_of(const solver::counterexample& shown) {
    model::scope_part part;
    part.name = "kernel constants";
    part.first_phase = shown.first_phase;
    part.writes = shown.writes;
    for (const model::event& event : shown.events)
        if (event.kind == model::event_kind::period_timer)
            part.environment.max_stalls = std::max(part.environment.max_stalls, static_cast<int>(event.amount));
    part.longest_period = model::longest_period_of(part);
    return part;
}

explorer::property_result as_explored(const solver::proof_result& result) {
    explorer::property_result same;
    same.property = result.property;
    same.verdict = result.verdict;
    same.reason = result.reason;
    return same;
}

} // namespace

checked_revision check_by_proof(const std::string& revision, const check_options& options,
                                properties::property_set selected, double budget_seconds) {
    check_wishes(options);
    solver::proof_options how;
    how.jobs = options.jobs;
    how.selected = selected;
    how.budget_seconds = budget_seconds;
    how.smt2_directory = options.smt2;
    how.second_opinion = options.second_opinion;

    checked_revision checked;
    checked.engine = "prove";
    {
        progress_line line(!options.quiet);
        checked.proof = solver::prove_revision(
            model::revision_named(revision), how, [&](std::size_t answered, std::size_t questions) {
                line.show(fmt::format("{}, prove, {} of {} questions", revision, answered, questions));
            });
    }
    checked.found.revision = revision;
    checked.found.scope = bounds;
    checked.found.seconds = checked.proof->seconds;
    for (const solver::proof_result& result : checked.proof->properties) {
        checked.found.properties.push_back(as_explored(result));
        if (result.counterexamples.empty())
            continue;
        const solver::counterexample& shown = result.counterexamples.front();
        write_trace(checked, options, {.property = result.property, .part = part_of(shown), .events = shown.events});
    }
    return checked;
}

} // namespace bwcheck::cli

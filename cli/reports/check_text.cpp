#include "cli/reports/check_text.hpp"

#include "counterexamples/render.hpp"
#include "text/columns.hpp"
#include "text/quantities.hpp"
#include "text/shell_word.hpp"
#include "text/style.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <set>
#include <utility>

namespace bwcheck::cli {

namespace {

using text::emphasis;
using text::style;

constexpr std::size_t reading_width = 110;

text::emphasis emphasis_of(explorer::verdict verdict) {
    switch (verdict) {
    case explorer::verdict::holds:
        return text::emphasis::good;
    case explorer::verdict::violated:
        return text::emphasis::bad;
    case explorer::verdict::inconclusive:
        break;
    }
    return text::emphasis::unsure;
}

std::string indented(std::string_view text) {
    std::string all;
    for (const std::string& line : text::wrap(text, reading_width))
        all += "                " + line + '\n';
    return all;
}

/// The other places at which a proof fails (the reason tells the first), and the runs that show it.
std::string refutations_text(const solver::proof_result* result) {
    std::string text;
    if (result == nullptr)
        return text;
    bool first = true;
    for (const solver::counterexample& shown : result->counterexamples) {
        if (!std::exchange(first, false))
            text += indented("Also: " + shown.explanation);
        if (!shown.story().empty())
            text += indented("Run: " + shown.story());
    }
    return text;
}

std::string property_text(const explorer::property_result& result, const checked_revision& checked, const style& look) {
    std::string text =
        fmt::format("  {}  {}", look(emphasis_of(result.verdict), fmt::format("{:<12}", to_string(result.verdict))),
                    look(result.verdict == explorer::verdict::violated ? text::emphasis::strong : text::emphasis::none,
                         result.property));
    if (result.measured)
        text += fmt::format(" = {}", *result.measured);
    text += '\n';
    if (!result.reason.empty())
        text += indented(result.reason);
    if (checked.proof)
        text += refutations_text(checked.proof->find(result.property));
    const auto saved = checked.traces.find(result.property);
    if (saved != checked.traces.end()) {
        const std::size_t steps = saved->second.trace.steps.size(); // none if it is only known where it lies
        text += indented(fmt::format("{}bwcheck show {}",
                                     steps == 0 ? "" : fmt::format("{} step{}: ", steps, steps == 1 ? "" : "s"),
                                     text::shell_word(saved->second.path.string())));
    }
    return text;
}

std::string row_text(const std::vector<std::string>& cells) {
    constexpr std::string_view layout = "  {:<14}{:>10}{:>13}{:>7}{:>9}{:>7}{:>12}{:>11}  {}\n";
    return fmt::format(layout, cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6], cells[7],
                       cells[8]);
}

std::string end_of(const explorer::part_report& part) {
    if (part.complete && part.escaped == 0)
        return "all states";
    return part.complete ? "all but what left the packed ranges" : fmt::format("ended by: {}", part.stopped_by);
}

std::string part_text(const explorer::part_report& part) {
    const double rate = part.seconds > 0 ? static_cast<double>(part.states) / part.seconds : 0;
    std::string text =
        row_text({part.part, std::to_string(part.states), std::to_string(part.transitions), std::to_string(part.depth),
                  text::seconds_text(part.seconds), text::mebibytes(part.memory_bytes), text::rounded(rate),
                  std::to_string(part.bits_per_state), end_of(part)});
    for (const std::string& refused : part.refused_setup)
        text += fmt::format("    setup refused: {}\n", refused);
    if (part.cut > 0)
        text += fmt::format("    {} transitions were not followed: they broke a property and left the packed ranges\n",
                            part.cut);
    if (part.escaped > 0)
        text += fmt::format("    {} transitions left the packed ranges and were not followed, such as: {}\n",
                            part.escaped, part.escape);
    if (part.deadlocks > 0)
        text += fmt::format("    in {} states nothing can happen\n", part.deadlocks);
    return text;
}

/// What no part of the scope ever did.
std::string gaps_text(const explorer::exploration& found) {
    std::map<std::string, std::uint64_t, std::less<>> total;
    for (const auto& part : found.parts)
        for (const auto& [what, times] : part.coverage)
            total[what] += times;
    std::vector<std::string> never;
    for (const auto& [what, times] : total)
        if (times == 0)
            never.push_back(what);
    if (never.empty())
        return "";
    return "\nNever happened in this scope:\n" + indented(fmt::format("{}", fmt::join(never, ", ")));
}

std::string traces_text(const checked_revision& checked, const style& look) {
    std::string text;
    for (const auto& [property, saved] : checked.traces) {
        text += '\n' + counterexamples::render(
                           saved.trace,
                           {.detail = counterexamples::detail_level::readable,
                            .coloured = look.coloured(),
                            .replay_command = fmt::format("bwcheck replay {}", text::shell_word(saved.path.string()))});
    }
    return text;
}

/// How much was tried at random, and what happened in it.
std::string random_text(const random::random_run& run, bool verbose) {
    if (verbose)
        return random::distribution_text(run);
    return fmt::format(
        "  {} cases from seed {}, {} events, {} s; ended by: {}. --verbose tells how they were distributed.\n",
        run.cases, run.first_seed, run.events, text::seconds_text(run.seconds), run.stopped_by);
}

/// What the proofs took: each question, or all of them together.
/// Of merged runs it is not known.
std::string proof_text(const solver::proof& proof, bool verbose) {
    std::uint64_t paths = 0;
    std::size_t obligations = 0;
    std::ptrdiff_t only_integers = 0;
    std::string table = fmt::format("  {:<28}{:>8}{:>13}{:>9}  {}\n", "question", "paths", "obligations", "seconds",
                                    "slowest obligation");
    for (const solver::question_time& one : proof.questions) {
        paths += one.paths;
        obligations += one.obligations.size();
        only_integers += std::count_if(one.obligations.begin(), one.obligations.end(),
                                       [](const auto& each) { return each.only_integers; });
        table += fmt::format("  {:<28}{:>8}{:>13}{:>9}", one.question, one.paths, one.obligations.size(),
                             text::seconds_text(one.seconds));
        const auto slowest = std::max_element(one.obligations.begin(), one.obligations.end(),
                                              [](const auto& a, const auto& b) { return a.seconds < b.seconds; });
        if (slowest != one.obligations.end())
            table += fmt::format("  {} s at {}", text::seconds_text(slowest->seconds), slowest->where);
        table += '\n';
    }
    std::string text = verbose ? table + '\n' : "";
    if (!proof.questions.empty())
        text +=
            fmt::format("  {} questions, {} paths, {} obligations, each decided twice: in integers and, but for {}, "
                        "as bit-vectors.{}\n",
                        proof.questions.size(), paths, obligations, only_integers,
                        verbose ? "" : " --verbose tells each question.");
    if (proof.second.asked)
        text += fmt::format("  Second opinion: cvc5 agrees on {}, does not know {}, disagrees on {}.{}\n",
                            proof.second.agreed, proof.second.unknown, proof.second.disagreed,
                            proof.second.problem.empty() ? "" : " " + proof.second.problem);
    return text;
}

std::string count_text(const explorer::exploration& found, const style& look) {
    const auto how_many = [&](explorer::verdict verdict) {
        return std::count_if(found.properties.begin(), found.properties.end(),
                             [&](const auto& result) { return result.verdict == verdict; });
    };
    const auto told = [&](explorer::verdict verdict, std::string_view words) {
        const auto number = how_many(verdict);
        return look(number == 0 ? text::emphasis::none : emphasis_of(verdict), fmt::format("{} {}", number, words));
    };
    return fmt::format("{}, {}, {}. {} s.\n", told(explorer::verdict::holds, "hold"),
                       told(explorer::verdict::violated, "violated"),
                       told(explorer::verdict::inconclusive, "inconclusive"), text::seconds_text(found.seconds));
}

} // namespace

std::string check_text(const checked_revision& checked, const style& look, bool verbose) {
    const auto& found = checked.found;
    std::string text = look(text::emphasis::strong,
                            fmt::format("{}, scope {}, engine {}", found.revision, found.scope, checked.engine)) +
                       "\n\n";
    for (const auto& result : found.properties)
        text += property_text(result, checked, look);
    if (checked.random || checked.proof) {
        text += '\n' + (checked.random ? random_text(*checked.random, verbose) : proof_text(*checked.proof, verbose));
        if (verbose)
            text += traces_text(checked, look);
        return text + '\n' + found.revision + ": " + count_text(found, look);
    }
    text += '\n' + look(text::emphasis::faint, row_text({"part", "states", "transitions", "depth", "seconds", "MiB",
                                                         "states/s", "bits/state", "explored"}));
    for (const auto& part : found.parts)
        text += part_text(part);
    if (verbose)
        text += gaps_text(found) + traces_text(checked, look);
    return text + '\n' + found.revision + ": " + count_text(found, look);
}

} // namespace bwcheck::cli

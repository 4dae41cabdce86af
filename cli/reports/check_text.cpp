#include "cli/reports/check_text.hpp"

#include "counterexamples/render.hpp"
#include "random/random_run.hpp"
#include "text/columns.hpp"
#include "text/quantities.hpp"
#include "text/shell_word.hpp"
#include "text/style.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <set>
#include <utility>

namespace bwcheck::cli {

namespace {

using text::emphasis;
using text::style;

constexpr std::size_t reading_width = 110;

using verdicts::verdict;

text::emphasis emphasis_of(verdict value) {
    switch (value) {
    case verdict::holds:
    case verdict::yes:
        return text::emphasis::good;
    case verdict::violated:
        return text::emphasis::bad;
    case verdict::no:
    case verdict::measured:
        return text::emphasis::strong;
    case verdict::inconclusive:
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
std::string refutations_text(const verdicts::finding& result) {
    std::string text;
    if (!result.proof)
        return text;
    bool first = true;
    for (const verdicts::refutation& shown : result.proof->refutations) {
        if (!std::exchange(first, false))
            text += indented("Also: " + shown.explanation);
        if (!shown.story().empty())
            text += indented("Run: " + shown.story());
    }
    return text;
}

/// On what grounds the line says what it says, those of the deciding engine first: "proved for all 64-bit inputs; all
/// states of default; 200 random cases". An engine for which it is otherwise is named.
std::string grounds_text(const verdicts::summary& all) {
    std::string text;
    const auto add = [&](const verdicts::voice& each) {
        const bool same = verdicts::is_broken(each.said->verdict) == verdicts::is_broken(all.verdict);
        const std::string grounds = each.by->grounds(*each.said, *each.in);
        text += text.empty() ? "" : "; ";
        if (same && !verdicts::is_broken(all.verdict))
            text += grounds;
        else if (same)
            text += fmt::format("{}: {}", each.by->name(), grounds);
        else
            text += fmt::format("{} {} there: {}", each.by->name(), to_string(each.said->verdict), grounds);
    };
    if (!all.decisive)
        return text;
    add(*all.decisive);
    for (const verdicts::voice& each : all.voices)
        if (each.said != all.decisive->said && each.said->verdict != verdict::inconclusive)
            add(each);
    return text;
}

const saved_trace* trace_of(const verdicts::voice& voice, std::span<const checked_revision> of_one) {
    for (const checked_revision& checked : of_one)
        if (checked.report.engine == voice.in->engine)
            if (const auto saved = checked.traces.find(voice.said->property); saved != checked.traces.end())
                return &saved->second;
    return nullptr;
}

std::string show_text(const saved_trace& saved) {
    const std::size_t steps = saved.trace.steps.size(); // none if it is only known where it lies
    return indented(fmt::format("{}bwcheck show {}",
                                steps == 0 ? "" : fmt::format("{} step{}: ", steps, steps == 1 ? "" : "s"),
                                text::shell_word(saved.path.string())));
}

/// What is open, and with whom: the reason of each engine that was asked, once.
std::string open_text(const verdicts::summary& all) {
    std::vector<std::string> reasons;
    for (const verdicts::voice& each : all.voices)
        if (std::find(reasons.begin(), reasons.end(), each.said->reason) == reasons.end())
            reasons.push_back(each.said->reason);
    if (reasons.size() == 1)
        return indented(reasons.front());
    std::string text;
    for (const verdicts::voice& each : all.voices)
        text += indented(fmt::format("{}: {}", each.by->name(), each.said->reason));
    return text;
}

std::string property_text(const verdicts::summary& all, std::span<const checked_revision> of_one, const style& look) {
    const verdicts::finding* const said = all.decisive ? all.decisive->said : nullptr;
    std::string name(all.property);
    if (said != nullptr && said->measured)
        name += fmt::format(" = {}", *said->measured);
    const std::string grounds = grounds_text(all);
    std::string text =
        fmt::format("  {}  {}{}\n", look(emphasis_of(all.verdict), fmt::format("{:<12}", to_string(all.verdict))),
                    look(all.verdict == verdict::violated ? text::emphasis::strong : text::emphasis::none,
                         grounds.empty() ? name : fmt::format("{:<32}", name)),
                    grounds.empty() ? "" : "  " + look(text::emphasis::faint, grounds));
    if (!all.contradiction.empty())
        text += indented("The engines contradict each other, which is an error of bwcheck: " + all.contradiction);
    if (said == nullptr)
        return text + open_text(all);
    // Of what holds, the line says enough; of what is broken or measured, the reason says how.
    if (all.verdict == verdict::holds || all.verdict == verdict::yes)
        return text;
    if (!said->reason.empty())
        text += indented(said->reason);
    text += refutations_text(*said);
    if (const saved_trace* const saved = trace_of(*all.decisive, of_one))
        text += show_text(*saved);
    return text;
}

std::string row_text(const std::vector<std::string>& cells) {
    constexpr std::string_view layout = "  {:<14}{:>10}{:>13}{:>7}{:>9}{:>7}{:>12}{:>11}  {}\n";
    return fmt::format(layout, cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6], cells[7],
                       cells[8]);
}

std::string end_of(const verdicts::part_report& part) {
    if (part.exhausted())
        return "all states";
    if (!part.complete)
        return fmt::format("ended by: {}", part.stopped_by);
    return part.standstills > 0 ? "time stands still" : "all but what left the packed ranges";
}

std::string part_text(const verdicts::part_report& part) {
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
    if (part.standstills > 0)
        text += fmt::format("    time stands still for good in {} states: {}\n", part.standstills, part.standstill);
    return text;
}

/// What no part of the scope ever did.
std::string gaps_text(const verdicts::report& found) {
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
std::string random_text(const verdicts::report& report, bool verbose) {
    if (verbose)
        return random::distribution_text(report);
    const verdicts::case_report& ran = *report.cases;
    return fmt::format(
        "  {} cases from seed {}, {} events, {} s; ended by: {}. --verbose tells how they were distributed.\n",
        ran.cases, ran.first_seed, ran.events, text::seconds_text(report.seconds), ran.stopped_by);
}

/// What the proofs took: each question, or all of them together.
/// Of merged runs it is not known.
std::string proof_text(const verdicts::proof_report& proof, bool verbose) {
    std::uint64_t paths = 0;
    std::size_t obligations = 0;
    std::ptrdiff_t only_integers = 0;
    std::string table = fmt::format("  {:<28}{:>8}{:>13}{:>9}  {}\n", "question", "paths", "obligations", "seconds",
                                    "slowest obligation");
    for (const verdicts::question_time& one : proof.questions) {
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

std::string exploration_text(const verdicts::report& report, const style& look, bool verbose) {
    std::string text = look(text::emphasis::faint, row_text({"part", "states", "transitions", "depth", "seconds", "MiB",
                                                             "states/s", "bits/state", "explored"}));
    for (const auto& part : report.parts)
        text += part_text(part);
    return verbose ? text + gaps_text(report) : text;
}

/// What one engine covered; what it found is in the lines above.
std::string coverage_text(const checked_revision& checked, const style& look, bool verbose) {
    const verdicts::report& report = checked.report;
    std::string text =
        fmt::format("\n{}\n", look(text::emphasis::strong, fmt::format("{}, {}", report.engine, report.scope)));
    if (!report.parts.empty())
        text += exploration_text(report, look, verbose);
    if (report.cases)
        text += random_text(report, verbose);
    if (report.proof)
        text += proof_text(*report.proof, verbose);
    return text;
}

std::string count_text(const revision_result& result, const style& look) {
    std::string text;
    constexpr std::array words{std::pair(verdict::holds, "hold"),
                               std::pair(verdict::violated, "violated"),
                               std::pair(verdict::inconclusive, "inconclusive"),
                               std::pair(verdict::yes, "answered yes"),
                               std::pair(verdict::no, "answered no"),
                               std::pair(verdict::measured, "measured")};
    for (const auto& [value, word] : words) {
        const auto number =
            std::count_if(result.summaries.begin(), result.summaries.end(),
                          [wanted = value](const verdicts::summary& each) { return each.verdict == wanted; });
        const bool always = value == verdict::holds || value == verdict::violated || value == verdict::inconclusive;
        if (number == 0 && !always)
            continue;
        text += fmt::format(
            "{}{}", text.empty() ? "" : ", ",
            look(number == 0 ? text::emphasis::none : emphasis_of(value), fmt::format("{} {}", number, word)));
    }
    double seconds = 0;
    for (const verdicts::report& report : result.reports)
        seconds += report.seconds;
    return fmt::format("{}. {} s.\n", text, text::seconds_text(seconds));
}

} // namespace

std::string check_text(std::span<const checked_revision> of_one, const revision_result& result, const style& look,
                       bool verbose) {
    const std::string revision = of_one.front().report.revision;
    std::string names;
    for (const checked_revision& checked : of_one)
        names += fmt::format("{}{} ({})", names.empty() ? "" : ", ", checked.report.engine, checked.report.scope);
    std::string text = look(text::emphasis::strong, fmt::format("{}: {}", revision, names)) + "\n\n";
    for (const verdicts::summary& each : result.summaries)
        text += property_text(each, of_one, look);
    for (const checked_revision& checked : of_one)
        text += coverage_text(checked, look, verbose);
    if (verbose)
        for (const checked_revision& checked : of_one)
            text += traces_text(checked, look);
    return text + '\n' + revision + ": " + count_text(result, look);
}

} // namespace bwcheck::cli

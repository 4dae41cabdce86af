#include "cli/reports/check_text.hpp"

#include "cli/engines.hpp"
#include "cli/known_names.hpp"
#include "cli/reports/coverage_words.hpp"
#include "cli/standard_output.hpp"
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

constexpr std::size_t column_of_reasons = 16;

/// As wide as the terminal, but no wider than one likes to read.
std::size_t reading_width() {
    constexpr std::size_t narrowest = 60;
    constexpr std::size_t widest = 120;
    return std::clamp(output_width(), narrowest, widest);
}

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
    for (const std::string& line : text::wrap(text, reading_width() - column_of_reasons))
        all += std::string(column_of_reasons, ' ') + line + '\n';
    return all;
}

/// What the verdicts rest on besides, proved or assumed.
std::string premises_text(const verdicts::summary& all) {
    std::string text;
    for (const verdicts::voice& each : all.voices)
        if (const std::string premises = verdicts::premises_of(*each.said); !premises.empty())
            text += indented(fmt::format("{} rests on: {}", each.by->name(), premises));
    return text;
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

/// On what grounds the line says what it says, those of the deciding engine first: "proved ...; all states of default;
/// 200 random cases". An engine for which it is otherwise is named.
std::string grounds_text(const verdicts::summary& all) {
    std::string text;
    const auto add = [&](const verdicts::voice& each) {
        const bool same = verdicts::is_broken(each.said->verdict) == verdicts::is_broken(all.verdict);
        const std::string grounds = verdicts::grounds_of(each);
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
    return fmt::format("{}{}bwcheck show {}\n", std::string(column_of_reasons, ' '), // a command is not broken
                       steps == 0 ? "" : fmt::format("{} step{}: ", steps, steps == 1 ? "" : "s"),
                       text::shell_word(saved.path.string()));
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

/// The line of a property. What does not fit beside it comes below.
std::string verdict_line(const verdicts::summary& all, const style& look, const std::string& beside) {
    const verdicts::finding* const said = all.decisive ? all.decisive->said : nullptr;
    std::string name(all.property);
    if (said != nullptr && said->measured)
        name += fmt::format(" = {}", *said->measured);
    constexpr std::size_t width_of_names = 32;
    const bool fits = column_of_reasons + width_of_names + 2 + text::display_width(beside) <= reading_width();
    const std::string line =
        fmt::format("  {}  {}{}\n", look(emphasis_of(all.verdict), fmt::format("{:<12}", to_string(all.verdict))),
                    look(all.verdict == verdict::violated ? text::emphasis::strong : text::emphasis::none,
                         beside.empty() || !fits ? name : fmt::format("{:<{}}", name, width_of_names)),
                    beside.empty() || !fits ? "" : "  " + look(text::emphasis::faint, beside));
    return fits ? line : line + indented(beside);
}

std::string property_text(const verdicts::summary& all, std::span<const checked_revision> of_one, const style& look,
                          bool verbose) {
    const verdicts::finding* const said = all.decisive ? all.decisive->said : nullptr;
    std::string text = verdict_line(all, look, grounds_text(all));
    if (!all.contradiction.empty())
        text += indented("The engines contradict each other, which is an error of bwcheck: " + all.contradiction);
    if (verbose)
        text += premises_text(all);
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
    constexpr std::string_view layout = "  {:<12}{:>10}{:>13}{:>7}{:>9}{:>7}{:>10}  {}\n";
    return fmt::format(layout, cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6], cells[7]);
}

std::string part_text(const verdicts::part_report& part) {
    const double rate = part.seconds > 0 ? static_cast<double>(part.states) / part.seconds : 0;
    std::string text = row_text({part.part, std::to_string(part.states), std::to_string(part.transitions),
                                 std::to_string(part.depth), text::seconds_text(part.seconds),
                                 text::mebibytes(part.memory_bytes), text::rounded(rate), end_of(part)});
    for (const std::string& caveat : caveats_of(part))
        text += "    " + caveat + '\n';
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
    return fmt::format("  {}; {} s. --verbose tells how they were distributed.\n", cases_text(*report.cases),
                       text::seconds_text(report.seconds));
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
    if (const std::string second = second_opinion_text(proof.second); !second.empty())
        text += "  " + second + '\n';
    return text;
}

std::string exploration_text(const verdicts::report& report, const style& look, bool verbose) {
    std::string text =
        look(text::emphasis::faint,
             row_text({"part", "states", "transitions", "depth", "seconds", "MiB", "states/s", "explored"}));
    for (const auto& part : report.parts)
        text += part_text(part);
    return verbose ? text + gaps_text(report) : text;
}

/// An engine, and where it looked. What a proof is for is said with each, and not for all.
std::string engine_text(const verdicts::report& report, fmt::format_string<const std::string&, const std::string&> as) {
    return engine_named(report.engine).proves() ? report.engine : fmt::format(as, report.engine, report.scope);
}

/// What one engine covered; what it found is in the lines above.
std::string coverage_text(const checked_revision& checked, const style& look, bool verbose) {
    const verdicts::report& report = checked.report;
    std::string text = fmt::format("\n{}\n", look(text::emphasis::strong, engine_text(report, "{}, {}")));
    if (const std::string share = share_text(report); !share.empty())
        text += "  " + share + '\n';
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

std::string listed(properties::property_set all) { return fmt::format("{}", fmt::join(ids_of(all), ", ")); }

/// Which violations come of which; empty if each stands for itself.
std::string causes_text(const explorer::causes& causes, const style& look) {
    std::string text;
    std::vector<std::string> alone;
    for (const explorer::cause_group& each : causes.groups) {
        const std::vector<std::string> same = ids_of(each.causes);
        if (same.size() == 1 && each.consequences == 0) {
            alone.push_back(same.front());
            continue;
        }
        text += indented(same.size() == 1 ? same.front()
                                          : fmt::format("{}: none without the others", fmt::join(same, ", ")));
        if (each.consequences != 0)
            text += indented("and what follows: " + listed(each.consequences));
    }
    if (text.empty())
        return "";
    if (!alone.empty())
        text += indented(fmt::format("by themselves: {}", fmt::join(alone, ", ")));
    if (causes.not_found != 0)
        text += indented("not told apart, beyond these bounds: " + listed(causes.not_found));
    return fmt::format("\n{}\n", look(text::emphasis::strong,
                                      causes.complete ? "Which violations come of which"
                                                      : fmt::format("Which violations come of which, in runs of up to "
                                                                    "{} events of each part",
                                                                    causes.events))) +
           text;
}

/// How much of it the patch is to blame for.
std::string news_text(const against_base& against) {
    const auto count = [&](auto wanted) {
        return std::count_if(against.compared.begin(), against.compared.end(), wanted);
    };
    double seconds = 0;
    for (const verdicts::report& report : against.result.reports)
        seconds += report.seconds;
    return fmt::format("Against {}: {} newly violated, {} in a new way, {} repaired. {} s.\n", against.base,
                       count([](const auto& each) { return each.change == verdicts::change::newly_violated; }),
                       count([&](const auto& each) {
                           return each.change != verdicts::change::newly_violated && is_new(each, against);
                       }),
                       count([](const auto& each) { return each.change == verdicts::change::repaired; }),
                       text::seconds_text(seconds));
}

} // namespace

namespace {

/// What a patch changes first, what was so before in short.
class changes_page {
public:
    changes_page(std::span<const checked_revision> of_one, const style& look, bool verbose, const against_base& against)
        : of_one_(of_one), look_(look), verbose_(verbose), against_(against) {}

    [[nodiscard]] std::string text() const {
        using verdicts::change;
        const std::string& base = against_.base;
        std::string changes =
            section("New: violated, and not on " + base, change::newly_violated, &changes_page::whole);
        changes += own_ways();
        changes += section("Repaired: violated on " + base, change::repaired, &changes_page::line);
        changes += section("Other answers", change::other_answer, &changes_page::whole);
        changes += section("Other numbers", change::other_number, &changes_page::line);
        changes += section("Not decided any more", change::newly_open, &changes_page::whole);
        if (changes.empty())
            changes = fmt::format("Nothing changes against {}, as far as was looked.\n\n", base);
        return changes + as_before();
    }

private:
    using told = std::string (changes_page::*)(const verdicts::compared_property&) const;

    [[nodiscard]] std::string heading(const std::string& words) const {
        return look_(text::emphasis::strong, words) + '\n';
    }
    [[nodiscard]] std::string section(const std::string& words, verdicts::change wanted, told as) const {
        std::string text;
        for (const verdicts::compared_property& each : against_.compared)
            if (each.change == wanted)
                text += (this->*as)(each);
        return text.empty() ? "" : heading(words) + text + '\n';
    }
    /// With all that is known of it.
    [[nodiscard]] std::string whole(const verdicts::compared_property& each) const {
        std::string text = property_text(*each.now, of_one_, look_, verbose_);
        if (const std::string words = words_against(each.property, &against_);
            !words.empty() && each.change != verdicts::change::newly_violated)
            text += indented(words);
        return text;
    }
    /// With what the base says of it.
    [[nodiscard]] std::string line(const verdicts::compared_property& each) const {
        return verdict_line(*each.now, look_, words_against(each.property, &against_));
    }
    [[nodiscard]] std::string own_ways() const {
        std::string text;
        for (const verdicts::compared_property& each : against_.compared) {
            const auto own = against_.own.find(each.property);
            if (own == against_.own.end() || !own->second.trace)
                continue;
            text +=
                verdict_line(*each.now, look_,
                             own->second.lone_writes ? fmt::format("by a write that {} has no file for", against_.base)
                                                     : "the same is done to both");
            text += show_text(*own->second.trace);
        }
        return text.empty() ? ""
                            : heading("Violated before, and also where " + against_.base + " is right") + text + '\n';
    }
    [[nodiscard]] std::string as_before() const {
        std::string violated;
        std::string others;
        for (const verdicts::compared_property& each : against_.compared) {
            if (each.change != verdicts::change::as_before)
                continue;
            const bool short_line =
                !verbose_ && each.now->verdict == verdict::violated && each.now->contradiction.empty();
            const auto own = against_.own.find(each.property);
            const bool is_told = own != against_.own.end() && own->second.trace; // among those in a new way
            if (short_line && !is_told)
                violated += verdict_line(
                    *each.now, look_,
                    own == against_.own.end() ? "" : words_against(each.property, &against_).substr(beside_from()));
            else if (!short_line)
                others += property_text(*each.now, of_one_, look_, verbose_);
        }
        std::string text;
        if (!violated.empty())
            text +=
                heading(fmt::format("Violated on {} too (bwcheck check {} says how)", against_.base, against_.base)) +
                violated + '\n';
        if (!others.empty())
            text += heading("As on " + against_.base) + others;
        return text;
    }
    /// The heading says already that it is violated there too.
    [[nodiscard]] std::size_t beside_from() const { return fmt::format("violated on {} too; ", against_.base).size(); }

    std::span<const checked_revision> of_one_;
    const style& look_;
    bool verbose_;
    const against_base& against_;
};

} // namespace

std::string check_text(std::span<const checked_revision> of_one, const revision_result& result, const style& look,
                       bool verbose, const comparisons& told) {
    const against_base* const against = told.of(of_one.front().report.revision);
    const std::string revision = of_one.front().report.revision;
    std::string names;
    for (const checked_revision& checked : of_one)
        names += (names.empty() ? "" : ", ") + engine_text(checked.report, "{} ({})");
    const std::string title = against == nullptr ? revision : fmt::format("{} against {}", revision, against->base);
    std::string text = look(text::emphasis::strong, fmt::format("{}: {}", title, names)) + "\n\n";
    if (against != nullptr)
        text += changes_page(of_one, look, verbose, *against).text();
    else
        for (const verdicts::summary& each : result.summaries)
            text += property_text(each, of_one, look, verbose);
    if (const explorer::causes* const causes = told.causes_of(revision))
        text += causes_text(*causes, look);
    for (const checked_revision& checked : of_one)
        text += coverage_text(checked, look, verbose);
    if (verbose)
        for (const checked_revision& checked : of_one)
            text += traces_text(checked, look);
    text += '\n' + revision + ": " + count_text(result, look);
    return against == nullptr ? text : text + news_text(*against);
}

} // namespace bwcheck::cli

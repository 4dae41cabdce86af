#include "cli/reports/report_formats.hpp"

#include "cli/reports/coverage_words.hpp"
#include "cli/version.hpp"
#include "properties/catalogue.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace bwcheck::cli {

namespace {

using verdicts::verdict;

/// The name under which it is a failed test that two solvers contradict each other.
constexpr std::string_view solvers_agree = "solvers-agree";

/// One engine's results, with what was found out from all of them together.
class told_results {
public:
    told_results(const checked_revision& checked, const revision_result& together, const comparisons& against)
        : checked_(checked), together_(together), against_(against) {}

    [[nodiscard]] const verdicts::report& report() const { return checked_.report; }
    [[nodiscard]] std::string name() const {
        return fmt::format("{}.{}", checked_.report.revision, checked_.report.engine);
    }
    /// Why a result is an error of bwcheck: the engines contradict each other. Empty: it is none.
    [[nodiscard]] std::string error(const verdicts::finding& result) const {
        for (const verdicts::summary& each : together_.summaries)
            if (each.property == result.property && !each.contradiction.empty())
                return "the engines contradict each other, which is an error of bwcheck: " + each.contradiction;
        return "";
    }
    /// Why the report as a whole is one: the solvers contradict each other. Empty: it is none.
    [[nodiscard]] std::string error() const {
        return report().solvers_disagree() ? second_opinion_text(report().proof->second) : "";
    }
    [[nodiscard]] std::size_t errors() const {
        return (error().empty() ? 0 : 1) + count([&](const auto& result) { return !error(result).empty(); });
    }
    /// The verdict; one that does not count, since the base has the violation too, is no failure.
    [[nodiscard]] verdict counted(const verdicts::finding& result) const {
        return result.verdict == verdict::violated && against_.passes_over(report().revision, result.property)
                   ? verdict::holds
                   : result.verdict;
    }
    /// Those that are no error.
    [[nodiscard]] std::size_t how_many(verdict wanted) const {
        return count([&](const auto& result) { return error(result).empty() && counted(result) == wanted; });
    }
    /// Of those that are violated: how many the patch is to blame for. Empty: it was held against nothing.
    [[nodiscard]] std::optional<std::size_t> news() const {
        const against_base* const base = against_.of(report().revision);
        if (base == nullptr)
            return std::nullopt;
        return count([&](const verdicts::finding& result) {
            return result.verdict == verdict::violated && is_new(*comparison_of(result.property, base), *base);
        });
    }
    /// "new against mainline"; empty if there is nothing to say.
    [[nodiscard]] std::string words_against_base(const verdicts::finding& result) const {
        return words_against(result.property, against_.of(report().revision));
    }
    /// A line each: the verdict with its grounds, what it rests on besides, why it is so, and how to see it.
    [[nodiscard]] std::vector<std::string> story(const verdicts::finding& result) const {
        std::string said(to_string(result.verdict));
        if (result.measured)
            said += fmt::format(" = {}", *result.measured);
        if (const std::string grounds = grounds_of(result, checked_); !grounds.empty())
            said += ": " + grounds;
        std::vector<std::string> lines{said};
        if (const std::string words = words_against_base(result); !words.empty())
            lines.push_back(words);
        if (const std::string premises = verdicts::premises_of(result); !premises.empty())
            lines.push_back("rests on: " + premises);
        if (!result.reason.empty())
            lines.push_back(result.reason);
        const auto saved = checked_.traces.find(result.property);
        if (saved != checked_.traces.end())
            lines.push_back(fmt::format("bwcheck show {}", saved->second.path.string()));
        return lines;
    }

private:
    template <class Wanted>
    [[nodiscard]] std::size_t count(Wanted&& wanted) const {
        return static_cast<std::size_t>(
            std::count_if(report().findings.begin(), report().findings.end(), std::forward<Wanted>(wanted)));
    }

    const checked_revision& checked_;
    const revision_result& together_;
    const comparisons& against_;
};

/// Calls visit(told_results) for each revision and engine.
template <class Visit>
void for_each_suite(const std::vector<checked_revision>& all, const comparisons& against, Visit&& visit) {
    for (const auto& of_one : by_revision(all)) {
        const revision_result together = result_of(of_one);
        for (const checked_revision& checked : of_one)
            visit(told_results(checked, together, against));
    }
}

/// XML knows neither most control characters nor, here, anything but ASCII.
std::string xml(std::string_view text) {
    std::string escaped;
    for (const char one : text) {
        switch (one) {
        case '&':
            escaped += "&amp;";
            break;
        case '<':
            escaped += "&lt;";
            break;
        case '>':
            escaped += "&gt;";
            break;
        case '"':
            escaped += "&quot;";
            break;
        default:
            escaped += one < ' ' || one > '~' ? '?' : one;
        }
    }
    return escaped;
}

std::string xml_lines(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines)
        text += (text.empty() ? "" : "\n") + xml(line);
    return text;
}

std::string junit_case(const told_results& of, const verdicts::finding& result) {
    const std::string told = xml_lines(of.story(result));
    std::string inner;
    if (const std::string error = of.error(result); !error.empty())
        inner = fmt::format(R"(<error message="{}">{}</error>)", xml(error), told);
    else if (of.counted(result) == verdict::violated)
        inner = fmt::format(R"(<failure message="{}">{}</failure>)", xml(result.reason), told);
    else if (result.verdict == verdict::inconclusive)
        inner = fmt::format(R"(<skipped message="inconclusive: {}"/>)", xml(result.reason));
    else
        inner = fmt::format("<system-out>{}</system-out>", told);
    return fmt::format("    <testcase classname=\"{}\" name=\"{}\">\n      {}\n    </testcase>\n", xml(of.name()),
                       xml(result.property), inner);
}

/// One line, without the character that begins a directive.
std::string ktap_line(std::string_view text) {
    std::string line(text);
    std::replace(line.begin(), line.end(), '\n', ' ');
    std::replace(line.begin(), line.end(), '#', '.');
    return line;
}

std::string ktap_case(const told_results& of, const verdicts::finding& result, std::size_t number) {
    const std::string error = of.error(result);
    std::string text; // diagnostics go before the line that they are about
    if (!error.empty())
        text += fmt::format("  # {}\n", ktap_line(error));
    const bool open = error.empty() && result.verdict == verdict::inconclusive;
    for (const std::string& line : open ? std::vector<std::string>{} : of.story(result))
        text += fmt::format("  # {}\n", ktap_line(line));
    return text + fmt::format("  {} {} {}{}\n",
                              !error.empty() || of.counted(result) == verdict::violated ? "not ok" : "ok", number,
                              result.property,
                              open ? fmt::format(" # SKIP inconclusive: {}", ktap_line(result.reason)) : "");
}

/// b4 keeps one result for each message and tool: two with the same name would be one.
std::string b4_tool(const verdicts::report& report, const std::vector<checked_revision>& all) {
    const bool one_revision = std::all_of(all.begin(), all.end(), [&](const checked_revision& other) {
        return other.report.revision == all.front().report.revision;
    });
    return one_revision ? fmt::format("bwcheck-{}", report.engine)
                        : fmt::format("bwcheck-{}-{}", report.engine, report.revision);
}

} // namespace

std::string junit_text(const std::vector<checked_revision>& all, const comparisons& against) {
    std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"bwcheck\">\n";
    for_each_suite(all, against, [&](const told_results& of) {
        const std::string error = of.error();
        text += fmt::format("  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\" "
                            "time=\"{:.3f}\">\n",
                            xml(of.name()), of.report().findings.size() + (error.empty() ? 0 : 1),
                            of.how_many(verdict::violated), of.errors(), of.how_many(verdict::inconclusive),
                            of.report().seconds);
        for (const verdicts::finding& result : of.report().findings)
            text += junit_case(of, result);
        if (!error.empty())
            text += fmt::format("    <testcase classname=\"{}\" name=\"{}\">\n      <error message=\"{}\"/>\n    "
                                "</testcase>\n",
                                xml(of.name()), solvers_agree, xml(error));
        text += fmt::format("    <system-out>{}</system-out>\n  </testsuite>\n", xml_lines(coverage_of(of.report())));
    });
    return text + "</testsuites>\n";
}

std::string ktap_text(const std::vector<checked_revision>& all, const comparisons& against) {
    std::string text = fmt::format("KTAP version 1\n1..{}\n", all.size());
    std::size_t number = 0;
    for_each_suite(all, against, [&](const told_results& of) {
        const std::string error = of.error();
        const std::size_t results = of.report().findings.size();
        text +=
            fmt::format("  KTAP version 1\n  # Subtest: {}\n  1..{}\n", of.name(), results + (error.empty() ? 0 : 1));
        for (const std::string& line : coverage_of(of.report()))
            text += fmt::format("  # {}\n", ktap_line(line));
        std::size_t inner = 0;
        for (const verdicts::finding& result : of.report().findings)
            text += ktap_case(of, result, ++inner);
        if (!error.empty())
            text += fmt::format("  # {}\n  not ok {} {}\n", ktap_line(error), ++inner, solvers_agree);
        const bool bad = of.errors() + of.how_many(verdict::violated) > 0;
        const std::size_t open = of.how_many(verdict::inconclusive);
        text += fmt::format("{} {} {}{}\n", bad ? "not ok" : "ok", ++number, of.name(),
                            bad || open == 0 ? "" : fmt::format(" # SKIP {} of {} inconclusive", open, results));
    });
    return text;
}

std::string b4_text(const std::vector<checked_revision>& all, const comparisons& against) {
    nlohmann::ordered_json results = nlohmann::ordered_json::array();
    for_each_suite(all, against, [&](const told_results& of) {
        const std::size_t violated = of.how_many(verdict::violated);
        const std::size_t open = of.how_many(verdict::inconclusive);
        std::string details;
        if (const std::string error = of.error(); !error.empty())
            details += error + "\n";
        for (const verdicts::finding& result : of.report().findings) {
            details += fmt::format("{}: {}\n", result.property, fmt::join(of.story(result), "\n"));
            if (const std::string error = of.error(result); !error.empty())
                details += error + "\n";
        }
        details += fmt::format("{}\n", fmt::join(coverage_of(of.report()), "\n"));
        results.push_back(
            {{"tool", b4_tool(of.report(), all)},
             {"status", violated + of.errors() > 0 ? "fail"
                        : open > 0                 ? "warn"
                                                   : "pass"},
             {"summary", fmt::format("{}: {} of {} properties violated{}, {} inconclusive{}", of.report().revision,
                                     violated, of.report().findings.size(),
                                     of.news() ? fmt::format(" ({} new against {})", *of.news(),
                                                             against.of(of.report().revision)->base)
                                               : "",
                                     open, of.errors() == 0 ? "" : fmt::format(", {} errors of bwcheck", of.errors()))},
             {"details", details}});
    });
    return results.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

namespace {

/// One result of SARIF for a property of one revision.
nlohmann::ordered_json sarif_result(const verdicts::summary& each, std::span<const checked_revision> of_one,
                                    const against_base* base) {
    using json = nlohmann::ordered_json;
    const std::string& revision = of_one.front().report.revision;
    const verdicts::finding* const said = each.decisive ? each.decisive->said : each.voices.front().said;
    const bool violated = each.verdict == verdict::violated;
    std::string text = fmt::format("{} {} {}.", revision, violated ? "violates" : "leaves open", each.property);
    if (!said->reason.empty())
        text += ' ' + said->reason;
    if (const std::string words = words_against(each.property, base); !words.empty())
        text += fmt::format(" ({})", words);
    json traces = json::array();
    std::string function;
    for (const checked_revision& checked : of_one)
        if (const auto saved = checked.traces.find(each.property); saved != checked.traces.end()) {
            traces.push_back(saved->second.path.string());
            const auto& steps = saved->second.trace.steps;
            if (function.empty() && !steps.empty() && !steps.back().source.empty())
                function = model::to_string(steps.back().source.front().function);
        }
    std::string header = revision;
    std::replace_if(
        header.begin(), header.end(), [](char c) { return c == '-' || c == '.'; }, '_');
    json location{{"physicalLocation", {{"artifactLocation", {{"uri", "model/revisions/" + header + ".hpp"}}}}}};
    if (!function.empty())
        location["logicalLocations"] = json::array({{{"name", function}, {"kind", "function"}}});
    json result{
        {"ruleId", each.property},
        {"level", violated ? "error" : "warning"},
        {"message", {{"text", text}}},
        {"locations", json::array({std::move(location)})},
        {"properties", {{"revision", revision}, {"verdict", to_string(each.verdict)}, {"traces", std::move(traces)}}}};
    if (const verdicts::compared_property* const compared = comparison_of(each.property, base))
        result["baselineState"] =
            is_new(*compared, *base) || compared->change == verdicts::change::newly_open ? "new" : "unchanged";
    return result;
}

} // namespace

std::string sarif_text(const std::vector<checked_revision>& all, const comparisons& against) {
    using json = nlohmann::ordered_json;
    json rules = json::array();
    for (const auto& info : properties::catalogue_infos)
        rules.push_back({{"id", info.id},
                         {"shortDescription", {{"text", info.statement}}},
                         {"fullDescription", {{"text", info.why}}},
                         {"help", {{"text", info.source}}}});
    json results = json::array();
    for (const auto& of_one : by_revision(all)) {
        const revision_result together = result_of(of_one);
        const against_base* const base = against.of(of_one.front().report.revision);
        for (const verdicts::summary& each : together.summaries)
            if (each.verdict == verdict::inconclusive ||
                (each.verdict == verdict::violated &&
                 !against.passes_over(of_one.front().report.revision, each.property)))
                results.push_back(sarif_result(each, of_one, base));
    }
    const json log{
        {"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
        {"version", "2.1.0"},
        {"runs",
         json::array({{{"tool", {{"driver", {{"name", "bwcheck"}, {"version", version}, {"rules", std::move(rules)}}}}},
                       {"results", std::move(results)}}})}};
    return log.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

} // namespace bwcheck::cli

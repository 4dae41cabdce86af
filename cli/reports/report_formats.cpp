#include "cli/reports/report_formats.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace bwcheck::cli {

namespace {

using verdicts::verdict;

std::size_t how_many(const checked_revision& checked, verdict wanted) {
    return static_cast<std::size_t>(
        std::count_if(checked.report.findings.begin(), checked.report.findings.end(),
                      [&](const verdicts::finding& result) { return result.verdict == wanted; }));
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

/// One line, without the character that begins a directive.
std::string ktap_line(std::string_view text) {
    std::string line(text);
    std::replace(line.begin(), line.end(), '\n', ' ');
    std::replace(line.begin(), line.end(), '#', '.');
    return line;
}

std::string trace_of(const checked_revision& checked, std::string_view property) {
    const auto saved = checked.traces.find(property);
    return saved == checked.traces.end() ? "" : fmt::format("bwcheck show {}", saved->second.path.string());
}

/// b4 keeps one result for each message and tool: two with the same name would be one.
std::string b4_tool(const checked_revision& checked, const std::vector<checked_revision>& all) {
    const bool one_revision = std::all_of(all.begin(), all.end(), [&](const checked_revision& other) {
        return other.report.revision == all.front().report.revision;
    });
    return one_revision ? fmt::format("bwcheck-{}", checked.report.engine)
                        : fmt::format("bwcheck-{}-{}", checked.report.engine, checked.report.revision);
}

} // namespace

std::string junit_text(const std::vector<checked_revision>& all) {
    std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"bwcheck\">\n";
    for (const checked_revision& checked : all) {
        const std::string suite = xml(fmt::format("{}.{}", checked.report.revision, checked.report.engine));
        text += fmt::format(
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\" time=\"{:.3f}\">\n",
            suite, checked.report.findings.size(), how_many(checked, verdict::violated),
            how_many(checked, verdict::inconclusive), checked.report.seconds);
        for (const verdicts::finding& result : checked.report.findings) {
            text += fmt::format(R"(    <testcase classname="{}" name="{}")", suite, xml(result.property));
            if (result.verdict == verdict::violated)
                text += fmt::format(">\n      <failure message=\"{}\">{}</failure>\n    </testcase>\n",
                                    xml(result.reason), xml(trace_of(checked, result.property)));
            else if (result.verdict == verdict::inconclusive)
                text += fmt::format(">\n      <skipped message=\"inconclusive: {}\"/>\n    </testcase>\n",
                                    xml(result.reason));
            else
                text += "/>\n";
        }
        text += "  </testsuite>\n";
    }
    return text + "</testsuites>\n";
}

std::string ktap_text(const std::vector<checked_revision>& all) {
    std::string text = fmt::format("KTAP version 1\n1..{}\n", all.size());
    std::size_t number = 0;
    for (const checked_revision& checked : all) {
        const std::string suite = fmt::format("{}.{}", checked.report.revision, checked.report.engine);
        text += fmt::format("  KTAP version 1\n  # Subtest: {}\n  1..{}\n", suite, checked.report.findings.size());
        std::size_t inner = 0;
        for (const verdicts::finding& result : checked.report.findings) {
            const bool violated = result.verdict == verdict::violated;
            if (violated) // diagnostics go before the line that they are about
                text += fmt::format("  # {}\n", ktap_line(result.reason));
            text += fmt::format("  {} {} {}{}\n", violated ? "not ok" : "ok", ++inner, result.property,
                                result.verdict == verdict::inconclusive
                                    ? fmt::format(" # SKIP inconclusive: {}", ktap_line(result.reason))
                                    : "");
        }
        text += fmt::format("{} {} {}\n", how_many(checked, verdict::violated) > 0 ? "not ok" : "ok", ++number, suite);
    }
    return text;
}

std::string b4_text(const std::vector<checked_revision>& all) {
    nlohmann::ordered_json results = nlohmann::ordered_json::array();
    for (const checked_revision& checked : all) {
        const std::size_t violated = how_many(checked, verdict::violated);
        const std::size_t open = how_many(checked, verdict::inconclusive);
        std::string details;
        for (const verdicts::finding& result : checked.report.findings)
            if (result.verdict != verdict::holds)
                details += fmt::format("{}: {}\n{}\n", result.property, to_string(result.verdict), result.reason);
        results.push_back(
            {{"tool", b4_tool(checked, all)},
             {"status", violated > 0 ? "fail"
                        : open > 0   ? "warn"
                                     : "pass"},
             {"summary", fmt::format("{}: {} of {} properties violated, {} inconclusive", checked.report.revision,
                                     violated, checked.report.findings.size(), open)},
             {"details", details}});
    }
    return results.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

} // namespace bwcheck::cli

#include "cli/reports/printed_report.hpp"

#include "cli/engines.hpp"
#include "cli/known_names.hpp"
#include "cli/reports/check_schema.hpp"
#include "cli/version.hpp"
#include "model/step_log.hpp"
#include "text/input_error.hpp"
#include "text/json_reader.hpp"
#include "text/printable.hpp"
#include "text/schema_check.hpp"
#include "text/text_file.hpp"

#include <fmt/format.h>

namespace bwcheck::cli {

namespace {

using text::json_reader;
using text::printable;

constexpr std::size_t largest_report = std::size_t{256} << 20U;
/// No run has more of anything, and sums of many runs fit 64 bits.
constexpr std::uint64_t most_of_anything = 1'000'000'000'000'000'000;
constexpr std::size_t most_quoted = 200;

/// Checks one report, so that what is wrong is told with its place, and not as "none of the alternatives".
const text::schema_check& report_schema() {
    static const text::schema_check schema = [] {
        const auto whole = nlohmann::json::parse(check_schema());
        return text::schema_check({{"$ref", "#/$defs/report"}, {"$defs", whole["$defs"]}});
    }();
    return schema;
}

verdicts::verdict verdict_from(const text::json_reader& in) {
    if (const auto named = verdicts::verdict_from_string(in.text()))
        return *named;
    in.reject("a verdict");
}

std::optional<std::uint64_t> number_or_null(const text::json_reader& in) {
    return in.is_null() ? std::nullopt : std::optional(in.number(0, most_of_anything));
}

properties::guard_set checks_from(const text::json_reader& names) {
    properties::guard_set checks;
    const std::size_t size = names.size();
    for (std::size_t number = 0; number < size; ++number) {
        unsigned check = 0;
        while (check < static_cast<unsigned>(model::guard::count) &&
               to_string(static_cast<model::guard>(check)) != names[number].text())
            ++check;
        if (check == static_cast<unsigned>(model::guard::count))
            names[number].reject("the name of a check");
        checks.set(check);
    }
    return checks;
}

verdicts::part_report part_from(const text::json_reader& in) {
    verdicts::part_report part;
    part.part = in["part"].text();
    const std::size_t refused = in["refused_setup"].size();
    for (std::size_t number = 0; number < refused; ++number)
        part.refused_setup.push_back(in["refused_setup"][number].text());
    part.states = in["states"].number();
    part.transitions = in["transitions"].number();
    part.depth = in["depth"].number();
    part.complete = in["complete"].boolean();
    part.stopped_by = in["stopped_by"].text();
    part.cut = in["cut"].number();
    part.escaped = in["escaped"].number();
    part.deadlocks = in["deadlocks"].number();
    part.standstills = in["standstills"].number();
    constexpr std::uint64_t most_bits = 1U << 20U;
    part.bits_per_state = static_cast<unsigned>(in["bits_per_state"].number(0, most_bits));
    part.memory_bytes = in["memory_bytes"].number();
    part.seconds = in["seconds"].raw().get<double>();
    return part;
}

std::optional<printed_cases> cases_from(const text::json_reader& bounds, const std::string& engine) {
    const bool random = engine_named(engine).shares_seeds();
    for (const char* const member : {"seed", "cases", "events"})
        if (bounds[member].is_null() == random)
            bounds[member].reject(random ? "a number for this engine" : "null for this engine");
    if (!random)
        return std::nullopt;
    return printed_cases{.seed = bounds["seed"].number(0, most_of_anything),
                         .cases = bounds["cases"].number(0, most_of_anything),
                         .wanted = number_or_null(bounds["wanted_cases"]),
                         .events = bounds["events"].number(0, most_of_anything)};
}

printed_result result_from(const text::json_reader& in, const std::string& revision) {
    printed_result read;
    read.revision = revision;
    read.engine = in["engine"].text();
    check_reported_engine(read.engine);
    read.property = property_of(in["property"].text());
    read.verdict = verdict_from(in["verdict"]);
    read.scope = in["scope"].text();
    read.reason = in["reason"].text();
    if (!in["trace"].is_null())
        read.trace = in["trace"].text();
    read.seconds = in["seconds"].raw().get<double>();
    const text::json_reader bounds = in["bounds"];
    read.fired = bounds["fired"].number(0, most_of_anything);
    if (!bounds["measured"].is_null())
        read.measured = bounds["measured"].signed_number();
    if (!bounds["checks"].is_null())
        read.coverage = properties::guard_coverage{.asked = checks_from(bounds["checks"]["asked"]),
                                                   .decided = checks_from(bounds["checks"]["decided"])};
    read.random = cases_from(bounds, read.engine);
    if (!bounds["proof"].is_null()) {
        verdicts::second_opinion& second = read.second.emplace();
        if (const text::json_reader said = bounds["proof"]["second_opinion"]; !said.is_null()) {
            second.asked = true;
            second.agreed = said["agreed"].number(0, most_of_anything);
            second.unknown = said["unknown"].number(0, most_of_anything);
            second.disagreed = said["disagreed"].number(0, most_of_anything);
        }
    }
    const std::size_t parts = bounds["parts"].size();
    for (std::size_t number = 0; number < parts; ++number)
        read.parts.push_back(part_from(bounds["parts"][number]));
    return read;
}

void read_report(const text::json_reader& in, const nlohmann::ordered_json& whole, const std::string& source,
                 std::vector<printed_result>& all) {
    if (const std::string wrong = report_schema().violation(in.raw()); !wrong.empty())
        in.fail(text::printable(wrong, most_quoted));
    if (const std::string made_by = in["tool"]["version"].text(); made_by != version)
        in["tool"]["version"].fail(
            fmt::format("made by bwcheck {}, and this is {}", text::printable(made_by, most_quoted), version));
    const std::string revision = in["revision"].text();
    check_reported_revision(revision);
    const text::json_reader results = in["results"];
    const std::size_t size = results.size();
    for (std::size_t number = 0; number < size; ++number) {
        all.push_back(result_from(results[number], revision));
        all.back().source = source;
        all.back().whole = whole["results"][number];
    }
}

} // namespace

std::vector<printed_result> parse_printed_reports(std::string_view text, const std::string& source) {
    try {
        const nlohmann::json root = text::parse_json(text);
        const auto whole = nlohmann::ordered_json::parse(text); // in the order in which it was printed
        const text::json_reader in(root);
        std::vector<printed_result> all;
        if (!root.is_array())
            read_report(in, whole, source, all);
        for (std::size_t number = 0; root.is_array() && number < root.size(); ++number)
            read_report(in[number], whole[number], source, all);
        if (all.empty())
            throw text::input_error("has no result");
        return all;
    } catch (const text::input_error& error) {
        throw text::input_error(fmt::format("{}: {}", source, error.what()));
    }
}

std::vector<printed_result> load_printed_reports(const std::string& path) {
    return parse_printed_reports(text::read_text_file(path, largest_report, "a report"), path);
}

} // namespace bwcheck::cli

#include "cli/reports/printed_report.hpp"

#include "cli/engines.hpp"
#include "cli/known_names.hpp"
#include "cli/reports/check_schema.hpp"
#include "cli/shard.hpp"
#include "cli/version.hpp"
#include "counterexamples/part_json.hpp"
#include "model/step_log.hpp"
#include "text/input_error.hpp"
#include "text/json_reader.hpp"
#include "text/printable.hpp"
#include "text/schema_check.hpp"
#include "text/text_file.hpp"

#include <fmt/format.h>

#include <span>

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
    part.escape = in["escape"].text();
    part.deadlocks = in["deadlocks"].number();
    part.standstills = in["standstills"].number();
    part.standstill = in["standstill"].text();
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

std::vector<verdicts::refutation> refutations_from(const text::json_reader& in) {
    std::vector<verdicts::refutation> all(in.size());
    for (std::size_t number = 0; number < all.size(); ++number) {
        all[number].explanation = in[number]["explanation"].text();
        all[number].location = in[number]["location"].text();
        all[number].printed_story = in[number]["run"].text();
    }
    return all;
}

void add_explored(const text::json_reader& in, std::span<printed_result> results) {
    const std::size_t engines = in.size();
    for (std::size_t number = 0; number < engines; ++number) {
        const std::string engine = in[number]["engine"].text();
        check_reported_engine(engine);
        const text::json_reader parts = in[number]["parts"];
        std::vector<verdicts::part_report> explored;
        const std::size_t size = parts.size();
        for (std::size_t part = 0; part < size; ++part)
            explored.push_back(part_from(parts[part]));
        const text::json_reader machines = in[number]["exhausted"];
        std::vector<model::scope_part> exhausted;
        const std::size_t ended = machines.size();
        for (std::size_t part = 0; part < ended; ++part)
            exhausted.push_back(counterexamples::part_from_json(machines[part]));
        for (printed_result& one : results)
            if (one.engine == engine) {
                one.explored = explored;
                one.exhausted = exhausted;
            }
    }
}

/// Puts what a report says of its results together into those.
void add_errors(const text::json_reader& in, std::span<printed_result> results) {
    const text::json_reader contradictions = in["contradictions"];
    const std::size_t contradicted = contradictions.size();
    for (std::size_t number = 0; number < contradicted; ++number) {
        const std::size_t property = property_of(contradictions[number]["property"].text());
        for (printed_result& one : results)
            if (one.property == property)
                one.contradiction = contradictions[number]["reason"].text();
    }
    const text::json_reader errors = in["errors"];
    const std::size_t size = errors.size();
    for (std::size_t number = 0; number < size; ++number)
        for (printed_result& one : results)
            one.errors.push_back(errors[number].text());
}

std::optional<verdicts::shard> shard_from(const text::json_reader& in, const printed_result& of) {
    if (in.is_null())
        return std::nullopt;
    verdicts::shard read;
    read.of = in["of"].number(1, most_shards);
    read.number = in["number"].number(1, read.of);
    read.properties = of.asked;
    for (const char* const member : {"first_seed", "cases"})
        if (in[member].is_null() == of.random.has_value())
            in[member].reject(of.random ? "a number for this engine" : "null for this engine");
    if (of.random) {
        read.first_seed = in["first_seed"].number(0, most_of_anything);
        read.cases = in["cases"].number(1, most_of_anything);
    }
    return read;
}

printed_result result_from(const text::json_reader& in, const std::string& revision, properties::property_set asked) {
    printed_result read;
    read.revision = revision;
    read.asked = asked;
    read.engine = in["engine"].text();
    check_reported_engine(read.engine);
    read.property = property_of(in["property"].text());
    read.verdict = verdict_from(in["verdict"]);
    read.scope = in["scope"].text();
    if (!in["scope_hash"].is_null())
        read.scope_hash = in["scope_hash"].text();
    read.grounds = in["grounds"].text();
    const text::json_reader assumptions = in["assumptions"];
    const std::size_t premises = assumptions.size();
    for (std::size_t number = 0; number < premises; ++number)
        read.assumptions.push_back(
            {.text = assumptions[number]["text"].text(), .proved = assumptions[number]["proved"].boolean()});
    read.reason = in["reason"].text();
    if (!in["trace"].is_null())
        read.trace = in["trace"].text();
    if (!in["machine"].is_null())
        read.machine = counterexamples::part_from_json(in["machine"]);
    read.seconds = in["seconds"].raw().get<double>();
    const text::json_reader bounds = in["bounds"];
    read.fired = bounds["fired"].number(0, most_of_anything);
    if (!bounds["measured"].is_null())
        read.measured = bounds["measured"].signed_number();
    if (!bounds["checks"].is_null())
        read.coverage = properties::guard_coverage{.asked = checks_from(bounds["checks"]["asked"]),
                                                   .decided = checks_from(bounds["checks"]["decided"])};
    read.random = cases_from(bounds, read.engine);
    read.shard = shard_from(bounds["shard"], read);
    if (!bounds["proof"].is_null()) {
        verdicts::second_opinion& second = read.second.emplace();
        if (const text::json_reader said = bounds["proof"]["second_opinion"]; !said.is_null()) {
            second.asked = true;
            second.agreed = said["agreed"].number(0, most_of_anything);
            second.unknown = said["unknown"].number(0, most_of_anything);
            second.disagreed = said["disagreed"].number(0, most_of_anything);
            second.problem = said["problem"].text();
        }
        read.refutations = refutations_from(bounds["proof"]["refutations"]);
    }
    const std::size_t parts = bounds["parts"].size();
    for (std::size_t number = 0; number < parts; ++number)
        read.parts.push_back(part_from(bounds["parts"][number]));
    return read;
}

/// The properties that were asked for. Throws text::input_error.
properties::property_set asked_from(const text::json_reader& names) {
    properties::property_set asked = 0;
    const std::size_t size = names.size();
    for (std::size_t number = 0; number < size; ++number)
        asked |= properties::only(property_of(names[number].text()));
    return asked;
}

/// Nothing may have been lost from a report: what was asked for has a result, unless that is with another shard.
void check_completeness(const text::json_reader& in, properties::property_set asked,
                        std::span<const printed_result> results) {
    properties::property_set there = 0;
    bool some_elsewhere = false;
    for (const printed_result& one : results) {
        there |= properties::only(one.property);
        some_elsewhere = some_elsewhere || (one.shard && !one.random);
    }
    const auto id_of = [](properties::property_set set) {
        return properties::catalogue_infos[properties::first_of(set)].id;
    };
    if ((there & ~asked) != 0)
        in["asked"].fail(fmt::format("does not name {}, of which there is a result", id_of(there & ~asked)));
    if (!some_elsewhere && (asked & ~there) != 0)
        in["asked"].fail(fmt::format("names {}, of which there is no result", id_of(asked & ~there)));
}

void read_report(const text::json_reader& in, const nlohmann::ordered_json& whole, const std::string& source,
                 std::vector<printed_result>& all) {
    if (in.raw().is_object() && in.raw().contains("results") && !in.raw().contains("asked"))
        in.fail("does not say which properties were asked for, as older versions did not; run the check again");
    if (const std::string wrong = report_schema().violation(in.raw()); !wrong.empty())
        in.fail(text::printable(wrong, most_quoted));
    if (const std::string made_by = in["tool"]["version"].text(); made_by != version)
        in["tool"]["version"].fail(
            fmt::format("made by bwcheck {}, and this is {}", text::printable(made_by, most_quoted), version));
    const std::string revision = in["revision"].text();
    check_reported_revision(revision);
    const text::json_reader missing = in["missing"];
    if (missing.size() > 0)
        missing.fail(fmt::format("in this merge {}; merge the files that bwcheck check printed",
                                 printable(missing[std::size_t{0}].text(), most_quoted)));
    const properties::property_set asked = asked_from(in["asked"]);
    const text::json_reader results = in["results"];
    const std::size_t size = results.size();
    const std::size_t before = all.size();
    for (std::size_t number = 0; number < size; ++number) {
        all.push_back(result_from(results[number], revision, asked));
        all.back().source = source;
        all.back().whole = whole["results"][number];
    }
    if (size == 0)
        in["results"].fail("there is none");
    const std::span printed = std::span(all).subspan(before);
    check_completeness(in, asked, printed);
    add_explored(in["explored"], printed);
    add_errors(in, printed);
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

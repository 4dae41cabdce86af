#include "cli/reports/check_json.hpp"

#include "cli/known_names.hpp"
#include "cli/version.hpp"
#include "counterexamples/part_json.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <span>

namespace bwcheck::cli {

namespace {

using json = nlohmann::ordered_json;

json part_json(const verdicts::part_report& part) {
    return {
        {"part", part.part},
        {"refused_setup", part.refused_setup},
        {"states", part.states},
        {"transitions", part.transitions},
        {"depth", part.depth},
        {"complete", part.complete},
        {"stopped_by", part.stopped_by},
        {"cut", part.cut},
        {"escaped", part.escaped},
        {"escape", part.escape},
        {"deadlocks", part.deadlocks},
        {"standstills", part.standstills},
        {"standstill", part.standstill},
        {"bits_per_state", part.bits_per_state},
        {"memory_bytes", part.memory_bytes},
        {"seconds", rounded_seconds(part.seconds)},
    };
}

/// What a verdict of the prover rests on.
json proof_json(const std::optional<verdicts::proof_grounds>& proof) {
    if (!proof)
        return nullptr;
    const verdicts::second_opinion& second = proof->second;
    json values = json::object();
    if (!proof->refutations.empty())
        for (const auto& [name, value] : proof->refutations.front().values)
            values[name] = value;
    json refutations = json::array();
    for (const verdicts::refutation& each : proof->refutations)
        refutations.push_back({{"explanation", each.explanation}, {"location", each.location}, {"run", each.story()}});
    return {
        {"questions", proof->questions},
        {"paths", proof->paths},
        {"obligations", proof->obligations},
        {"only_integers", proof->only_integers},
        {"values", values},
        {"refutations", refutations},
        {"second_opinion", second.asked ? json{{"agreed", second.agreed},
                                               {"unknown", second.unknown},
                                               {"disagreed", second.disagreed},
                                               {"problem", second.problem}}
                                        : json(nullptr)},
    };
}

json shard_json(const std::optional<verdicts::shard>& shard) {
    if (!shard)
        return nullptr;
    const bool shares_seeds = shard->cases > 0;
    return {{"number", shard->number},
            {"of", shard->of},
            {"first_seed", shares_seeds ? json(shard->first_seed) : json(nullptr)},
            {"cases", shares_seeds ? json(shard->cases) : json(nullptr)}};
}

json bounds_json(const verdicts::finding& result, const checked_revision& checked) {
    const std::optional<verdicts::case_report>& cases = checked.report.cases;
    json parts = json::array();
    for (const auto& part : checked.report.parts)
        if (std::find(result.parts.begin(), result.parts.end(), part.part) != result.parts.end())
            parts.push_back(part_json(part));
    return {
        {"measured", result.measured ? json(*result.measured) : json(nullptr)},
        {"checks", checks_json(result.coverage)},
        {"fired", result.fired},
        {"parts", parts},
        {"cases", cases ? json(cases->cases) : json(nullptr)},
        {"wanted_cases", cases && cases->wanted_cases ? json(*cases->wanted_cases) : json(nullptr)},
        {"events", cases ? json(cases->events) : json(nullptr)},
        {"seed", cases ? json(cases->first_seed) : json(nullptr)},
        {"shard", shard_json(checked.report.shard)},
        {"proof", proof_json(result.proof)},
    };
}

json location_of(const verdicts::finding& result, const checked_revision& checked) {
    if (result.proof && !result.proof->refutations.empty() && !result.proof->refutations.front().location.empty())
        return result.proof->refutations.front().location;
    const auto saved = checked.traces.find(result.property);
    if (saved == checked.traces.end())
        return nullptr;
    const counterexamples::trace& trace = saved->second.trace;
    if (trace.steps.empty() || trace.steps.back().source.empty())
        return nullptr;
    return model::to_string(trace.steps.back().source.front().function);
}

json assumptions_json(const std::vector<verdicts::assumption>& assumptions) {
    json all = json::array();
    for (const verdicts::assumption& each : assumptions)
        all.push_back({{"text", each.text}, {"proved", each.proved}});
    return all;
}

/// The machine on which a run broke the property; null if there is none, or it is too large for a trace.
json machine_json(const std::optional<verdicts::run>& run) {
    return run && run->part.nr_cpus <= model::plain::max_cpus ? counterexamples::part_to_json(run->part)
                                                              : json(nullptr);
}

json result_json(const verdicts::finding& result, const checked_revision& checked) {
    const auto saved = checked.traces.find(result.property);
    const bool has_trace = saved != checked.traces.end();
    return {
        {"property", result.property},
        {"engine", checked.report.engine},
        {"verdict", verdicts::to_string(result.verdict)},
        {"scope", checked.report.scope},
        {"scope_hash", checked.report.scope_hash.empty() ? json(nullptr) : json(checked.report.scope_hash)},
        {"bounds", bounds_json(result, checked)},
        {"grounds", grounds_of(result, checked)},
        {"assumptions", assumptions_json(result.assumptions)},
        {"reason", result.reason},
        {"location", location_of(result, checked)},
        {"trace", has_trace ? json(saved->second.path.string()) : json(nullptr)},
        {"machine", machine_json(result.run)},
        {"seconds", rounded_seconds(checked.report.seconds)},
    };
}

/// Every part that was explored, also those in which no property had anything to say.
json explored_json(const std::vector<verdicts::report>& reports) {
    json all = json::array();
    for (const verdicts::report& report : reports) {
        json parts = json::array();
        for (const verdicts::part_report& part : report.parts)
            parts.push_back(part_json(part));
        json exhausted = json::array();
        for (const model::scope_part& part : report.exhausted)
            exhausted.push_back(counterexamples::part_to_json(part));
        if (!parts.empty())
            all.push_back(
                {{"engine", report.engine}, {"parts", std::move(parts)}, {"exhausted", std::move(exhausted)}});
    }
    return all;
}

/// One report for all engines that looked at a revision.
json report_of(std::span<const checked_revision> of_one, const comparisons& against) {
    json results = json::array();
    for (const checked_revision& checked : of_one)
        for (const auto& result : checked.report.findings)
            results.push_back(result_json(result, checked));
    const verdicts::report& first = of_one.front().report;
    return report_json(first.revision, std::move(results), result_of(of_one), first.asked, {}, against);
}

} // namespace

double rounded_seconds(double seconds) {
    constexpr double per_second = 1e6;
    return std::round(seconds * per_second) / per_second;
}

json checks_json(const std::optional<properties::guard_coverage>& coverage) {
    if (!coverage)
        return nullptr;
    return {{"asked", properties::names_of(coverage->asked)}, {"decided", properties::names_of(coverage->decided)}};
}

json report_json(const std::string& revision, json results, const revision_result& all, properties::property_set asked,
                 const std::vector<std::string>& missing, const comparisons& against) {
    const against_base* const base = against.of(revision);
    const exit_status status = base != nullptr && against.new_only ? status_of_news(all, *base) : status_of(all);
    json contradictions = json::array();
    for (const verdicts::summary& each : all.summaries)
        if (!each.contradiction.empty())
            contradictions.push_back({{"property", each.property}, {"reason", each.contradiction}});
    return {
        {"tool", {{"name", "bwcheck"}, {"version", version}}},
        {"revision", revision},
        {"asked", ids_of(asked)},
        {"results", std::move(results)},
        {"missing", missing},
        {"explored", explored_json(all.reports)},
        {"contradictions", std::move(contradictions)},
        {"errors", errors_of(all)},
        {"causes", against.causes_of(revision) == nullptr ? json(nullptr) : causes_json(*against.causes_of(revision))},
        {"against", base == nullptr ? json(nullptr) : against_json(*base)},
        {"exit", static_cast<int>(status)},
    };
}

std::string reports_text(const json& reports) {
    const json& printed = reports.size() == 1 ? reports.front() : reports;
    // A path may be any bytes; JSON may not.
    return printed.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

std::string check_json(const std::vector<checked_revision>& all, const comparisons& against) {
    json reports = json::array();
    for (const auto& of_one : by_revision(all))
        reports.push_back(report_of(of_one, against));
    return reports_text(reports);
}

} // namespace bwcheck::cli

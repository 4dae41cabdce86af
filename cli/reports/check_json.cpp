#include "cli/reports/check_json.hpp"

#include "cli/version.hpp"

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
        {"deadlocks", part.deadlocks},
        {"standstills", part.standstills},
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
    return {
        {"questions", proof->questions},
        {"paths", proof->paths},
        {"obligations", proof->obligations},
        {"only_integers", proof->only_integers},
        {"values", values},
        {"second_opinion",
         second.asked ? json{{"agreed", second.agreed}, {"unknown", second.unknown}, {"disagreed", second.disagreed}}
                      : json(nullptr)},
    };
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

json result_json(const verdicts::finding& result, const checked_revision& checked) {
    const auto saved = checked.traces.find(result.property);
    const bool has_trace = saved != checked.traces.end();
    return {
        {"property", result.property},
        {"engine", checked.report.engine},
        {"verdict", verdicts::to_string(result.verdict)},
        {"scope", checked.report.scope},
        {"bounds", bounds_json(result, checked)},
        {"reason", result.reason},
        {"location", location_of(result, checked)},
        {"trace", has_trace ? json(saved->second.path.string()) : json(nullptr)},
        {"seconds", rounded_seconds(checked.report.seconds)},
    };
}

/// One report for all engines that looked at a revision.
json report_of(std::span<const checked_revision> of_one) {
    json results = json::array();
    for (const checked_revision& checked : of_one)
        for (const auto& result : checked.report.findings)
            results.push_back(result_json(result, checked));
    return report_json(of_one.front().report.revision, std::move(results), result_of(of_one));
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

json report_json(const std::string& revision, json results, const revision_result& all) {
    json contradictions = json::array();
    for (const verdicts::summary& each : all.summaries)
        if (!each.contradiction.empty())
            contradictions.push_back({{"property", each.property}, {"reason", each.contradiction}});
    return {
        {"tool", {{"name", "bwcheck"}, {"version", version}}},
        {"revision", revision},
        {"results", std::move(results)},
        {"contradictions", std::move(contradictions)},
        {"exit", static_cast<int>(status_of(all))},
    };
}

std::string reports_text(const json& reports) {
    const json& printed = reports.size() == 1 ? reports.front() : reports;
    // A path may be any bytes; JSON may not.
    return printed.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

std::string check_json(const std::vector<checked_revision>& all) {
    json reports = json::array();
    for (const auto& of_one : by_revision(all))
        reports.push_back(report_of(of_one));
    return reports_text(reports);
}

} // namespace bwcheck::cli

#include "cli/reports/check_json.hpp"

#include "cli/version.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <span>

namespace bwcheck::cli {

namespace {

using json = nlohmann::ordered_json;

json part_json(const explorer::part_report& part) {
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
        {"bits_per_state", part.bits_per_state},
        {"memory_bytes", part.memory_bytes},
        {"seconds", rounded_seconds(part.seconds)},
    };
}

/// What a verdict of the prover rests on.
json proof_json(std::string_view property, const checked_revision& checked) {
    if (!checked.proof)
        return nullptr;
    const solver::proof_result* const result = checked.proof->find(property);
    if (result == nullptr)
        return nullptr;
    const solver::second_opinion& second = result->second;
    json values = json::object();
    if (!result->counterexamples.empty())
        for (const auto& [name, value] : result->counterexamples.front().values)
            values[name] = value;
    return {
        {"questions", result->questions},
        {"paths", result->paths},
        {"obligations", result->obligations},
        {"only_integers", result->only_integers},
        {"values", values},
        {"second_opinion",
         second.asked ? json{{"agreed", second.agreed}, {"unknown", second.unknown}, {"disagreed", second.disagreed}}
                      : json(nullptr)},
    };
}

json bounds_json(const explorer::property_result& result, const checked_revision& checked) {
    const explorer::exploration& found = checked.found;
    json parts = json::array();
    for (const auto& part : found.parts)
        if (std::find(result.parts.begin(), result.parts.end(), part.part) != result.parts.end())
            parts.push_back(part_json(part));
    return {
        {"measured", result.measured ? json(*result.measured) : json(nullptr)},
        {"checks", checks_json(result.coverage)},
        {"fired", result.fired},
        {"parts", parts},
        {"cases", checked.random ? json(checked.random->cases) : json(nullptr)},
        {"wanted_cases",
         checked.random && checked.random->wanted_cases ? json(*checked.random->wanted_cases) : json(nullptr)},
        {"events", checked.random ? json(checked.random->events) : json(nullptr)},
        {"seed", checked.random ? json(checked.random->first_seed) : json(nullptr)},
        {"proof", proof_json(result.property, checked)},
    };
}

json location_of(const explorer::property_result& result, const checked_revision& checked) {
    const solver::proof_result* const proved = checked.proof ? checked.proof->find(result.property) : nullptr;
    if (proved != nullptr && !proved->counterexamples.empty() && !proved->counterexamples.front().location.empty())
        return proved->counterexamples.front().location;
    const auto saved = checked.traces.find(result.property);
    if (saved == checked.traces.end())
        return nullptr;
    const counterexamples::trace& trace = saved->second.trace;
    if (trace.steps.empty() || trace.steps.back().source.empty())
        return nullptr;
    return model::to_string(trace.steps.back().source.front().function);
}

json result_json(const explorer::property_result& result, const checked_revision& checked) {
    const auto saved = checked.traces.find(result.property);
    const bool has_trace = saved != checked.traces.end();
    return {
        {"property", result.property},
        {"engine", checked.engine},
        {"verdict", explorer::to_string(result.verdict)},
        {"scope", checked.found.scope},
        {"bounds", bounds_json(result, checked)},
        {"reason", result.reason},
        {"location", location_of(result, checked)},
        {"trace", has_trace ? json(saved->second.path.string()) : json(nullptr)},
        {"seconds", rounded_seconds(checked.found.seconds)},
    };
}

/// One report for all engines that looked at a revision.
json report_of(std::span<const checked_revision> of_one) {
    json results = json::array();
    exit_status status = exit_status::success;
    for (const checked_revision& checked : of_one) {
        for (const auto& result : checked.found.properties)
            results.push_back(result_json(result, checked));
        status = worse(status, status_of(checked));
    }
    return report_json(of_one.front().found.revision, std::move(results), status);
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

json report_json(const std::string& revision, json results, exit_status status) {
    return {
        {"tool", {{"name", "bwcheck"}, {"version", version}}},
        {"revision", revision},
        {"results", std::move(results)},
        {"exit", static_cast<int>(status)},
    };
}

std::string reports_text(const json& reports) {
    const json& printed = reports.size() == 1 ? reports.front() : reports;
    // A path may be any bytes; JSON may not.
    return printed.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

std::string check_json(const std::vector<checked_revision>& all) {
    json reports = json::array();
    const std::span<const checked_revision> rest(all);
    for (std::size_t first = 0; first < all.size();) {
        // A revision that was named twice has two reports.
        std::size_t end = first + 1;
        while (end < all.size() && all[end].found.revision == all[first].found.revision &&
               all[end].engine != all[first].engine)
            ++end;
        reports.push_back(report_of(rest.subspan(first, end - first)));
        first = end;
    }
    return reports_text(reports);
}

} // namespace bwcheck::cli

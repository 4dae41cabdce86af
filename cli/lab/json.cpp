#include "cli/lab/json.hpp"

#include "cli/version.hpp"
#include "lab/errno_name.hpp"
#include "text/quoted_text.hpp"

#include <nlohmann/json.hpp>

#include <cmath>

namespace bwcheck::cli {

namespace {

nlohmann::json observation_json(const lab::observation& one) {
    return {
        {"errno", one.error},     {"error", lab::errno_name(one.error)}, {"taken", one.taken},
        {"cpu.max", one.cpu_max}, {"cpu.max.burst", one.cpu_max_burst},  {"cpu.max.runtime", one.cpu_max_runtime},
    };
}

nlohmann::json disagreement_json(const lab::disagreement& one) {
    nlohmann::json writes = nlohmann::json::array();
    for (const model::scope_write& each : one.writes)
        writes.push_back({{"file", to_string(each.file)}, {"text", text::in_quotes(each.text)}});
    return {
        {"writes", writes},
        {"predicted", observation_json(one.predicted)},
        {"observed", observation_json(one.observed)},
        {"found_writes", one.found_writes},
        {"alike", one.alike},
        {"reproduced", one.reproduced},
    };
}

nlohmann::json interface_json(const lab::interface_report& report) {
    nlohmann::json disagreements = nlohmann::json::array();
    for (const lab::disagreement& each : report.disagreements)
        disagreements.push_back(disagreement_json(each));
    return {
        {"revision", report.revision},    {"writes", report.writes},
        {"agreed", report.agreed},        {"accepted", report.accepted},
        {"sources", report.sources},      {"edges", report.edges},
        {"disagreements", disagreements}, {"seconds", rounded_seconds(report.total)},
    };
}

nlohmann::json statistics_json(const lab::statistics& all) {
    nlohmann::json numbers = nlohmann::json::object();
    for (const lab::statistic& each : lab::all_statistics())
        numbers[std::string(each.name)] = all.*each.value;
    return numbers;
}

nlohmann::json scenario_json(const lab::scenario_result& one) {
    nlohmann::json runs = nlohmann::json::array();
    for (const lab::statistics& each : one.runs)
        runs.push_back(statistics_json(each));
    return {
        {"name", one.what.name},
        {"about", one.what.about},
        {"predicted_least", statistics_json(one.predicted.least)},
        {"predicted_most", statistics_json(one.predicted.most)},
        {"tolerance", statistics_json(one.allowed.by)},
        {"median", statistics_json(one.median)},
        {"runs", runs},
        {"outside", one.outside},
        {"explained", one.explained},
        {"agrees", one.agrees()},
        {"confirmed", one.confirmed},
    };
}

nlohmann::json behaviour_json(const lab::behaviour_report& report) {
    nlohmann::json scenarios = nlohmann::json::array();
    for (const lab::scenario_result& each : report.scenarios)
        scenarios.push_back(scenario_json(each));
    return {
        {"revision", report.revision},
        {"repeat", report.repeat},
        {"scenarios", scenarios},
        {"host_busy", report.host_busy},
        {"seconds", rounded_seconds(report.total)},
    };
}

nlohmann::json exact_json(const lab::exact_report& report) {
    nlohmann::json scenarios = nlohmann::json::array();
    for (const lab::exact_result& each : report.scenarios) {
        nlohmann::json script = nlohmann::json::array();
        if (!each.agrees())
            for (const lab::command& command : each.script)
                script.push_back(to_string(command));
        scenarios.push_back({{"name", each.what.name},
                             {"about", each.what.about},
                             {"numbers", each.numbers},
                             {"agrees", each.agrees()},
                             {"script", script},
                             {"command", each.agrees() ? 0 : each.differences.front().number},
                             {"differences", lab_differences_json(each.differences)}});
    }
    return {{"revision", report.revision}, {"scenarios", scenarios}, {"seconds", rounded_seconds(report.total)}};
}

} // namespace

nlohmann::json lab_differences_json(const std::vector<lab::answer_difference>& differences) {
    nlohmann::json values = nlohmann::json::array();
    for (const lab::answer_difference& each : differences)
        values.push_back({{"name", each.name}, {"model", each.expected}, {"kernel", each.answered}});
    return values;
}

std::string lab_report_json(nlohmann::json members, exit_status status) {
    constexpr int schema_version = 1;
    members["schema_version"] = schema_version;
    members["tool"] = {{"name", "bwcheck"}, {"version", version}};
    members["exit"] = static_cast<int>(status);
    return members.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

nlohmann::json lab_kernel_json(const lab::kernel_image& kernel, const lab::guest_hello& hello, programs::seconds boot) {
    return {
        {"name", kernel.name},
        {"path", kernel.path.string()},
        {"platform", to_string(kernel.how)},
        {"release", hello.release},
        {"cpus", hello.nr_cpus},
        {"tick_ns", hello.tick_ns},
        {"boot_seconds", rounded_seconds(boot)},
    };
}

double rounded_seconds(programs::seconds duration) {
    constexpr double thousand = 1000;
    return std::round(duration.count() * thousand) / thousand;
}

std::string lab_script_json(const lab::kernel_image& kernel, const std::vector<lab::command>& script,
                            const lab::boot_result& result) {
    nlohmann::json answers = nlohmann::json::array();
    for (std::size_t number = 0; number < script.size(); ++number) {
        const lab::answer& said = result.answers[number];
        answers.push_back({{"command", to_string(script[number])},
                           {"errno", said.error},
                           {"error", lab::errno_name(said.error)},
                           {"time_us", said.time_us},
                           {"value", said.value}});
    }
    return lab_report_json({{"kernel", lab_kernel_json(kernel, result.hello, result.boot)}, {"answers", answers}},
                           exit_status::success);
}

std::string lab_comparison_json(const lab_comparison& all) {
    nlohmann::json kernel = nullptr;
    if (all.interface)
        kernel = lab_kernel_json(all.kernel, all.interface->hello, all.interface->boot);
    else if (all.behaviour)
        kernel = lab_kernel_json(all.kernel, all.behaviour->hello, all.behaviour->boot);
    else if (all.exact)
        kernel = lab_kernel_json(all.kernel, all.exact->hello, all.exact->boot);
    return lab_report_json({{"kernel", kernel},
                            {"interface", all.interface ? interface_json(*all.interface) : nlohmann::json(nullptr)},
                            {"behaviour", all.behaviour ? behaviour_json(*all.behaviour) : nlohmann::json(nullptr)},
                            {"exact", all.exact ? exact_json(*all.exact) : nlohmann::json(nullptr)}},
                           status_of(all));
}

} // namespace bwcheck::cli

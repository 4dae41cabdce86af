// `bwcheck lab fuzz`: random scenarios on a kernel that runs on virtual time, against the model.
#include "cli/lab/commands.hpp"
#include "cli/lab/json.hpp"
#include "cli/lab/text.hpp"
#include "cli/progress_line.hpp"
#include "cli/standard_output.hpp"
#include "lab/kernel_fuzz.hpp"
#include "text/input_error.hpp"
#include "text/printable.hpp"
#include "text/quantities.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace bwcheck::cli {

namespace {

std::string text_of(const lab::fuzz_difference& one, const lab::fuzz_plan& plan) {
    std::string text =
        fmt::format("scenario {} of seed {} differs from {}{}, and {} more in the same way:\n", one.scenario, plan.seed,
                    plan.revision, one.reproduced ? "" : " (but not when it ran alone)", one.alike);
    return text + lab_differences_text(one.script, one.values);
}

std::string text_of(const lab::fuzz_report& report, const lab::fuzz_plan& plan) {
    std::string text = fmt::format(
        "{} scenarios of seed {} from number {} on, {} commands, in {} s and {} boots; {} were throttled.\n",
        report.scenarios, plan.seed, plan.first, report.commands, text::seconds_text(report.total.count()),
        report.boots, report.throttled);
    for (const auto& [name, count] : report.avoided)
        text += fmt::format("  {} more were left out: {}\n", count, name);
    for (const lab::fuzz_difference& each : report.differences)
        text += text_of(each, plan);
    if (report.differences.empty())
        text += "Kernel and model agree in every number.\n";
    return text;
}

nlohmann::json json_of(const lab::fuzz_difference& one) {
    nlohmann::json script = nlohmann::json::array();
    for (const lab::command& each : one.script)
        script.push_back(to_string(each));
    return {{"scenario", one.scenario},
            {"script", script},
            {"found_commands", one.found_commands},
            {"command", one.values.front().number},
            {"differences", lab_differences_json(one.values)},
            {"alike", one.alike},
            {"reproduced", one.reproduced}};
}

} // namespace

exit_status run(const lab_fuzz_options& options) {
    progress_line line(!options.quiet);
    lab::boot_options boot;
    boot.tell = [&](std::string_view message) { line.say(message); };
    const auto kernel = lab::find_kernel(options.kernel, boot.tell);
    if (!kernel.virtual_clock)
        throw text::input_error(fmt::format("--kernel: {} cannot run on virtual time, which only a kernel can that "
                                            "bwcheck lab build made",
                                            text::printable(options.kernel, text::most_repeated)));
    line.show(fmt::format("{}: booting", kernel.name));
    const auto report = lab::fuzz_kernel(
        options.plan, [&](const auto& script) { return lab::boot(kernel, script, boot); },
        [&](std::uint64_t done) {
            line.show(fmt::format("{}: {} of {} scenarios", kernel.name, done, options.plan.scenarios));
        });
    line.clear();
    const exit_status status = report.differences.empty() ? exit_status::success : exit_status::violated;
    if (!options.json) {
        write_output(text_of(report, options.plan));
        return status;
    }
    nlohmann::json differences = nlohmann::json::array();
    for (const lab::fuzz_difference& each : report.differences)
        differences.push_back(json_of(each));
    write_output(lab_report_json({{"kernel", lab_kernel_json(kernel, report.hello, programs::seconds(0))},
                                  {"revision", options.plan.revision},
                                  {"seed", options.plan.seed},
                                  {"first", options.plan.first},
                                  {"scenarios", report.scenarios},
                                  {"commands", report.commands},
                                  {"throttled", report.throttled},
                                  {"avoided", report.avoided},
                                  {"differences", differences},
                                  {"boots", report.boots},
                                  {"seconds", rounded_seconds(report.total)}},
                                 status));
    return status;
}

} // namespace bwcheck::cli

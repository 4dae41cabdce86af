#include "cli/lab/text.hpp"

#include "lab/errno_name.hpp"
#include "text/printable.hpp"
#include "text/quantities.hpp"
#include "text/quoted_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

namespace bwcheck::cli {

namespace {

std::string without_newline(std::string text) {
    while (text.ends_with('\n'))
        text.pop_back();
    return text;
}

std::string observation_text(const lab::observation& one) {
    return fmt::format(
        R"({}{}; cpu.max then shows "{}", cpu.max.burst "{}"{})", lab::errno_name(one.error),
        one.taken.empty() ? "" : fmt::format(" ({} bytes)", text::printable(one.taken)),
        text::printable(without_newline(one.cpu_max)), text::printable(without_newline(one.cpu_max_burst)),
        one.cpu_max_runtime.empty()
            ? ""
            : fmt::format(", cpu.max.runtime \"{}\"", text::printable(without_newline(one.cpu_max_runtime))));
}

std::string counts_text(const std::map<std::string, std::size_t>& counts) {
    std::string text;
    for (const auto& [name, count] : counts)
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, name);
    return text;
}

std::string disagreement_text(const lab::disagreement& one) {
    std::string text =
        fmt::format("\ndisagreement, {}\n", one.reproduced ? "again and again" : "which did not happen a second time");
    for (const model::scope_write& each : one.writes)
        text += fmt::format("  write {} to {}\n", text::in_quotes(each.text), to_string(each.file));
    text +=
        fmt::format("  model:  {}\n  kernel: {}\n", observation_text(one.predicted), observation_text(one.observed));
    text += fmt::format("  found in a sequence of {} write{}; {} more part in the same way\n", one.found_writes,
                        one.found_writes == 1 ? "" : "s", one.alike);
    return text;
}

std::string interface_text(const lab::interface_report& report) {
    std::string text = fmt::format("interface: {} of {} writes as {} answers them ({} accepted, {} refused), in {} s\n",
                                   report.agreed, report.writes, report.revision, report.accepted,
                                   report.writes - report.accepted, text::seconds_text(report.total.count()));
    text += fmt::format("  writes: {}\n", counts_text(report.sources));
    text += fmt::format("  edges of checks, each from both sides: {}\n", counts_text(report.edges));
    for (const lab::disagreement& each : report.disagreements)
        text += disagreement_text(each);
    return text;
}

std::string range_text(std::uint64_t least, std::uint64_t most) {
    return least == most ? fmt::format("{}", least) : fmt::format("{}..{}", least, most);
}

std::string behaviour_text(const lab::behaviour_report& report) {
    constexpr double usec_per_sec = 1e6;
    std::size_t agreed = 0;
    for (const auto& each : report.scenarios)
        agreed += each.agrees() ? 1 : 0;
    std::string text =
        fmt::format("behaviour: {} of {} scenarios as {} predicts, medians of {}, in {} s; a tick is {} ms\n", agreed,
                    report.scenarios.size(), report.revision, report.repeat, text::seconds_text(report.total.count()),
                    static_cast<double>(report.hello.tick_ns) / usec_per_sec);
    constexpr double percent = 100;
    if (report.host_was_busy())
        text += fmt::format(
            "  The host was busy: for {:.0f} % of the time somebody waited for a CPU. What differs then is open.\n",
            report.host_busy * percent);
    text += fmt::format("  {:<26} {:<12} {:>17} {:>11} {:>9}\n", "scenario", "number", "model", "tolerance", "kernel");
    for (const lab::scenario_result& each : report.scenarios) {
        std::string name = each.what.name;
        for (const lab::statistic& one : lab::all_statistics()) {
            const bool outside = std::find(each.outside.begin(), each.outside.end(), one.name) != each.outside.end();
            text += fmt::format("  {:<26} {:<12} {:>17} {:>11} {:>9}{}\n", name, one.name,
                                range_text(each.predicted.least.*one.value, each.predicted.most.*one.value),
                                each.allowed.by.*one.value, each.median.*one.value, outside ? "  outside" : "");
            name.clear();
        }
        text += fmt::format("  {:<26} {} of {} runs explained by one phase{}\n", "", each.explained, each.runs.size(),
                            each.agrees()    ? ""
                            : each.confirmed ? "; DOES NOT AGREE, nor in a second boot"
                                             : "; did not agree, but did in a second boot");
    }
    return text;
}

std::string exact_text(const lab::exact_report& report) {
    std::string text = fmt::format("behaviour of {} on virtual time: every number of each scenario, exactly, in {} s\n",
                                   report.revision, text::seconds_text(report.total.count()));
    for (const lab::exact_result& each : report.scenarios) {
        text += fmt::format("  {:<26} {} numbers{}\n", each.what.name, each.numbers,
                            each.agrees() ? " agree" : "; DOES NOT AGREE");
        if (!each.agrees())
            text += lab_differences_text(each.script, each.differences);
    }
    return text;
}

} // namespace

std::string lab_differences_text(const std::vector<lab::command>& script,
                                 const std::vector<lab::answer_difference>& differences) {
    std::string text;
    for (const lab::command& each : script)
        text += "    " + to_string(each) + "\n";
    text += fmt::format("  {}\n", to_string(script[differences.front().number]));
    for (const lab::answer_difference& each : differences)
        text += fmt::format("    {}: the model says {}, the kernel {}\n", each.name, text::printable(each.expected),
                            text::printable(each.answered));
    return text;
}

std::string lab_kernel_text(const lab::kernel_image& kernel, const lab::guest_hello& hello, programs::seconds boot) {
    return fmt::format("{}: Linux {}, {} CPU{}, booted in {} s.\n", kernel.name, text::printable(hello.release),
                       hello.nr_cpus, hello.nr_cpus == 1 ? "" : "s", text::seconds_text(boot.count()));
}

std::string lab_script_text(const lab::kernel_image& kernel, const std::vector<lab::command>& script,
                            const lab::boot_result& result) {
    std::string text = lab_kernel_text(kernel, result.hello, result.boot);
    for (std::size_t number = 0; number < script.size(); ++number) {
        const lab::answer& said = result.answers[number];
        text += fmt::format("{}: {}\n", to_string(script[number]), lab::errno_name(said.error));
        if (script[number].action == lab::verb::write)
            continue;
        std::istringstream lines(said.value);
        for (std::string line; std::getline(lines, line);)
            text += fmt::format("    {}\n", text::printable(line));
    }
    return text;
}

std::string lab_comparison_text(const lab_comparison& all) {
    std::string text;
    if (all.exact && !all.interface)
        text += lab_kernel_text(all.kernel, all.exact->hello, all.exact->boot);
    if (all.behaviour && !all.interface)
        text += lab_kernel_text(all.kernel, all.behaviour->hello, all.behaviour->boot);
    if (all.interface)
        text += lab_kernel_text(all.kernel, all.interface->hello, all.interface->boot) + interface_text(*all.interface);
    if (all.behaviour)
        text += behaviour_text(*all.behaviour);
    if (all.exact)
        text += exact_text(*all.exact);
    return text;
}

} // namespace bwcheck::cli

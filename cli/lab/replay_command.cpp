// `bwcheck lab replay`: counterexamples on a real kernel.
#include "cli/known_names.hpp"
#include "cli/lab/commands.hpp"
#include "cli/lab/json.hpp"
#include "cli/lab/text.hpp"
#include "cli/progress_line.hpp"
#include "cli/standard_output.hpp"
#include "counterexamples/trace_file.hpp"
#include "lab/proposal/kernel_replay.hpp"
#include "text/printable.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <span>

namespace bwcheck::cli {

namespace {

using text::printable;

struct replayed {
    std::string file;
    counterexamples::trace trace;
    std::string unreachable; ///< why; empty if it was tried
    bool scaled = false;
    std::size_t tries = 0;
    std::size_t seen = 0;
    std::string observed; ///< in the first try in which it was seen, or in the last
};

std::string_view verdict_name(const replayed& one) {
    return !one.unreachable.empty() ? "not reachable" : one.seen > 0 ? "reproduced" : "not reproduced";
}

void try_on(const lab::kernel_image& kernel, const lab::boot_options& machine, replayed& one) {
    constexpr std::uint64_t total_us = 10'000'000;
    const auto plan = lab::plan_replay(one.trace);
    one.scaled = plan.scaled;
    // On virtual time, once is as good as always.
    one.tries = machine.machine.virtual_time_on(kernel) ? 1 : lab::tries_within(plan, total_us);
    std::vector<lab::command> script;
    for (std::size_t number = 0; number < one.tries; ++number)
        script.insert(script.end(), plan.script.begin(), plan.script.end());
    const auto booted = lab::boot(kernel, script, machine);
    const std::span<const lab::answer> answers(booted.answers);
    for (std::size_t number = 0; number < one.tries; ++number) {
        const auto sight =
            lab::look_at(one.trace, plan, answers.subspan(number * plan.script.size(), plan.script.size()));
        if (one.seen == 0)
            one.observed = sight.observed;
        one.seen += sight.seen ? 1 : 0;
    }
}

std::string text_of(const replayed& one) {
    std::string text = fmt::format("{} of {}: {}", one.trace.property, one.trace.revision, verdict_name(one));
    if (!one.unreachable.empty())
        return text + fmt::format(" from user space\n  {}\n", text::printable(one.unreachable));
    if (one.tries > 1)
        text += fmt::format(" in {} of {} tries", one.seen, one.tries);
    text += fmt::format("\n  {}\n", text::printable(one.observed));
    if (one.scaled)
        text += "  (the trace's numbers are small ones: 1 ns of it is 50 ms here)\n";
    return text;
}

nlohmann::json json_of(const replayed& one) {
    return {{"trace", one.file},
            {"revision", one.trace.revision},
            {"property", one.trace.property},
            {"verdict", verdict_name(one)},
            {"reason", one.unreachable},
            {"tries", one.tries},
            {"seen", one.seen},
            {"observed", one.observed},
            {"scaled", one.scaled}};
}

} // namespace

exit_status run(const lab_replay_options& options) {
    std::vector<replayed> all;
    for (const std::string& file : options.traces) {
        all.emplace_back();
        all.back().file = file;
        all.back().trace = counterexamples::read_trace(file);
        check_revision(all.back().trace.revision);
    }
    progress_line line(!options.quiet);
    lab::boot_options boot;
    boot.tell = [&](std::string_view message) { line.say(message); };
    const auto kernel = lab::find_kernel(options.kernel, boot.tell);
    boot.machine.nr_cpus = 2; // of a virtual machine
    // How many CPUs there are, and whether it can be used at all, is known only when the kernel has said so.
    const auto first = lab::boot(kernel, {}, boot);
    exit_status status = exit_status::success;
    for (replayed& each : all) {
        line.show(fmt::format("{}: {} of {}", kernel.name, each.trace.property, each.trace.revision));
        each.unreachable = lab::why_not_reachable(each.trace, static_cast<unsigned>(first.hello.nr_cpus));
        if (each.unreachable.empty())
            try_on(kernel, boot, each);
        if (each.seen > 0)
            status = exit_status::violated;
        else if (!each.unreachable.empty() && status == exit_status::success)
            status = exit_status::inconclusive;
    }
    line.clear();
    if (options.json) {
        nlohmann::json traces = nlohmann::json::array();
        for (const replayed& each : all)
            traces.push_back(json_of(each));
        write_output(lab_report_json({{"kernel", lab_kernel_json(kernel, first.hello, first.boot)}, {"traces", traces}},
                                     status));
        return status;
    }
    write_output(lab_kernel_text(kernel, first.hello, first.boot));
    for (const replayed& each : all)
        write_output(text_of(each));
    return status;
}

} // namespace bwcheck::cli

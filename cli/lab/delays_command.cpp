// `bwcheck lab delays`: how long after a write to cpu.max.runtime a throttled task executes, on one kernel or several.
#include "cli/lab/commands.hpp"
#include "cli/lab/json.hpp"
#include "cli/progress_line.hpp"
#include "cli/standard_output.hpp"
#include "lab/proposal/delay_plot.hpp"
#include "text/printable.hpp"
#include "text/text_file.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>

namespace bwcheck::cli {

namespace {

using lab::wakening;

constexpr std::array quantiles{0.0, 0.25, 0.5, 0.75, 0.95, 1.0};

std::string_view to_string(wakening how) {
    switch (how) {
    case wakening::at_once:
        return "at once";
    case wakening::at_refill:
        return "at the next refill";
    case wakening::unclear:
        break;
    }
    return "unclear";
}

/// One kernel, and what was measured on it.
struct measurement {
    lab::kernel_image kernel;
    lab::guest_hello hello;
    programs::seconds boot{0};
    lab::delay_sample sample;
};

measurement measure(const std::string& name, const lab_delays_options& options) {
    progress_line line(!options.quiet);
    lab::boot_options boot;
    boot.tell = [&](std::string_view message) { line.say(message); };
    const auto kernel = lab::find_kernel(name, boot.tell);
    const auto script = lab::delay_script(options.plan);
    line.show(fmt::format("{}: booting", name));
    const auto result = lab::boot(kernel, script, boot, [&](std::size_t answers) {
        line.show(fmt::format("{}: {} of {} answers", name, answers, script.size()));
    });
    return {kernel, result.hello, result.boot, lab::read_delays(script, result.answers)};
}

std::string text_of(const measurement& one, const lab::delay_plan& plan) {
    constexpr double usec_per_msec = 1000;
    const auto& delays = one.sample.delays_us;
    std::string text = fmt::format("{}: after a write to cpu.max.runtime a throttled task executes {}\n",
                                   text::printable(one.kernel.name), to_string(lab::judge(one.sample, plan)));
    text += fmt::format("  {} writes at any moment of a period of {} ms, {} of them without an answer\n",
                        delays.size() + one.sample.missed, plan.period_us / 1000, one.sample.missed);
    text += "  delays in ms:";
    for (const double share : quantiles)
        text += fmt::format("  {:.0f} % {:.2f}", 100 * share,
                            static_cast<double>(lab::quantile(delays, share)) / usec_per_msec);
    text += fmt::format("\n  distance from an even distribution over a period: {:.3f}\n",
                        lab::distance_from_even(delays, plan.period_us));
    return text + lab::delay_histogram(one.sample, plan);
}

nlohmann::json json_of(const measurement& one, const lab::delay_plan& plan) {
    return {{"kernel", lab_kernel_json(one.kernel, one.hello, one.boot)},
            {"executes", to_string(lab::judge(one.sample, plan))},
            {"missed", one.sample.missed},
            {"distance_from_even", lab::distance_from_even(one.sample.delays_us, plan.period_us)},
            {"delays_us", one.sample.delays_us}};
}

std::string json_of(const std::vector<measurement>& all, const lab::delay_plan& plan, exit_status status) {
    nlohmann::json kernels = nlohmann::json::array();
    for (const measurement& each : all)
        kernels.push_back(json_of(each, plan));
    return lab_report_json({{"quota_us", plan.quota_us},
                            {"period_us", plan.period_us},
                            {"burst_us", plan.burst_us},
                            {"credit_us", plan.credit_us},
                            {"writes", plan.injections},
                            {"seed", plan.seed},
                            {"kernels", kernels}},
                           status);
}

exit_status status_of(const std::vector<measurement>& all, const lab::delay_plan& plan) {
    exit_status status = exit_status::success;
    for (const measurement& each : all) {
        const wakening how = lab::judge(each.sample, plan);
        if (how == wakening::at_refill)
            return exit_status::violated;
        if (how == wakening::unclear)
            status = exit_status::inconclusive;
    }
    return status;
}

} // namespace

exit_status run(const lab_delays_options& options) {
    std::vector<measurement> all;
    for (const std::string& kernel : options.kernels)
        all.push_back(measure(kernel, options));
    if (!options.svg.empty()) {
        std::vector<lab::delay_series> series;
        series.reserve(all.size());
        for (const measurement& each : all)
            series.push_back({each.kernel.name, each.sample});
        text::write_text_file(options.svg, lab::delay_svg(series, options.plan));
    }
    const exit_status status = status_of(all, options.plan);
    if (options.json) {
        write_output(json_of(all, options.plan, status));
        return status;
    }
    for (const measurement& each : all)
        write_output(text_of(each, options.plan));
    return status;
}

} // namespace bwcheck::cli

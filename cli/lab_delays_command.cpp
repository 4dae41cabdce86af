// `bwcheck lab delays`: how long after a write to cpu.max.runtime a throttled task executes, on one kernel or several.
#include "cli/commands.hpp"
#include "cli/progress_line.hpp"
#include "cli/standard_output.hpp"
#include "cli/usage_error.hpp"
#include "counterexamples/json_reader.hpp"
#include "lab/proposal/delay_plot.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>
#include <fstream>

namespace bwcheck::cli {

namespace {

using lab::delay_series;
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

delay_series measure(const std::string& name, const lab_delays_options& options) {
    const auto kernel = lab::find_kernel(name, [&](std::string_view message) {
        if (!options.quiet)
            say(message);
    });
    const auto script = lab::delay_script(options.plan);
    progress_line line(!options.quiet);
    line.show(fmt::format("{}: booting", name));
    const auto result = lab::boot(kernel, script, {}, [&](std::size_t answers) {
        line.show(fmt::format("{}: {} of {} answers", name, answers, script.size()));
    });
    return {name, lab::read_delays(script, result.answers)};
}

std::string text_of(const delay_series& one, const lab::delay_plan& plan) {
    constexpr double usec_per_msec = 1000;
    const auto& delays = one.sample.delays_us;
    std::string text = fmt::format("{}: after a write to cpu.max.runtime a throttled task executes {}\n",
                                   counterexamples::printable(one.kernel), to_string(lab::judge(one.sample, plan)));
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

nlohmann::ordered_json json_of(const delay_series& one, const lab::delay_plan& plan) {
    return {{"kernel", one.kernel},
            {"executes", to_string(lab::judge(one.sample, plan))},
            {"period_us", plan.period_us},
            {"seed", plan.seed},
            {"missed", one.sample.missed},
            {"distance_from_even", lab::distance_from_even(one.sample.delays_us, plan.period_us)},
            {"delays_us", one.sample.delays_us}};
}

exit_status status_of(const std::vector<delay_series>& all, const lab::delay_plan& plan) {
    exit_status status = exit_status::success;
    for (const delay_series& each : all) {
        const wakening how = lab::judge(each.sample, plan);
        if (how == wakening::at_refill)
            return exit_status::violated;
        if (how == wakening::unclear)
            status = exit_status::inconclusive;
    }
    return status;
}

void write_svg(const std::string& file, const std::string& svg) {
    std::ofstream out(file, std::ios::binary);
    out << svg;
    if (!out.flush())
        throw usage_error(fmt::format("{}: cannot be written", file));
}

} // namespace

exit_status run(const lab_delays_options& options) {
    std::vector<delay_series> all;
    for (const std::string& kernel : options.kernels)
        all.push_back(measure(kernel, options));
    if (!options.svg.empty())
        write_svg(options.svg, lab::delay_svg(all, options.plan));
    std::string text;
    nlohmann::ordered_json json = nlohmann::ordered_json::array();
    for (const delay_series& each : all) {
        text += text_of(each, options.plan);
        json.push_back(json_of(each, options.plan));
    }
    write_output(options.json ? json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n"
                              : text);
    return status_of(all, options.plan);
}

} // namespace bwcheck::cli

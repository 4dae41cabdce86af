// `bwcheck lab selftest`: the scenario of the selftest that was posted with cpu.max.runtime, on a real kernel.
#include "cli/lab/commands.hpp"
#include "cli/lab/json.hpp"
#include "cli/progress_line.hpp"
#include "cli/standard_output.hpp"
#include "lab/proposal/selftest.hpp"
#include "text/printable.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace bwcheck::cli {

exit_status run(const lab_selftest_options& options) {
    progress_line line(!options.quiet);
    lab::boot_options boot;
    boot.tell = [&](std::string_view message) { line.say(message); };
    const auto kernel = lab::find_kernel(options.kernel, boot.tell);
    const lab::selftest_plan plan;
    const auto script = lab::selftest_script(plan);
    line.show(fmt::format("{}: busy for 5 s", kernel.name));
    const auto booted = lab::boot(kernel, script, boot);
    line.clear();
    const auto result = lab::read_selftest(script, booted.answers, plan);
    const exit_status status = result.passed ? exit_status::success : exit_status::violated;
    if (options.json) {
        write_output(lab_report_json({{"kernel", lab_kernel_json(kernel, booted.hello, booted.boot)},
                                      {"passed", result.passed},
                                      {"failure", result.failure},
                                      {"usage_us", result.usage_us},
                                      {"expected_us", plan.expected_us},
                                      {"percent", plan.percent}},
                                     status));
        return status;
    }
    const std::string name = text::printable(kernel.name);
    write_output(result.failure.empty()
                     ? fmt::format("{}: the posted selftest's scenario {}: usage {} us, expected {} us within {} %\n",
                                   name, result.passed ? "passes" : "fails", result.usage_us, plan.expected_us,
                                   plan.percent)
                     : fmt::format("{}: the posted selftest's scenario fails: {}\n", name, result.failure));
    return status;
}

} // namespace bwcheck::cli

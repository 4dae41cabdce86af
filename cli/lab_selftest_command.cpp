// `bwcheck lab selftest`: the scenario of the selftest that was posted with cpu.max.runtime, on a real kernel.
#include "cli/commands.hpp"
#include "cli/progress_line.hpp"
#include "cli/standard_output.hpp"
#include "counterexamples/json_reader.hpp"
#include "lab/proposal/selftest.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace bwcheck::cli {

exit_status run(const lab_selftest_options& options) {
    const auto kernel = lab::find_kernel(options.kernel, [&](std::string_view message) {
        if (!options.quiet)
            say(message);
    });
    const lab::selftest_plan plan;
    const auto script = lab::selftest_script(plan);
    lab::boot_result booted;
    {
        progress_line line(!options.quiet);
        line.show(fmt::format("{}: busy for 5 s", kernel.name));
        booted = lab::boot(kernel, script);
    }
    const auto result = lab::read_selftest(script, booted.answers, plan);
    if (options.json) {
        const nlohmann::ordered_json json{{"kernel", kernel.name},       {"release", booted.hello.release},
                                          {"passed", result.passed},     {"failure", result.failure},
                                          {"usage_us", result.usage_us}, {"expected_us", plan.expected_us},
                                          {"percent", plan.percent}};
        write_output(json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n");
    } else {
        const std::string name = counterexamples::printable(kernel.name);
        write_output(
            result.failure.empty()
                ? fmt::format("{}: the posted selftest's scenario {}: usage {} us, expected {} us within {} %\n", name,
                              result.passed ? "passes" : "fails", result.usage_us, plan.expected_us, plan.percent)
                : fmt::format("{}: the posted selftest's scenario fails: {}\n", name, result.failure));
    }
    return result.passed ? exit_status::success : exit_status::violated;
}

} // namespace bwcheck::cli

#include "cli/lab_json.hpp"

#include "cli/exit_status.hpp"
#include "cli/version.hpp"
#include "lab/errno_name.hpp"

#include <nlohmann/json.hpp>

#include <cmath>

namespace bwcheck::cli {

namespace {

using nlohmann::json;

double rounded_seconds(lab::seconds duration) {
    constexpr double thousand = 1000;
    return std::round(duration.count() * thousand) / thousand;
}

json kernel_json(const lab::kernel_image& kernel, const lab::guest_hello& hello, lab::seconds boot) {
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

std::string print(const json& report) { return report.dump(2, ' ', false, json::error_handler_t::replace) + "\n"; }

} // namespace

std::string lab_script_json(const lab::kernel_image& kernel, const std::vector<lab::command>& script,
                            const lab::boot_result& result) {
    json answers = json::array();
    for (std::size_t number = 0; number < script.size(); ++number) {
        const lab::answer& said = result.answers[number];
        answers.push_back({{"command", to_string(script[number])},
                           {"errno", said.error},
                           {"error", lab::errno_name(said.error)},
                           {"time_us", said.time_us},
                           {"value", said.value}});
    }
    return print({
        {"tool", {{"name", "bwcheck"}, {"version", version}}},
        {"kernel", kernel_json(kernel, result.hello, result.boot)},
        {"answers", answers},
        {"exit", static_cast<int>(exit_status::success)},
    });
}

} // namespace bwcheck::cli

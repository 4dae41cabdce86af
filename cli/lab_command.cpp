// `bwcheck lab run`: boots a kernel, runs a script on it or compares it with the model, and prints what came of it.
#include "cli/commands.hpp"
#include "cli/lab_json.hpp"
#include "cli/lab_text.hpp"
#include "cli/progress_line.hpp"
#include "cli/standard_output.hpp"
#include "cli/usage_error.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

namespace bwcheck::cli {

namespace {

std::vector<lab::command> read_script(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (!in.is_open() || in.bad())
        throw usage_error(fmt::format("{}: cannot be read: {}", file, std::strerror(errno)));
    auto script = lab::parse_script(text, file);
    if (script.empty())
        throw usage_error(fmt::format("{}: has no command in it; docs/lab.md tells what a script looks like", file));
    return script;
}

exit_status run_script(const lab_run_options& options) {
    const auto script = read_script(options.script);
    const auto kernel = lab::find_kernel(options.kernel, [&](std::string_view message) {
        if (!options.quiet)
            say(message);
    });
    lab::boot_result result;
    {
        progress_line line(!options.quiet);
        line.show(fmt::format("{}: booting", kernel.name));
        result = lab::boot(kernel, script, options.boot, [&](std::size_t answers) {
            line.show(fmt::format("{}: {} of {} answers", kernel.name, answers, script.size()));
        });
    }
    write_output(options.json ? lab_script_json(kernel, script, result) : lab_script_text(kernel, script, result));
    return exit_status::success;
}

} // namespace

exit_status run(const lab_run_options& options) { return run_script(options); }

} // namespace bwcheck::cli

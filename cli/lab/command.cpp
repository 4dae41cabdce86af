// `bwcheck lab run`: boots a kernel, runs a script on it or compares it with the model, and prints what came of it.
#include "cli/lab/commands.hpp"
#include "cli/lab/comparison.hpp"
#include "cli/lab/json.hpp"
#include "cli/lab/text.hpp"
#include "cli/progress_line.hpp"
#include "cli/standard_output.hpp"
#include "text/input_error.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace bwcheck::cli {

namespace {

std::vector<lab::command> read_script(const std::string& file) {
    constexpr std::size_t largest_script = std::size_t{1} << 26U;
    const auto cannot = [&](std::string_view why) { return fmt::format("{}: cannot be read: {}", file, why); };
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> in(std::fopen(file.c_str(), "rb"), std::fclose);
    if (in == nullptr)
        throw text::input_error(cannot(std::strerror(errno)));
    std::string text;
    std::string piece(std::size_t{1} << 16U, '\0');
    while (const std::size_t got = std::fread(piece.data(), 1, piece.size(), in.get())) {
        text.append(piece, 0, got);
        if (text.size() > largest_script)
            throw text::input_error(cannot("it is too large for a script"));
    }
    if (std::ferror(in.get()) != 0)
        throw text::input_error(cannot(std::strerror(errno)));
    auto script = lab::parse_script(text, file);
    if (script.empty())
        throw text::input_error(
            fmt::format("{}: has no command in it; docs/lab.md tells what a script looks like", file));
    return script;
}

class lab_run {
public:
    explicit lab_run(const lab_run_options& options) : options_(options) {}

    exit_status run() {
        std::vector<lab::command> script;
        if (!options_.script.empty())
            script = read_script(options_.script); // before a kernel is fetched for it
        kernel_ = lab::find_kernel(options_.kernel, [&](std::string_view message) {
            if (!options_.quiet)
                say(message);
        });
        return options_.script.empty() ? compare() : run_script(script);
    }

private:
    [[nodiscard]] lab::boot_result boot(std::string_view doing, const std::vector<lab::command>& script) const {
        progress_line line(!options_.quiet);
        line.show(fmt::format("{}: {}, booting", kernel_.name, doing));
        lab::boot_options options = options_.boot;
        options.tell = [&](std::string_view message) { line.say(message); };
        return lab::boot(kernel_, script, options, [&](std::size_t answers) {
            line.show(fmt::format("{}: {}, {} of {} answers", kernel_.name, doing, answers, script.size()));
        });
    }

    [[nodiscard]] exit_status run_script(const std::vector<lab::command>& script) const {
        const lab::boot_result result = boot("script", script);
        write_output(options_.json ? lab_script_json(kernel_, script, result)
                                   : lab_script_text(kernel_, script, result));
        return exit_status::success;
    }

    [[nodiscard]] exit_status compare() const {
        lab_comparison all;
        all.kernel = kernel_;
        if (options_.compare_interface)
            all.interface = lab::compare_interface(
                options_.revision, lab::choose_writes(options_.revision, options_.writes, options_.seed),
                [&](const auto& script) { return boot("interface", script); });
        const bool exactly = options_.boot.machine.virtual_time_on(kernel_);
        if (options_.compare_behaviour && exactly)
            all.exact =
                lab::compare_exactly(options_.revision, [&](const auto& script) { return boot("behaviour", script); });
        else if (options_.compare_behaviour)
            all.behaviour = lab::compare_behaviour(options_.revision, options_.repeat,
                                                   [&](const auto& script) { return boot("behaviour", script); });
        write_output(options_.json ? lab_comparison_json(all) : lab_comparison_text(all));
        return status_of(all);
    }

    const lab_run_options& options_;
    lab::kernel_image kernel_;
};

} // namespace

exit_status run(const lab_run_options& options) { return lab_run(options).run(); }

} // namespace bwcheck::cli

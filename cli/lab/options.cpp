#include "cli/lab/options.hpp"

#include "cli/known_names.hpp"
#include "cli/numbers.hpp"
#include "lab/model_group.hpp"
#include "text/input_error.hpp"
#include "text/printable.hpp"
#include "text/text_file.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace bwcheck::cli {

namespace {

constexpr std::uint64_t usual_writes = 20'000;
constexpr std::uint64_t most_writes = 1'000'000;
constexpr std::uint64_t usual_repeat = 5;
constexpr std::uint64_t most_repeat = 100;
constexpr std::uint64_t usual_cpus = 2;
constexpr std::uint64_t most_cpus = 8; // of the model, model/arithmetic.hpp
constexpr double longest_timeout = 1e6;

/// What was typed, before it is checked.
class lab_command_line {
public:
    lab_command_line() {
        prepare_arguments(app_);
        lab_ = add_command(app_, "lab", "Hold real kernels against the model");
        lab_->require_subcommand(1);
        run_ = add_command(*lab_, "run", "Boot a kernel, and compare it with the model or run a script on it");
        add_value(run_, "--kernel", typed_.kernel, "NAME|FILE", "debian-uml, debian-qemu, or a kernel's file")
            ->capture_default_str();
        auto* const script = add_value(run_, "--script", typed_.script, "FILE", "Run this script instead of comparing");
        for (CLI::Option* const compares :
             {add_value(run_, "--revision", typed_.revision, "R", "The revision of the model to compare with")
                  ->capture_default_str(),
              add_value(run_, "--only", typed_.only, "WHAT", "Compare only this: interface or behaviour"),
              add_value(run_, "--writes", typed_.writes, "N",
                        "How many writes of the interface, at least; by default 20000"),
              add_value(run_, "--seed", typed_.seed, "N", "Seed of random writes; by default 1"),
              add_value(run_, "--repeat", typed_.repeat, "N",
                        "How often each scenario of behaviour runs; by default 5")})
            compares->excludes(script);
        add_value(run_, "--cpus", typed_.cpus, "N", "CPUs of a virtual machine; by default 2");
        add_value(run_, "--accel", typed_.accel, "HOW", "What a virtual machine runs on: tcg or kvm")
            ->capture_default_str();
        add_value(run_, "--timeout", typed_.timeout, "SECONDS",
                  "Give up when a kernel says nothing for so long; by default 60");
        run_->add_flag("--real-time", typed_.real_time,
                       "Real time also on a kernel that can run on virtual time, as those of bwcheck lab build can");
        run_->add_flag("--json", typed_.json, "Print JSON");
        run_->add_flag("--quiet,-q", typed_.quiet, "No progress and no messages but errors");
        patch_.declare(*lab_);
    }

    [[nodiscard]] lab_command read(int argc, const char* const* argv) {
        require_command(*lab_, "lab", argc > 2 && *argv[2] != '\0' ? argv[2] : nullptr);
        if (auto text = parse_arguments(app_, argc, argv))
            return *std::move(text);
        if (const auto chosen = patch_.read())
            return std::visit([](const auto& options) { return lab_command(options); }, *chosen);
        return run();
    }

private:
    [[nodiscard]] lab_run_options run() const {
        lab_run_options read;
        read.kernel = typed_.kernel;
        read.script = typed_.script;
        if (run_->count("--script") > 0)
            text::require_file_name("--script", typed_.script);
        check_revision(typed_.revision, lab::comparable_revisions());
        read.revision = typed_.revision;
        if (run_->count("--only") > 0) {
            if (typed_.only != "interface" && typed_.only != "behaviour")
                throw text::input_error(fmt::format("--only: must be interface or behaviour, not \"{}\"",
                                                    text::printable(typed_.only, text::most_repeated)));
            read.compare_interface = typed_.only == "interface";
            read.compare_behaviour = !read.compare_interface;
        }
        const auto number = [&](const char* option, const std::string& text, std::uint64_t least, std::uint64_t most,
                                std::uint64_t usual) {
            return run_->count(option) > 0 ? whole_number(option, text, least, most) : usual;
        };
        read.writes = number("--writes", typed_.writes, 1, most_writes, usual_writes);
        read.seed = number("--seed", typed_.seed, 0, largest_seed, 1);
        read.repeat = number("--repeat", typed_.repeat, 1, most_repeat, usual_repeat);
        read.boot.machine.nr_cpus = static_cast<unsigned>(number("--cpus", typed_.cpus, 1, most_cpus, usual_cpus));
        if (typed_.accel != "tcg" && typed_.accel != "kvm")
            throw text::input_error(fmt::format("--accel: must be tcg or kvm, not \"{}\"",
                                                text::printable(typed_.accel, text::most_repeated)));
        read.boot.machine.accel = typed_.accel == "kvm" ? lab::accelerator::kvm : lab::accelerator::tcg;
        read.boot.machine.real_time = typed_.real_time;
        if (run_->count("--timeout") > 0)
            read.boot.limits.silence = programs::seconds(seconds("--timeout", typed_.timeout, longest_timeout));
        read.json = typed_.json;
        read.quiet = typed_.quiet;
        return read;
    }

    CLI::App app_{"Holds real kernels against the model.", "bwcheck"};
    CLI::App* lab_ = nullptr;
    CLI::App* run_ = nullptr;

    struct typed {
        std::string kernel = "debian-uml";
        std::string script;
        std::string revision = "linux-6.1";
        std::string only;
        std::string writes;
        std::string seed;
        std::string repeat;
        std::string cpus;
        std::string accel = "tcg";
        std::string timeout;
        bool real_time = false;
        bool json = false;
        bool quiet = false;
    };
    typed typed_;
    lab_patch_command_line patch_;
};

} // namespace

lab_command read_lab_command_line(int argc, const char* const* argv) { return lab_command_line().read(argc, argv); }

} // namespace bwcheck::cli

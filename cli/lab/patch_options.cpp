#include "cli/lab/patch_options.hpp"

#include "cli/arguments.hpp"
#include "cli/known_names.hpp"
#include "cli/machine_size.hpp"
#include "cli/numbers.hpp"
#include "lab/model_group.hpp"
#include "text/input_error.hpp"
#include "text/text_file.hpp"

#include <CLI/CLI.hpp>

namespace bwcheck::cli {

namespace {

constexpr std::uint64_t most_injections = 100'000;
constexpr std::uint64_t most_scenarios = 1'000'000'000;
constexpr double longest_fuzzing = 1e6;

} // namespace

void lab_patch_command_line::declare(CLI::App& lab) {
    build_ = add_command(lab, "build", "Build a user-mode kernel from a source tree and patches, and print its path");
    build_->add_option("--tree", typed_.tree, "The source of a kernel, which is only read")
        ->type_name("DIR")
        ->required();
    build_->add_option("--patch", typed_.patches, "Apply this patch first; may be given several times")
        ->type_name("FILE")
        ->allow_extra_args(false);
    build_->add_option("--jobs", typed_.jobs, "Compilers at the same time; by default one for each CPU")
        ->type_name("N");

    delays_ = add_command(lab, "delays", "Measure how long after a write to cpu.max.runtime a throttled task executes");
    delays_->add_option("--kernel", typed_.kernels, "A kernel that has the file; may be given several times")
        ->type_name("FILE")
        ->allow_extra_args(false)
        ->required();
    delays_->add_option("--injections", typed_.injections, "How many writes; by default 200")->type_name("N");
    delays_->add_option("--seed", typed_.seed, "Seed of their moments; by default 1")->type_name("N");
    delays_->add_option("--svg", typed_.svg, "Also draw a picture")->type_name("FILE");

    selftest_ = add_command(lab, "selftest", "Run the scenario of the selftest that was posted with cpu.max.runtime");
    selftest_->add_option("--kernel", typed_.kernel, "A kernel that has the file")->type_name("FILE")->required();

    replay_ = add_command(lab, "replay", "Try counterexamples on a kernel");
    replay_->add_option("TRACE", typed_.traces, "Files that bwcheck check wrote")->required()->type_name("");
    replay_->add_option("--kernel", typed_.kernel, "debian-uml, debian-qemu, or a kernel's file")
        ->type_name("NAME|FILE")
        ->required();

    fuzz_ = add_command(lab, "fuzz", "Compare random scenarios on a kernel with virtual time, exactly");
    fuzz_->add_option("--kernel", typed_.kernel, "A kernel that bwcheck lab build made")->type_name("FILE")->required();
    fuzz_->add_option("--revision", typed_.revision, "The revision of the model to compare with")
        ->type_name("R")
        ->capture_default_str();
    fuzz_->add_option("--seed", typed_.seed, "Seed of the scenarios; by default 1")->type_name("N");
    fuzz_->add_option("--scenarios", typed_.scenarios, "How many; by default 10000")->type_name("N");
    fuzz_->add_option("--first", typed_.first, "The number of the first one; by default 0")->type_name("N");
    fuzz_->add_option("--budget", typed_.budget, "Begin nothing new after so many seconds")->type_name("SECONDS");
    fuzz_->add_option("--jobs", typed_.jobs, "Kernels at the same time; by default one for each CPU")->type_name("N");

    for (CLI::App* const command : {build_, delays_, selftest_, replay_, fuzz_}) {
        command->add_flag("--json", typed_.json, "Print JSON");
        command->add_flag("--quiet,-q", typed_.quiet, "No progress and no messages but errors");
    }
}

std::optional<lab_patch_command_line::chosen> lab_patch_command_line::read() const {
    if (build_->parsed())
        return build();
    if (delays_->parsed())
        return delays();
    if (selftest_->parsed())
        return lab_selftest_options{.kernel = typed_.kernel, .json = typed_.json, .quiet = typed_.quiet};
    if (replay_->parsed())
        return lab_replay_options{
            .traces = typed_.traces, .kernel = typed_.kernel, .json = typed_.json, .quiet = typed_.quiet};
    if (fuzz_->parsed())
        return fuzz();
    return std::nullopt;
}

lab_build_options lab_patch_command_line::build() const {
    lab_build_options read;
    if (typed_.tree.empty())
        throw text::input_error("--tree: must be the name of a directory");
    read.request.tree = typed_.tree;
    for (const std::string& patch : typed_.patches)
        text::require_file_name("--patch", patch);
    read.request.patches.assign(typed_.patches.begin(), typed_.patches.end());
    read.request.jobs = build_->count("--jobs") > 0
                            ? static_cast<unsigned>(whole_number("--jobs", typed_.jobs, 1, most_jobs))
                            : cpus_to_use(most_jobs);
    read.json = typed_.json;
    read.quiet = typed_.quiet;
    return read;
}

lab_fuzz_options lab_patch_command_line::fuzz() const {
    lab_fuzz_options read;
    read.kernel = typed_.kernel;
    check_revision(typed_.revision, lab::comparable_revisions());
    read.plan.revision = typed_.revision;
    if (fuzz_->count("--seed") > 0)
        read.plan.seed = whole_number("--seed", typed_.seed, 0, largest_seed);
    if (fuzz_->count("--scenarios") > 0)
        read.plan.scenarios = whole_number("--scenarios", typed_.scenarios, 1, most_scenarios);
    if (fuzz_->count("--first") > 0)
        read.plan.first = whole_number("--first", typed_.first, 0, most_scenarios);
    if (fuzz_->count("--budget") > 0)
        read.plan.budget_s = seconds("--budget", typed_.budget, longest_fuzzing);
    read.plan.jobs = fuzz_->count("--jobs") > 0
                         ? static_cast<unsigned>(whole_number("--jobs", typed_.jobs, 1, most_jobs))
                         : cpus_to_use(most_jobs);
    read.json = typed_.json;
    read.quiet = typed_.quiet;
    return read;
}

lab_delays_options lab_patch_command_line::delays() const {
    lab_delays_options read;
    read.kernels = typed_.kernels;
    if (delays_->count("--injections") > 0)
        read.plan.injections = whole_number("--injections", typed_.injections, 1, most_injections);
    if (delays_->count("--seed") > 0)
        read.plan.seed = whole_number("--seed", typed_.seed, 0, largest_seed);
    if (delays_->count("--svg") > 0)
        text::require_file_name("--svg", typed_.svg);
    read.svg = typed_.svg;
    read.json = typed_.json;
    read.quiet = typed_.quiet;
    return read;
}

} // namespace bwcheck::cli

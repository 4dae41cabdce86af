// run_mutants: puts the mutants of this build to the catalogue of properties, and says which property notices which.
// Ends with 0 if every mutant that none notices is explained, 10 if not, 1 for wrong usage or input.
#include "mutation/mutation_run.hpp"
#include "mutation/report.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <fstream>

namespace {

using namespace bwcheck;
using namespace bwcheck::mutation;

struct settings {
    unsigned jobs = 2;
    std::size_t every = 1;
    std::uint64_t random_cases = 100;
    std::vector<std::string> only;
    std::string trials = BWCHECK_SOURCE_DIR "/mutation/trials.toml";
    std::string explanations = BWCHECK_SOURCE_DIR "/mutation/equivalent.txt";
    std::string table;
    bool verbose = false;
};

std::vector<const listed_mutant*> chosen(const settings& settings) {
    std::vector<const listed_mutant*> all;
    for (const listed_mutant& one : all_mutants()) {
        const bool named = std::any_of(settings.only.begin(), settings.only.end(), [&](const std::string& text) {
            return one.id == text || one.key.find(text) != std::string::npos;
        });
        if (settings.only.empty() ? one.number % settings.every == 0 : named)
            all.push_back(&one);
    }
    if (all.empty())
        throw std::runtime_error("there is no such mutant");
    return all;
}

int run(const settings& settings) {
    const auto started = std::chrono::steady_clock::now();
    const auto explanations = read_explanations(settings.explanations);
    const model::scope scope = model::load_scope(settings.trials);
    mutation::run_options options;
    options.jobs = settings.jobs;
    options.random_cases = settings.random_cases;
    options.mutants = chosen(settings);
    mutation_run all(scope, options, [&](std::string_view text) {
        if (settings.verbose)
            fmt::print(stderr, "{}\n", text);
    });
    for (const answer& without : all.answers())
        if (!without.complete)
            throw std::runtime_error("a trial is too large for its limits even without a mistake; see --verbose");
    const auto fates = all.run();
    if (!settings.table.empty()) {
        std::ofstream out(settings.table);
        out << table_of(fates, explanations);
        if (!out.flush())
            throw std::runtime_error(fmt::format("cannot write {}", settings.table));
    }
    fmt::print("{}", summary_of(fates, explanations));
    fmt::print("{:.0f} s with {} processes, {} trials\n",
               std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count(), settings.jobs,
               all.trials().size());
    const complaints wrong = complaints_of(fates, explanations);
    for (const auto& [heading, lines] :
         {std::pair{"Not noticed, and not explained in mutation/equivalent.txt", &wrong.unexplained},
          std::pair{"Explained, and noticed all the same", &wrong.stale},
          std::pair{"Explained, but there is no such mutant", &wrong.unknown}}) {
        if (!lines->empty())
            fmt::print("\n{}:\n", heading);
        for (const std::string& line : *lines)
            fmt::print("  {}\n", line);
    }
    return wrong.none() ? 0 : 10;
}

} // namespace

int main(int argc, char** argv) {
    settings settings;
    CLI::App app("Runs the mutants of the model");
    app.add_option("--jobs", settings.jobs, "processes at a time")->check(CLI::PositiveNumber);
    app.add_option("--every", settings.every, "run one in so many mutants")->check(CLI::PositiveNumber);
    app.add_option("--only", settings.only, "run these: an id, or part of a key");
    app.add_option("--random-cases", settings.random_cases, "cases of each random trial");
    app.add_option("--trials", settings.trials, "scope file")->check(CLI::ExistingFile);
    app.add_option("--explanations", settings.explanations, "who cannot be noticed, and why")->check(CLI::ExistingFile);
    app.add_option("--table", settings.table, "write a line for each mutant");
    app.add_flag("--verbose", settings.verbose, "say what is going on");
    CLI11_PARSE(app, argc, argv);
    try {
        return run(settings);
    } catch (const std::exception& error) {
        fmt::print(stderr, "run_mutants: {}\n", error.what());
        return 1;
    }
}

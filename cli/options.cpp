#include "cli/options.hpp"

#include "cli/engines.hpp"
#include "cli/known_names.hpp"
#include "cli/machine_size.hpp"
#include "cli/numbers.hpp"
#include "cli/shard.hpp"
#include "cli/standard_output.hpp"
#include "text/did_you_mean.hpp"
#include "text/input_error.hpp"
#include "text/printable.hpp"
#include "text/text_file.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <string_view>

namespace bwcheck::cli {

namespace {

using text::printable;

constexpr std::uint64_t most_memory_mib = std::uint64_t{1} << 24U; // 16 TiB
constexpr double longest_budget = 1e9;
constexpr std::uint64_t most_cases = 1'000'000'000'000;
constexpr std::uint64_t usual_cases = 200;
constexpr std::string_view usual_corpus = "counterexamples/corpus"; // there is one where bwcheck itself is developed

/// What was typed, before it is checked.
struct typed {
    std::string listing;
    std::string list_as;
    std::vector<std::string> revisions;
    std::vector<std::string> properties;
    std::vector<std::string> engines;
    std::string scope{default_scope()};
    std::string budget;
    std::string memory;
    std::string jobs;
    std::string traces = "bwcheck-traces";
    std::string smt2;
    std::string seed;
    std::string cases;
    std::string junit;
    std::string ktap;
    std::string corpus{usual_corpus};
    std::vector<std::string> shards;
    std::string shard;
    std::string expect;
    std::string write_expect;
    std::string colour = "auto";
    std::string trace;
    std::string revision;
    bool json = false;
    bool b4 = false;
    bool no_corpus = false;
    bool save = false;
    bool second_opinion = false;
    bool quiet = false;
    bool verbose = false;
    bool full = false;
    bool diff = false;
};

class command_line {
public:
    command_line() {
        prepare_arguments(app_);
        declare_list();
        declare_check();
        declare_merge();
        declare_show();
        declare_replay();
        // To be listed: main() gives all of its command line to another program.
        add_command(app_, "lab", "Hold real kernels against the model");
        app_.footer(
            "Exit status: 0 all hold, 10 something is violated, 5 inconclusive, 1 usage or input error, 6 internal "
            "error.\nbwcheck COMMAND --help tells the options of a command.");
    }

    [[nodiscard]] cli::command read(int argc, const char* const* argv) {
        require_command(app_, "", argc > 1 ? argv[1] : nullptr);
        if (auto text = parse_arguments(app_, argc, argv))
            return *std::move(text);
        if (list_->parsed())
            return list();
        if (check_->parsed())
            return check();
        if (merge_->parsed())
            return merge();
        if (show_->parsed())
            return show();
        return replay();
    }

private:
    void declare_list() {
        list_ = add_command(app_, "list", "List revisions, properties and scopes");
        list_->add_option("WHAT", typed_.listing, "revisions, properties or scopes; otherwise all of them")
            ->type_name("");
        auto* const as_json = list_->add_flag("--json", typed_.json, "Print JSON");
        add_value(list_, "--as", typed_.list_as, "FORMAT", "dot: the graph of the revisions, for Graphviz")
            ->excludes(as_json);
    }

    void declare_check() {
        check_ = add_command(app_, "check", "Check which properties hold of a revision");
        check_
            ->add_option("REVISION", typed_.revisions,
                         "What to check: one of bwcheck list revisions, or a header with a patch")
            ->required()
            ->type_name("");
        several(check_, "--property", typed_.properties, "ID", "Check this property only; may be given several times");
        several(check_, "--engine", typed_.engines, "NAME",
                fmt::format("How to check: {}; by default all of them", fmt::join(engine_names(), ", ")))
            ->delimiter(',');
        add_value(check_, "--scope", typed_.scope, "NAME|FILE",
                  "How far to look: a scope of bwcheck list scopes, or a TOML file")
            ->capture_default_str();
        add_value(check_, "--budget", typed_.budget, "SECONDS",
                  "Stop after this time; what is not explored then is inconclusive");
        add_value(check_, "--memory", typed_.memory, "MIB",
                  "Stop before states take more memory; by default half of the machine's");
        add_value(check_, "--seed", typed_.seed, "N", "First seed of the random engine; by default 1");
        add_value(check_, "--cases", typed_.cases, "N",
                  "Random cases, one a seed; by default 200, or as many as the budget allows");
        add_value(check_, "--shard", typed_.shard, "I/N",
                  "Do the share of machine I of N: of the random cases, or of the properties of other engines");
        add_value(check_, "--jobs", typed_.jobs, "N", "Threads; by default one for each CPU");
        declare_reports(check_);
        add_value(check_, "--traces", typed_.traces, "DIR", "Where counterexamples go, as REVISION/PROPERTY.json")
            ->capture_default_str();
        auto* const corpus = add_value(check_, "--corpus", typed_.corpus, "DIR",
                                       "Saved counterexamples, tried again first, as REVISION/PROPERTY.json")
                                 ->capture_default_str();
        auto* const none = check_->add_flag("--no-corpus", typed_.no_corpus, "Try none of them")->excludes(corpus);
        check_->add_flag("--save", typed_.save, "Add the counterexamples that are found to them")->excludes(none);
        add_value(check_, "--smt2", typed_.smt2, "DIR", "Write what the engine prove has to decide, as SMT-LIB 2");
        check_->add_flag("--second-opinion", typed_.second_opinion, "Have cvc5 decide what the engine prove did, too");
        declare_colour(check_);
        auto* const quiet = check_->add_flag("--quiet,-q", typed_.quiet, "No progress and no messages but errors");
        check_->add_flag("--verbose,-v", typed_.verbose, "Also print counterexamples, and what never happened")
            ->excludes(quiet);
    }

    void declare_merge() {
        merge_ = add_command(app_, "merge", "Put the results of machines that shared a suite together");
        merge_->add_option("RESULTS", typed_.shards, "Files with what bwcheck check --json printed")
            ->required()
            ->type_name("");
        declare_reports(merge_);
        declare_colour(merge_);
    }

    /// What check and merge print and write for other programs.
    void declare_reports(CLI::App* to) {
        auto* const as_json = to->add_flag("--json", typed_.json, "Print JSON");
        to->add_flag("--b4", typed_.b4, "Print the JSON array that b4's check commands print")->excludes(as_json);
        add_value(to, "--junit", typed_.junit, "FILE", "Also write a JUnit report");
        add_value(to, "--ktap", typed_.ktap, "FILE", "Also write a KTAP report");
        add_value(to, "--expect", typed_.expect, "FILE",
                  "Compare with known verdicts: exit with 0 if all are as expected, and with 10 if not");
        add_value(to, "--write-expect", typed_.write_expect, "FILE", "Write the verdicts as a file for --expect");
    }

    void declare_show() {
        show_ = add_command(app_, "show", "Show a counterexample");
        show_->add_option("TRACE", typed_.trace, "A file that bwcheck check wrote")->required()->type_name("");
        auto* const full = show_->add_flag("--full", typed_.full, "Every event, and every field after it");
        show_->add_flag("--diff", typed_.diff, "Every event, and every change")->excludes(full);
        declare_colour(show_);
    }

    void declare_replay() {
        replay_ = add_command(app_, "replay", "Run a counterexample again");
        replay_->add_option("TRACE", typed_.trace, "A file that bwcheck check wrote")->required()->type_name("");
        add_value(replay_, "--revision", typed_.revision, "R",
                  "Run it on this revision, or that of a header, instead of its own");
        declare_colour(replay_);
    }

    /// One value each time it is given: otherwise the option would swallow the revisions that follow it.
    static CLI::Option* several(CLI::App* to, const std::string& name, std::vector<std::string>& values,
                                const std::string& type, const std::string& about) {
        return to->add_option(name, values, about)->type_name(type)->allow_extra_args(false);
    }

    void declare_colour(CLI::App* to) {
        add_value(to, "--color", typed_.colour, "WHEN", "auto, always or never; auto heeds NO_COLOR")
            ->capture_default_str();
    }

    [[nodiscard]] colour_choice colour() const {
        static const std::map<std::string_view, colour_choice> choices{
            {"auto", colour_choice::automatic}, {"always", colour_choice::always}, {"never", colour_choice::never}};
        const auto found = choices.find(typed_.colour);
        if (found == choices.end())
            throw text::input_error(fmt::format("--color: must be auto, always or never, not \"{}\"",
                                                text::printable(typed_.colour, text::most_repeated)));
        return found->second;
    }

    [[nodiscard]] list_options list() const {
        static const std::map<std::string_view, listing> listings{{"", listing::all},
                                                                  {"revisions", listing::revisions},
                                                                  {"properties", listing::properties},
                                                                  {"scopes", listing::scopes}};
        const auto found = listings.find(typed_.listing);
        if (found == listings.end())
            throw text::input_error(text::no_such("list of", typed_.listing, {"revisions", "properties", "scopes"}));
        if (list_->count("--as") > 0 && typed_.list_as != "dot")
            throw text::input_error(
                fmt::format("--as: must be dot, not \"{}\"", text::printable(typed_.list_as, text::most_repeated)));
        const bool dot = list_->count("--as") > 0;
        if (dot && found->second != listing::revisions)
            throw text::input_error("--as dot: is for bwcheck list revisions");
        return {.what = found->second, .json = typed_.json, .dot = dot};
    }

    [[nodiscard]] check_options check() const {
        for (const std::string& property : typed_.properties)
            static_cast<void>(property_of(property));
        for (const std::string& engine : typed_.engines)
            check_engine(engine);
        if (typed_.traces.empty())
            throw text::input_error("--traces: must be the name of a directory");
        check_options read;
        for (const std::string& revision : typed_.revisions)
            read.revisions.push_back(resolve(revision));
        read.properties = typed_.properties;
        read.engines = typed_.engines.empty() ? engine_names() : typed_.engines;
        read.scope = typed_.scope;
        read.scope_given = check_->count("--scope") > 0;
        read.traces = typed_.traces;
        const bool proves = std::any_of(read.engines.begin(), read.engines.end(),
                                        [](const std::string& name) { return engine_named(name).proves(); });
        if (!proves && (check_->count("--smt2") > 0 || typed_.second_opinion))
            throw text::input_error(
                fmt::format("{}: is for engines that prove, and none of those that are asked for does",
                            typed_.second_opinion ? "--second-opinion" : "--smt2"));
        if (check_->count("--smt2") > 0 && typed_.smt2.empty())
            throw text::input_error("--smt2: must be the name of a directory");
        read.smt2 = typed_.smt2;
        read.second_opinion = typed_.second_opinion;
        if (check_->count("--budget") > 0)
            read.budget_seconds = seconds("--budget", typed_.budget, longest_budget);
        if (check_->count("--seed") > 0)
            read.seed = whole_number("--seed", typed_.seed, 0, largest_seed);
        if (check_->count("--cases") > 0)
            read.cases = whole_number("--cases", typed_.cases, 1, most_cases);
        else if (read.budget_seconds == 0)
            read.cases = usual_cases;
        static_cast<report_files&>(read) = reports(check_);
        read.corpus = corpus();
        read.save = typed_.save;
        constexpr unsigned bytes_per_mib_shift = 20;
        read.memory_bytes = check_->count("--memory") > 0
                                ? whole_number("--memory", typed_.memory, 1, most_memory_mib) << bytes_per_mib_shift
                                : physical_memory() / 2;
        read.jobs = check_->count("--jobs") > 0
                        ? static_cast<unsigned>(whole_number("--jobs", typed_.jobs, 1, most_jobs))
                        : cpus_to_use(most_jobs);
        read.json = typed_.json;
        read.b4 = typed_.b4;
        read.quiet = typed_.quiet;
        read.verbose = typed_.verbose;
        read.colour = colour();
        return check_->count("--shard") > 0 ? share_of(std::move(read), typed_.shard) : read;
    }

    [[nodiscard]] report_files reports(const CLI::App* of) const {
        for (const auto& [option, file] :
             {std::pair("--junit", &typed_.junit), std::pair("--ktap", &typed_.ktap),
              std::pair("--expect", &typed_.expect), std::pair("--write-expect", &typed_.write_expect)})
            if (of->count(option) > 0)
                text::require_file_name(option, *file);
        return {
            .junit = typed_.junit, .ktap = typed_.ktap, .expect = typed_.expect, .write_expect = typed_.write_expect};
    }

    /// The directory of saved counterexamples; empty if there is none.
    [[nodiscard]] std::string corpus() const {
        if (check_->count("--corpus") > 0) {
            // One that --save is to begin need not be there yet.
            if (typed_.corpus.empty() || (!typed_.save && !std::filesystem::is_directory(typed_.corpus)))
                throw text::input_error(fmt::format("--corpus: there is no directory \"{}\"",
                                                    text::printable(typed_.corpus, text::most_repeated)));
            return typed_.corpus;
        }
        if (!typed_.no_corpus && std::filesystem::is_directory(typed_.corpus))
            return typed_.corpus;
        if (typed_.save)
            throw text::input_error(
                fmt::format("--save: there is no {} here; name another directory with --corpus", typed_.corpus));
        return "";
    }

    [[nodiscard]] merge_options merge() const {
        merge_options read;
        static_cast<report_files&>(read) = reports(merge_);
        read.shards = typed_.shards;
        read.json = typed_.json;
        read.b4 = typed_.b4;
        read.colour = colour();
        return read;
    }

    [[nodiscard]] show_options show() const {
        show_options read{.trace = typed_.trace, .detail = counterexamples::detail_level::readable, .colour = colour()};
        if (typed_.full)
            read.detail = counterexamples::detail_level::full;
        if (typed_.diff)
            read.detail = counterexamples::detail_level::diff;
        return read;
    }

    [[nodiscard]] replay_options replay() const {
        replay_options read{.trace = typed_.trace, .revision = std::nullopt, .colour = colour()};
        if (replay_->count("--revision") > 0)
            read.revision = resolve(typed_.revision);
        return read;
    }

    /// The id of what was given for a revision.
    [[nodiscard]] std::string resolve(const std::string& given) const {
        return resolve_revision(given, [this](std::string_view header) {
            if (!typed_.quiet)
                say(fmt::format("compiling {}", printable(header)));
        });
    }

    CLI::App app_{"Checks properties of CFS bandwidth control, the CPU limit of Linux control groups.", "bwcheck"};
    CLI::App* list_ = nullptr;
    CLI::App* check_ = nullptr;
    CLI::App* merge_ = nullptr;
    CLI::App* show_ = nullptr;
    CLI::App* replay_ = nullptr;
    typed typed_;
};

} // namespace

command read_command_line(int argc, const char* const* argv) { return command_line().read(argc, argv); }

} // namespace bwcheck::cli

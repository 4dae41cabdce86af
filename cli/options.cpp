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
constexpr std::size_t least_width = 40;
constexpr std::size_t most_width = 400;
constexpr std::string_view usual_corpus = "counterexamples/corpus"; // there is one where bwcheck itself is developed

/// What was typed, before it is checked.
struct typed {
    std::string listing;
    std::string list_as;
    std::string as;
    std::string output;
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
    std::string sarif;
    std::string corpus{usual_corpus};
    std::vector<std::string> shards;
    std::string shard;
    std::string expect;
    std::string write_expect;
    std::string colour = "auto";
    std::string trace;
    std::string revision;
    std::vector<std::string> writes;
    std::string step;
    std::string branch;
    std::string width;
    std::string against;
    bool new_only = false;
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
        declare_diff();
        declare_ask();
        declare_reach();
        declare_show();
        declare_replay();
        declare_export();
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
        if (diff_->parsed())
            return diff();
        if (ask_->parsed())
            return ask();
        if (reach_->parsed())
            return reach();
        if (show_->parsed())
            return show();
        if (export_->parsed())
            return exported();
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
        add_value(check_, "--against", typed_.against, "BASE",
                  "Tell first what changes against this revision; by default the one that a patch is posted on. none: "
                  "compare with nothing");
        check_->add_flag("--new-only", typed_.new_only, "Exit with 10 only for what the base does not violate");
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

    void declare_diff() {
        diff_ = add_command(app_, "diff", "Tell what is different between two revisions");
        diff_->add_option("REVISIONS", typed_.revisions, "Two revisions, or headers with one")
            ->required()
            ->expected(2)
            ->type_name("");
        declare_bounds(diff_);
        diff_->add_flag("--json", typed_.json, "Print JSON");
        declare_colour(diff_);
    }

    void declare_ask() {
        ask_ =
            add_command(app_, "ask", "Tell what writes to a new group are answered with, and what its files read then");
        ask_->add_option("REVISION", typed_.revision, "Which revision is asked; others are compared with it")
            ->required()
            ->type_name("");
        ask_->add_option("WRITE", typed_.writes, "A file and what is written to it: \"cpu.max 20000 100000\"")
            ->required()
            ->type_name("");
        ask_->add_flag("--json", typed_.json, "Print JSON");
    }

    void declare_reach() {
        reach_ = add_command(app_, "reach", "Find a shortest run that gets to a step or a branch");
        reach_->add_option("REVISION", typed_.revision, "Whose runs")->required()->type_name("");
        auto* const step = add_value(reach_, "--step", typed_.step, "NAME", "A kernel function that is a step");
        add_value(reach_, "--branch", typed_.branch, "NAME", "A branch")->excludes(step);
        declare_bounds(reach_);
        declare_colour(reach_);
    }

    /// How far to explore, and how wide to tell it.
    void declare_bounds(CLI::App* to) {
        add_value(to, "--scope", typed_.scope, "NAME|FILE",
                  "How far to look: a scope of bwcheck list scopes, or a TOML file")
            ->capture_default_str();
        add_value(to, "--memory", typed_.memory, "MIB",
                  "Stop before states take more memory; by default half of the machine's");
        add_value(to, "--jobs", typed_.jobs, "N", "Threads; by default one for each CPU");
        declare_width(to);
    }

    void declare_width(CLI::App* to) {
        add_value(to, "--width", typed_.width, "COLUMNS", "How wide the text is; by default as the terminal, or 80");
    }

    /// What check and merge print and write for other programs.
    void declare_reports(CLI::App* to) {
        auto* const as_json = to->add_flag("--json", typed_.json, "Print JSON");
        to->add_flag("--b4", typed_.b4, "Print the JSON array that b4's check commands print")->excludes(as_json);
        add_value(to, "--junit", typed_.junit, "FILE", "Also write a JUnit report");
        add_value(to, "--ktap", typed_.ktap, "FILE", "Also write a KTAP report");
        add_value(to, "--sarif", typed_.sarif, "FILE", "Also write a SARIF 2.1.0 log");
        add_value(to, "--expect", typed_.expect, "FILE",
                  "Compare with known verdicts: exit with 0 if all are as expected, and with 10 if not");
        add_value(to, "--write-expect", typed_.write_expect, "FILE", "Write the verdicts as a file for --expect");
    }

    void declare_show() {
        show_ = add_command(app_, "show", "Show a counterexample");
        show_->add_option("TRACE", typed_.trace, "A file that bwcheck check wrote")->required()->type_name("");
        auto* const full = show_->add_flag("--full", typed_.full, "Every event, and every field after it");
        show_->add_flag("--diff", typed_.diff, "Every event, and every change")->excludes(full);
        declare_width(show_);
        declare_colour(show_);
    }

    void declare_replay() {
        replay_ = add_command(app_, "replay", "Run a counterexample again");
        replay_->add_option("TRACE", typed_.trace, "A file that bwcheck check wrote")->required()->type_name("");
        add_value(replay_, "--revision", typed_.revision, "R",
                  "Run it on this revision, or that of a header, instead of its own");
        declare_colour(replay_);
    }

    void declare_export() {
        export_ = add_command(app_, "export", "Write a counterexample for other tools, or as a mail");
        export_->add_option("TRACE", typed_.trace, "A file that bwcheck check wrote")->required()->type_name("");
        add_value(export_, "--as", typed_.as, "FORMAT",
                  "itf, for Apalache; perfetto, a timeline for ui.perfetto.dev; mail, plain text")
            ->required();
        add_value(export_, "--output,-o", typed_.output, "FILE", "Where it goes; otherwise to standard output");
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
        read.against = against();
        read.new_only = typed_.new_only;
        if (read.new_only)
            for (const std::string& revision : read.revisions)
                if (base_of(revision, read.against) == nullptr)
                    throw text::input_error(fmt::format(
                        "--new-only: {} is posted on nothing; --against BASE says what to hold it against", revision));
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
        read.memory_bytes = memory(check_);
        read.jobs = jobs(check_);
        read.json = typed_.json;
        read.b4 = typed_.b4;
        read.quiet = typed_.quiet;
        read.verbose = typed_.verbose;
        read.colour = colour();
        if (check_->count("--shard") == 0)
            return read;
        if (check_->count("--against") > 0 || read.new_only)
            throw text::input_error("--shard: machines that share a check hold nothing against a base; check a whole "
                                    "one for that");
        read.against = no_base;
        return share_of(std::move(read), typed_.shard);
    }

    [[nodiscard]] std::uint64_t memory(const CLI::App* of) const {
        constexpr unsigned bytes_per_mib_shift = 20;
        return of->count("--memory") > 0
                   ? whole_number("--memory", typed_.memory, 1, most_memory_mib) << bytes_per_mib_shift
                   : physical_memory() / 2;
    }
    [[nodiscard]] unsigned jobs(const CLI::App* of) const {
        return of->count("--jobs") > 0 ? static_cast<unsigned>(whole_number("--jobs", typed_.jobs, 1, most_jobs))
                                       : cpus_to_use(most_jobs);
    }
    [[nodiscard]] std::size_t width(const CLI::App* of) const {
        return of->count("--width") > 0 ? whole_number("--width", typed_.width, least_width, most_width)
                                        : std::clamp(output_width(), least_width, most_width);
    }
    [[nodiscard]] bounds_options bounds(const CLI::App* of) const {
        return {.scope = typed_.scope,
                .jobs = jobs(of),
                .memory_bytes = memory(of),
                .width = width(of),
                .colour = colour()};
    }

    [[nodiscard]] diff_options diff() const {
        diff_options read;
        static_cast<bounds_options&>(read) = bounds(diff_);
        read.first = resolve(typed_.revisions.at(0));
        read.second = resolve(typed_.revisions.at(1));
        if (read.first == read.second)
            throw text::input_error(fmt::format("diff: both are {}; name two revisions", read.first));
        read.json = typed_.json;
        return read;
    }

    [[nodiscard]] ask_options ask() const {
        ask_options read;
        read.revision = resolve(typed_.revision);
        for (const std::string& write : typed_.writes)
            read.writes.push_back(write_of(write));
        read.json = typed_.json;
        return read;
    }

    [[nodiscard]] reach_options reach() const {
        reach_options read;
        static_cast<bounds_options&>(read) = bounds(reach_);
        read.revision = resolve(typed_.revision);
        if (reach_->count("--step") + reach_->count("--branch") == 0)
            throw text::input_error("reach: --step NAME or --branch NAME says where to");
        if (reach_->count("--step") > 0)
            read.place.step = named<model::step>("step", typed_.step);
        else
            read.place.branch = named<model::branch>("branch", typed_.branch);
        return read;
    }

    /// The one of that name, of an enumeration that ends with `count`.
    template <class Kind>
    [[nodiscard]] static Kind named(std::string_view what, const std::string& name) {
        std::vector<std::string_view> known;
        for (std::size_t number = 0; number < static_cast<std::size_t>(Kind::count); ++number) {
            known.push_back(model::to_string(static_cast<Kind>(number)));
            if (known.back() == name)
                return static_cast<Kind>(number);
        }
        throw text::input_error(text::no_such(what, name, known));
    }

    /// What patches are held against: an id, "none", or empty for what each is posted on.
    [[nodiscard]] std::string against() const {
        if (check_->count("--against") == 0 || typed_.against == no_base)
            return typed_.against;
        return resolve(typed_.against);
    }

    [[nodiscard]] report_files reports(const CLI::App* of) const {
        for (const auto& [option, file] : {std::pair("--junit", &typed_.junit), std::pair("--ktap", &typed_.ktap),
                                           std::pair("--sarif", &typed_.sarif), std::pair("--expect", &typed_.expect),
                                           std::pair("--write-expect", &typed_.write_expect)})
            if (of->count(option) > 0)
                text::require_file_name(option, *file);
        return {.junit = typed_.junit,
                .ktap = typed_.ktap,
                .sarif = typed_.sarif,
                .expect = typed_.expect,
                .write_expect = typed_.write_expect};
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
        read.width = width(show_);
        if (typed_.full)
            read.detail = counterexamples::detail_level::full;
        if (typed_.diff)
            read.detail = counterexamples::detail_level::diff;
        return read;
    }

    [[nodiscard]] export_options exported() const {
        static const std::map<std::string_view, export_format> formats{
            {"itf", export_format::itf}, {"mail", export_format::mail}, {"perfetto", export_format::perfetto}};
        const auto found = formats.find(typed_.as);
        if (found == formats.end())
            throw text::input_error(text::no_such("format", typed_.as, {"itf", "mail", "perfetto"}));
        if (export_->count("--output") > 0)
            text::require_file_name("--output", typed_.output);
        return {.trace = typed_.trace, .as = found->second, .output = typed_.output};
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
    CLI::App* diff_ = nullptr;
    CLI::App* ask_ = nullptr;
    CLI::App* reach_ = nullptr;
    CLI::App* show_ = nullptr;
    CLI::App* replay_ = nullptr;
    CLI::App* export_ = nullptr;
    typed typed_;
};

} // namespace

command read_command_line(int argc, const char* const* argv) { return command_line().read(argc, argv); }

} // namespace bwcheck::cli

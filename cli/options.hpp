// The command line, read and checked: what comes out of here can be done.
#pragma once

#include "cli/arguments.hpp"
#include "cli/colour_choice.hpp"
#include "counterexamples/render.hpp"
#include "explorer/paired_system.hpp"
#include "model/scope.hpp"
#include "text/input_error.hpp"
#include "verdicts/shard.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace bwcheck::cli {

/// What a list command lists.
enum class listing : std::uint8_t { all, revisions, properties, scopes };

struct list_options {
    listing what = listing::all;
    bool json = false;
    bool dot = false; ///< the graph of the revisions, for Graphviz
};

/// Files for continuous integration. Empty: none.
struct report_files {
    std::string junit;        ///< a JUnit report
    std::string ktap;         ///< a KTAP report
    std::string sarif;        ///< a SARIF log
    std::string expect;       ///< the verdicts that are known
    std::string write_expect; ///< where to write such a file
};

struct check_options : report_files {
    std::vector<std::string> revisions;
    std::vector<std::string> properties;  ///< ids; empty: all
    std::optional<verdicts::shard> shard; ///< what this is a share of; empty: it is the whole
    std::vector<std::string> engines;     ///< names
    std::string scope;                    ///< a name or a file
    bool scope_given = false;             ///< otherwise the random engine runs at the kernel's constants
    std::uint64_t seed = 1;               ///< of the first random case
    std::uint64_t cases = 0;              ///< random cases; 0: as many as the budget allows
    double budget_seconds = 0;            ///< for the whole command; 0: none
    std::uint64_t memory_bytes = 0;
    unsigned jobs = 1;
    std::string traces;          ///< the directory
    std::string corpus;          ///< the directory of saved counterexamples; empty: none
    bool save = false;           ///< add to it what is found
    std::string smt2;            ///< a directory for the prover's obligations; empty: none
    bool second_opinion = false; ///< cvc5 decides the prover's obligations as well
    std::string against;         ///< the base of all of them; empty: what each is posted on
    bool new_only = false;       ///< only what a patch changes is a failure
    bool json = false;
    bool b4 = false; ///< print what b4's check commands print
    bool quiet = false;
    bool verbose = false;
    colour_choice colour = colour_choice::automatic;
};

struct merge_options : report_files {
    std::vector<std::string> shards; ///< files with what check --json printed
    bool json = false;
    bool b4 = false;
    colour_choice colour = colour_choice::automatic;
};

/// What explores has.
struct bounds_options {
    std::string scope; ///< a name or a file
    unsigned jobs = 1;
    std::uint64_t memory_bytes = 0;
    std::size_t width = 0; ///< of text, in columns
    colour_choice colour = colour_choice::automatic;
};

struct diff_options : bounds_options {
    std::string first;
    std::string second;
    bool json = false;
};

struct reach_options : bounds_options {
    std::string revision;
    explorer::place place;
    std::uint64_t most_states = 0; ///< of a part; 0: all
};

struct ask_options {
    std::string revision;
    std::vector<model::scope_write> writes;
    bool json = false;
};

struct show_options {
    std::string trace;
    counterexamples::detail_level detail = counterexamples::detail_level::readable;
    std::size_t width = 0; ///< in columns
    colour_choice colour = colour_choice::automatic;
};

enum class export_format : std::uint8_t { itf, perfetto, mail };

struct export_options {
    std::string trace;
    export_format as = export_format::itf;
    std::string output; ///< a file; empty: standard output
};

struct replay_options {
    std::string trace;
    std::optional<std::string> revision; ///< empty: the trace's own
    colour_choice colour = colour_choice::automatic;
};

/// What bwcheck is asked to do.
using command = std::variant<list_options, check_options, merge_options, diff_options, ask_options, reach_options,
                             show_options, replay_options, export_options, text_options>;

/// Throws text::input_error.
[[nodiscard]] command read_command_line(int argc, const char* const* argv);

} // namespace bwcheck::cli

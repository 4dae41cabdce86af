// Runs a function on symbolic numbers once for each way through it.
//
// A comparison of symbolic numbers asks decide(), which says what it is on this path; the function is run again until
// every feasible way was taken. Ways that no input takes are cut where they begin. Each cut, and each operation that
// never leaves the range of its type, rests on an obligation: a premise (the path so far) that implies a goal. The path
// solver finds them to be true as it goes; whoever does not trust it decides them again (obligation.hpp).
#pragma once

#include "model/source_place.hpp"
#include "symbolic/expression.hpp"
#include "symbolic/z3_solver.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace bwcheck::symbolic {

/// `premise`, which is as much of a path as it takes, implies `goal`. `witness` satisfies the path and the goal, so
/// that neither is vacuous; it is empty and `has_witness` false if none was found.
struct obligation {
    enum class kind : std::uint8_t {
        cut,     ///< a comparison can turn out only one way
        no_wrap, ///< an operation stays within its type
        divisor, ///< a divisor is not 0
    };
    kind what = kind::cut;
    model::source_place where;
    std::vector<literal> premise;
    literal goal;
    assignment witness;
    bool has_witness = false;
};

/// An operation that leaves the range of its type, with inputs for which it does.
struct wrap_finding {
    char operation = '?'; ///< '+', '-', '*', '<' (shift left); '/' stands for a division by 0
    model::source_place where;
    std::vector<literal> taken; ///< what is true of inputs that come this far and make it wrap
    assignment inputs;
};

/// One way through the function.
struct path {
    std::vector<literal> taken; ///< what is true of the inputs that go this way
    assignment witness;         ///< inputs that go this way, choices among them
    bool has_witness = false;   ///< false: the solver did not say whether there are any
};

/// What is known to be true on a path, and what follows from it at a glance.
class known_facts {
public:
    explicit known_facts(expression_table& table) : table_(table) {}

    void add(literal l);
    /// Adds what makes a quotient what it is, and the bounds that it has from those of its operands at this point.
    void add_quotient(atom_number number);
    /// Whether `l` is true or false, if that can be seen from one fact about the same expression up to a constant.
    [[nodiscard]] std::optional<bool> say(literal l) const;
    void clear();

private:
    void raise(expression e, int128 least);
    [[nodiscard]] std::optional<int128> least_known(expression e) const;
    [[nodiscard]] bool at_least(expression e, int128 bound) const;
    [[nodiscard]] expression_table::bounds bounds_of(expression e) const;

    expression_table& table_;
    std::map<expression, int128> least_; ///< lower bounds of expressions without a constant
    std::set<literal> literals_;
};

struct enumeration_limits {
    std::size_t decisions = 2000; ///< on one path; a path that needs more is said to be unfinished
    std::size_t paths = 100'000;
    std::uint64_t steps = 0; ///< of the solver, for all of it (z3_path_solver::steps()); 0: any
    solver_limits each;      ///< of the questions along a path; all of it ends at each.until
};

/// What the enumeration itself has to say; paths are handed out as they end.
struct enumeration {
    std::uint64_t paths = 0;          ///< that came to their end
    std::uint64_t steps = 0;          ///< of the solver
    std::uint64_t unfinished = 0;     ///< that reached a limit of `decisions`
    std::uint64_t unknown = 0;        ///< questions that the solver did not answer
    std::uint64_t unknown_checks = 0; ///< of those, about an operation's result
    bool complete = true;             ///< every way was taken; else `reason`
    std::string reason;
    std::vector<obligation> obligations;
    std::vector<wrap_finding> wraps; ///< one for each operation that can wrap, the first that was found
};

class path_enumerator {
public:
    explicit path_enumerator(const enumeration_limits& limits);
    ~path_enumerator();
    path_enumerator(const path_enumerator&) = delete;
    path_enumerator& operator=(const path_enumerator&) = delete;

    /// Thrown to leave a path that does not count. Functions that are enumerated let it pass.
    struct abandoned {};

    /// Calls body() once for each path, and at_end(path) after each that counts; at_end returns whether to go on.
    [[nodiscard]] enumeration for_each_path(const std::function<void()>& body,
                                            const std::function<bool(const path&)>& at_end);

    /// The enumerator that runs a function on this thread. Throws std::logic_error if there is none.
    [[nodiscard]] static path_enumerator& current();

    [[nodiscard]] expression_table& table() { return table_; }
    /// The wraps that were found so far.
    [[nodiscard]] const std::vector<wrap_finding>& wraps() const { return result_.wraps; }

    // What the function asks, through its numbers and inputs.

    /// Whether `l` holds on this path.
    [[nodiscard]] bool decide(literal l, model::source_place where);
    /// Goes on only with inputs for which `l` holds.
    void assume(literal l, model::source_place where);
    /// Goes on with each of 0 .. `alternatives` - 1. `name` is what it is called among the inputs.
    [[nodiscard]] unsigned choose(const std::string& name, unsigned alternatives);
    /// A choice that other choices leave no alternative to: only remembered among the inputs.
    void note(const std::string& name, unsigned chosen) { choices_[name] = chosen; }
    /// The result of an operation whose result in unbounded integers is `exact`. `operation` as in wrap_finding; ' '
    /// for a conversion, whose wrap is not a finding.
    [[nodiscard]] expression fit(expression exact, machine_type type, char operation, model::source_place where);
    /// Makes sure that `divisor` is not 0: goes on only with inputs for which it isn't, and reports it if there are
    /// others.
    void need_divisor(expression divisor, model::source_place where);
    /// a / b rounded down, where b is known to be positive.
    [[nodiscard]] expression quotient(expression a, expression b);
    /// A number that wrapped, as an input of its own: what the path says of its value stays, how it came about is
    /// forgotten. More inputs than there are may take the path afterwards, and much simpler questions are asked on it.
    /// Other expressions stay what they are.
    [[nodiscard]] expression forget_origin(expression e, std::string_view name, model::source_place where);
    /// Whether wraps are findings from here on. True at the beginning of each path.
    void report_wraps(bool report) { reports_ = report; }

private:
    // What happened at one point of the path, in order, so that the next run can go the same way up to a point.
    struct decision {
        enum class kind : std::uint8_t { forced, fork, assumed, checked, chosen };
        kind what = kind::forced;
        bool result = false;
        literal added{};    // fork, assumed: what joins the path; forced, checked: what is known besides
        bool open = false;  // fork: the other side is still to be taken
        assignment witness; // fork, assumed: inputs that go on from here
        bool has_witness = false;
        assignment other_witness; // fork: inputs that take the other side
        bool has_other_witness = false;
        unsigned alternative = 0; // chosen
        unsigned alternatives = 0;
        std::string name;
    };

    void begin_path();
    [[nodiscard]] bool next_path();
    [[nodiscard]] const decision* replayed();
    const decision& record(decision made);
    void apply(const decision& made);
    [[nodiscard]] answer ask(literal next, assignment& values, std::vector<literal>& core);
    [[nodiscard]] bool always(literal goal, obligation::kind kind, model::source_place where,
                              std::optional<assignment>& counterexample);
    void oblige(obligation::kind kind, literal goal, model::source_place where, const std::vector<literal>& premise);
    [[nodiscard]] bool follows(literal goal) const;
    [[nodiscard]] std::optional<bool> seen(literal l) const;
    void report(char operation, model::source_place where, literal goal, const assignment& inputs);
    [[nodiscard]] assignment with_choices(assignment inputs) const;

    void expect_more_is_allowed() const;

    enumeration_limits limits_;
    expression_table table_;
    z3_path_solver solver_;
    enumeration result_;

    std::map<literal, std::vector<std::vector<literal>>> proved_; // goals, with the premises that they follow from

    std::vector<decision> decisions_;
    std::size_t position_ = 0;
    std::vector<literal> path_;
    known_facts known_{table_};
    assignment witness_;
    bool has_witness_ = true;
    assignment choices_;
    bool reports_ = true;
};

} // namespace bwcheck::symbolic

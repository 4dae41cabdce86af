#include "symbolic/canonical.hpp"

#include <optional>
#include <set>

namespace bwcheck::symbolic {

namespace {

/// The inputs that statements speak about, in the order in which they were first mentioned.
std::set<atom_number> inputs_of(const expression_table& table, const std::vector<literal>& statements) {
    std::set<atom_number> seen;
    std::vector<expression> open;
    open.reserve(statements.size());
    for (const literal& statement : statements)
        open.push_back(statement.of);
    while (!open.empty()) {
        const expression e = open.back();
        open.pop_back();
        for (const auto& [number, coefficient] : table.sum_of(e).parts) {
            if (!seen.insert(number).second)
                continue;
            open.push_back(table.atom_of(number).left);
            open.push_back(table.atom_of(number).right);
        }
    }
    std::erase_if(seen, [&](atom_number number) { return table.atom_of(number).what != atom::kind::variable; });
    return seen;
}

class simplifier {
public:
    simplifier(expression_table& table, std::vector<literal> taken, const solver_limits& limits)
        : table_(table), solver_(table, limits), taken_(std::move(taken)) {}

    [[nodiscard]] std::optional<int128> simplest(const std::string& name, machine_type type) {
        const expression input = table_.variable(name, type);
        if (possible(table_.equal(input, table_.constant(0))))
            return 0;
        for (int128 power = 1; power <= type.max(); power *= 10)
            for (const int128 digit : {1, 2, 5})
                for (const int128 value : {digit * power, -digit * power})
                    if (type.holds(value) && possible(table_.equal(input, table_.constant(value))))
                        return value;
        // Nothing round: the smallest that is not negative, found by halving; or, if all are, the largest.
        const bool positive = possible(table_.at_most(table_.constant(0), input));
        int128 least = positive ? 0 : type.min();
        int128 greatest = positive ? type.max() : -1;
        while (least < greatest) {
            const int128 middle = least + (greatest - least) / 2;
            if (possible(table_.at_most(input, table_.constant(middle))))
                greatest = middle;
            else
                least = middle + 1;
        }
        return possible(table_.equal(input, table_.constant(least))) ? std::optional(least) : std::nullopt;
    }

    void fix(const std::string& name, machine_type type, int128 value) {
        taken_.push_back(table_.equal(table_.variable(name, type), table_.constant(value)));
    }

private:
    [[nodiscard]] bool possible(literal l) {
        if (const auto known = table_.obvious(l))
            return *known;
        assignment values;
        std::vector<literal> core;
        return solver_.check(taken_, l, values, core) == answer::satisfiable;
    }

    expression_table& table_;
    z3_path_solver solver_;
    std::vector<literal> taken_;
};

} // namespace

assignment canonical(expression_table& table, std::vector<literal> taken, const assignment& inputs,
                     const solver_limits& limits) {
    solver_limits each = limits;
    constexpr unsigned most_steps = 20'000;
    each.steps = std::min(each.steps, most_steps);
    const auto which = inputs_of(table, taken);
    simplifier simple(table, std::move(taken), each);
    assignment result = inputs;
    for (auto& [name, value] : result) { // inputs that do not matter
        bool matters = false;
        for (const atom_number number : which)
            matters = matters || table.atom_of(number).name == name;
        bool is_input = false;
        for (atom_number number = 0; number < table.nr_atoms(); ++number)
            is_input =
                is_input || (table.atom_of(number).what == atom::kind::variable && table.atom_of(number).name == name);
        if (is_input && !matters)
            value = 0;
    }
    for (const atom_number number : which) {
        // Copied, as the table grows while values are tried.
        const std::string name = table.atom_of(number).name;
        const auto type = table.atom_of(number).type;
        if (const auto value = simple.simplest(name, type))
            result[name] = *value;
        simple.fix(name, type, result[name]);
    }
    return result;
}

} // namespace bwcheck::symbolic

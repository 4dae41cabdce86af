// What a symbolic number stands for: an integer expression over the inputs of a proof, in unbounded integers.
//
// Machine arithmetic is written down as what it is: an integer operation, whose result is then brought back into the
// range of its type. Where that changes nothing (the obligations of path_enumerator.hpp prove it) the second half is
// left out; elsewhere it is an atom of its own, `wrapped`. So "wraps" is a plain statement about integers, and both
// encodings, bit-vectors that are wide enough and integers, come from one expression.
//
// An expression is kept as constant + sum of coefficient * atom, which makes equal ones identical and keeps the solver
// out of most questions. Solvers are not mentioned here.
#pragma once

#include "model/arithmetic.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace bwcheck::symbolic {

using model::int128;

/// The decimal digits of a number.
[[nodiscard]] std::string decimal(int128 value);
/// The number that decimal digits, possibly after a '-', stand for; nothing if it is too large.
[[nodiscard]] std::optional<int128> from_decimal(std::string_view digits);

/// The bits that the absolute value takes: 0 for 0.
[[nodiscard]] unsigned bit_length(int128 value);

/// The values of a machine type.
struct machine_type {
    unsigned bits = 64; ///< at most 64
    bool is_signed = false;

    [[nodiscard]] int128 min() const { return is_signed ? -(int128{1} << (bits - 1)) : 0; }
    [[nodiscard]] int128 max() const { return (int128{1} << (is_signed ? bits - 1 : bits)) - 1; }
    [[nodiscard]] bool holds(int128 value) const { return min() <= value && value <= max(); }
    /// The value of the type that is equal modulo 2^bits.
    [[nodiscard]] int128 wrap(int128 value) const;
    friend bool operator==(const machine_type&, const machine_type&) = default;
};

/// An expression of the current table. Small: pass it by value. The default is the constant 0, in every table.
struct expression {
    std::uint32_t number = 0;
    friend auto operator<=>(const expression&, const expression&) = default;
};

/// A statement about one expression. Comparisons come down to these three.
struct literal {
    enum class kind : std::uint8_t { not_negative, zero, not_zero };
    kind what = kind::zero;
    expression of;
    friend auto operator<=>(const literal&, const literal&) = default;
};

/// What an expression is a sum of.
struct atom {
    enum class kind : std::uint8_t {
        variable, ///< an input: `name`, any value of `type`
        product,  ///< left * right
        quotient, ///< left / right, rounded down; right is positive wherever it is used
        wrapped,  ///< left, brought into the range of `type` as the machine does it
    };
    kind what = kind::variable;
    std::string name;
    machine_type type;
    expression left;
    expression right;
    unsigned bits = 64;     ///< of the smallest bit-vector that holds every value; of a product up to 256
    bool is_signed = false; ///< negative values are possible
};
using atom_number = std::uint32_t;

/// constant + sum of coefficient * atom; atoms ascending, coefficients not 0.
struct linear_sum {
    int128 constant = 0;
    std::vector<std::pair<atom_number, int128>> parts;
    friend bool operator==(const linear_sum&, const linear_sum&) = default;
};

/// Values of inputs, by name. Inputs that are missing are 0.
using assignment = std::map<std::string, int128, std::less<>>;

/// The expressions of one proof. Not to be shared between threads that add to it.
class expression_table {
public:
    expression_table();

    [[nodiscard]] expression constant(int128 value);
    /// The input of that name; the same name means the same input.
    [[nodiscard]] expression variable(std::string_view name, machine_type type);
    [[nodiscard]] expression sum(expression a, expression b) { return sum(a, b, 1); }
    [[nodiscard]] expression difference(expression a, expression b) { return sum(a, b, -1); }
    [[nodiscard]] expression product(expression a, expression b);
    /// a / b rounded down. The caller has made sure that b is positive.
    [[nodiscard]] expression quotient(expression a, expression b);
    [[nodiscard]] expression wrapped(expression a, machine_type type);

    [[nodiscard]] const linear_sum& sum_of(expression e) const { return *sums_[e.number]; }
    [[nodiscard]] const atom& atom_of(atom_number number) const { return atoms_[number]; }
    [[nodiscard]] std::size_t nr_atoms() const { return atoms_.size(); }
    /// The value, if the expression is a constant.
    [[nodiscard]] std::optional<int128> value_of(expression e) const;

    /// a <= b, a == b and their negations.
    [[nodiscard]] literal at_most(expression a, expression b) {
        return reduced({literal::kind::not_negative, difference(b, a)});
    }
    [[nodiscard]] literal equal(expression a, expression b) { return reduced({literal::kind::zero, difference(a, b)}); }
    [[nodiscard]] literal negation(literal l);
    /// The expression without its constant, and the constant.
    [[nodiscard]] std::pair<expression, int128> split(expression e);
    /// Whether the literal is true (or false) for all inputs, seen from the types of its atoms alone.
    [[nodiscard]] std::optional<bool> obvious(literal l) const;

    /// The bounds of an expression that follow from the types of its atoms; nothing where they exceed 126 bits.
    struct bounds {
        std::optional<int128> least;
        std::optional<int128> greatest;
    };
    [[nodiscard]] bounds bounds_of(expression e) const;
    /// The same, with bounds of the atoms from somebody who knows more.
    [[nodiscard]] bounds bounds_of(expression e, const std::function<bounds(atom_number)>& of_atom) const;
    [[nodiscard]] bounds bounds_of_atom(atom_number number) const;
    /// coefficient * atom.
    [[nodiscard]] expression multiple(atom_number number, int128 coefficient) {
        return intern({0, {{number, coefficient}}});
    }

    /// What makes an atom what it is, as literals: the two halves of 0 <= left - right * quotient < right.
    [[nodiscard]] std::vector<literal> definition_of(atom_number quotient);

    /// The value under given inputs; nothing where a number exceeds 126 bits.
    [[nodiscard]] std::optional<int128> evaluate(expression e, const assignment& inputs) const;
    [[nodiscard]] std::optional<bool> evaluate(literal l, const assignment& inputs) const;

private:
    struct sum_hash {
        std::size_t operator()(const linear_sum& s) const;
    };
    /// The same statement with coefficients that have no common divisor: 2 * a - 5 >= 0 is a - 3 >= 0. Multiples of
    /// 1000 are hard for bit-vectors, and this gets rid of most.
    [[nodiscard]] literal reduced(literal l);
    [[nodiscard]] expression intern(linear_sum s);
    [[nodiscard]] expression sum(expression a, expression b, int128 times_b);
    [[nodiscard]] expression scaled(expression a, int128 factor);
    [[nodiscard]] expression of_atom(atom a);
    [[nodiscard]] std::optional<int128> value_of_atom(atom_number number, const assignment& inputs,
                                                      std::map<atom_number, std::optional<int128>>& known) const;
    [[nodiscard]] std::optional<int128> value_of_sum(const linear_sum& s, const assignment& inputs,
                                                     std::map<atom_number, std::optional<int128>>& known) const;
    [[nodiscard]] unsigned bits_for(expression e, bool& is_signed) const;

    std::vector<atom> atoms_;
    std::map<std::tuple<atom::kind, std::string, std::uint32_t, std::uint32_t, unsigned, bool>, atom_number>
        atom_numbers_;
    std::unordered_map<linear_sum, std::uint32_t, sum_hash> sum_numbers_;
    std::vector<const linear_sum*> sums_; // keys of sum_numbers_, which stay where they are
};

} // namespace bwcheck::symbolic

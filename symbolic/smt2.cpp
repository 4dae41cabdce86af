#include "symbolic/smt2.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <set>
#include <vector>

namespace bwcheck::symbolic {

namespace {

std::string power_of_two(unsigned exponent) {
    // As a hexadecimal sum would need no digits beyond int128, but the decimal of 2^127 does: go through the halves.
    if (exponent < 126)
        return decimal(int128{1} << exponent);
    return fmt::format("(* {} {})", power_of_two(exponent / 2), power_of_two(exponent - exponent / 2));
}

/// The atoms that statements speak about, with those that their definitions need, lowest number first.
std::set<atom_number> atoms_of(expression_table& table, std::vector<literal>& statements) {
    std::set<atom_number> seen;
    std::vector<expression> open;
    open.reserve(statements.size());
    for (const literal& statement : statements)
        open.push_back(statement.of);
    while (!open.empty()) {
        const expression e = open.back();
        open.pop_back();
        const auto parts = table.sum_of(e).parts;
        for (const auto& [number, coefficient] : parts) {
            if (!seen.insert(number).second)
                continue;
            const atom a = table.atom_of(number);
            open.push_back(a.left);
            open.push_back(a.right);
            if (a.what == atom::kind::quotient) {
                for (const literal& half : table.definition_of(number)) {
                    statements.push_back(half);
                    open.push_back(half.of);
                }
            }
        }
    }
    return seen;
}

class integer_text {
public:
    explicit integer_text(const expression_table& table) : table_(table) {}

    [[nodiscard]] std::string declaration(atom_number number) const {
        const atom& a = table_.atom_of(number);
        const std::string name = atom_name(number);
        switch (a.what) {
        case atom::kind::variable:
            return fmt::format("(declare-const {} Int)\n{}", name, range(name, a.type));
        case atom::kind::product:
            return fmt::format("(define-fun {} () Int (* {} {}))\n", name, sum(a.left), sum(a.right));
        case atom::kind::quotient:
            return fmt::format("(declare-const {} Int)\n{}", name,
                               a.is_signed ? std::string() : fmt::format("(assert (>= {} 0))\n", name));
        case atom::kind::wrapped:
            break;
        }
        return fmt::format(
            "(declare-const {0} Int)\n(declare-const {0}_turns Int)\n{1}(assert (= {2} (+ {0} (* {3} {0}_turns))))\n",
            name, range(name, a.type), sum(a.left), power_of_two(a.type.bits));
    }

    [[nodiscard]] std::string statement(const literal& l) const {
        const std::string text = sum(l.of);
        switch (l.what) {
        case literal::kind::not_negative:
            return fmt::format("(>= {} 0)", text);
        case literal::kind::zero:
            return fmt::format("(= {} 0)", text);
        case literal::kind::not_zero:
            break;
        }
        return fmt::format("(not (= {} 0))", text);
    }

private:
    [[nodiscard]] std::string atom_name(atom_number number) const {
        const atom& a = table_.atom_of(number);
        return a.what == atom::kind::variable ? smt2_name(a.name) : fmt::format("t{}", number);
    }
    [[nodiscard]] static std::string numeral(int128 value) {
        return value < 0 ? fmt::format("(- {})", decimal(-value)) : decimal(value);
    }
    [[nodiscard]] static std::string range(std::string_view name, machine_type type) {
        return fmt::format("(assert (and (<= {1} {0}) (<= {0} {2})))\n", name, numeral(type.min()),
                           numeral(type.max()));
    }
    [[nodiscard]] std::string sum(expression e) const {
        const linear_sum& s = table_.sum_of(e);
        if (s.parts.empty())
            return numeral(s.constant);
        std::string text = "(+";
        if (s.constant != 0)
            text += fmt::format(" {}", numeral(s.constant));
        for (const auto& [number, coefficient] : s.parts)
            text += coefficient == 1 ? fmt::format(" {}", atom_name(number))
                                     : fmt::format(" (* {} {})", numeral(coefficient), atom_name(number));
        return text + " 0)";
    }

    const expression_table& table_;
};

class bit_text {
public:
    explicit bit_text(const expression_table& table) : table_(table) {}

    [[nodiscard]] std::string declaration(atom_number number) const {
        const atom& a = table_.atom_of(number);
        const std::string name = atom_name(number);
        switch (a.what) {
        case atom::kind::variable:
        case atom::kind::quotient: // its definition is among the statements
            return fmt::format("(declare-const {} (_ BitVec {}))\n", name, a.bits);
        case atom::kind::product:
            return fmt::format("(define-fun {} () (_ BitVec {}) (bvmul {} {}))\n", name, a.bits,
                               resized(a.left, a.bits), resized(a.right, a.bits));
        case atom::kind::wrapped:
            break;
        }
        // Sums and products of bit-vectors are those of integers modulo 2^bits: what the machine computes.
        return fmt::format("(define-fun {} () (_ BitVec {}) {})\n", name, a.bits, modular_sum(a.left, a.bits));
    }

    [[nodiscard]] std::string statement(const literal& l) const {
        // What is added on one side, what is subtracted on the other: no intermediate result is negative unless an atom
        // is.
        const linear_sum& s = table_.sum_of(l.of);
        bool is_signed = false;
        unsigned widest = bit_length(s.constant);
        for (const auto& [number, coefficient] : s.parts) {
            is_signed = is_signed || table_.atom_of(number).is_signed;
            widest = std::max(widest, bit_length(coefficient) + table_.atom_of(number).bits);
        }
        const unsigned bits = widest + static_cast<unsigned>(std::bit_width(s.parts.size() + 1)) + (is_signed ? 1 : 0);
        const std::string added = side(s, bits, 1);
        const std::string subtracted = side(s, bits, -1);
        switch (l.what) {
        case literal::kind::not_negative:
            return fmt::format("({} {} {})", is_signed ? "bvsge" : "bvuge", added, subtracted);
        case literal::kind::zero:
            return fmt::format("(= {} {})", added, subtracted);
        case literal::kind::not_zero:
            break;
        }
        return fmt::format("(not (= {} {}))", added, subtracted);
    }

private:
    [[nodiscard]] std::string atom_name(atom_number number) const {
        const atom& a = table_.atom_of(number);
        return a.what == atom::kind::variable ? smt2_name(a.name) : fmt::format("t{}", number);
    }
    [[nodiscard]] static std::string numeral(int128 value, unsigned bits) {
        if (value < 0)
            return fmt::format("(bvneg {})", numeral(-value, bits));
        if (bits < 126)
            value &= (int128{1} << bits) - 1;
        return fmt::format("(_ bv{} {})", decimal(value), bits);
    }
    [[nodiscard]] std::string resized(atom_number number, unsigned bits) const {
        const atom& a = table_.atom_of(number);
        std::string name = atom_name(number);
        if (a.bits == bits)
            return name;
        if (a.bits > bits)
            return fmt::format("((_ extract {} 0) {})", bits - 1, name);
        return fmt::format("((_ {}_extend {}) {})", a.is_signed ? "sign" : "zero", bits - a.bits, name);
    }
    /// A product's factor is a single atom.
    [[nodiscard]] std::string resized(expression factor, unsigned bits) const {
        return resized(table_.sum_of(factor).parts.front().first, bits);
    }
    [[nodiscard]] std::string term(atom_number number, int128 coefficient, unsigned bits) const {
        if (coefficient == 1)
            return resized(number, bits);
        return fmt::format("(bvmul {} {})", resized(number, bits), numeral(coefficient, bits));
    }
    [[nodiscard]] static std::string sum_of(const std::vector<std::string>& terms, unsigned bits) {
        if (terms.empty())
            return numeral(0, bits);
        std::string text = terms.front();
        for (std::size_t next = 1; next < terms.size(); ++next)
            text = fmt::format("(bvadd {} {})", text, terms[next]);
        return text;
    }
    [[nodiscard]] std::string side(const linear_sum& s, unsigned bits, int sign) const {
        std::vector<std::string> terms;
        for (const auto& [number, coefficient] : s.parts)
            if ((coefficient > 0) == (sign > 0))
                terms.push_back(term(number, sign > 0 ? coefficient : -coefficient, bits));
        if (s.constant != 0 && (s.constant > 0) == (sign > 0))
            terms.push_back(numeral(sign > 0 ? s.constant : -s.constant, bits));
        return sum_of(terms, bits);
    }
    [[nodiscard]] std::string modular_sum(expression e, unsigned bits) const {
        const linear_sum& s = table_.sum_of(e);
        std::vector<std::string> terms;
        for (const auto& [number, coefficient] : s.parts)
            terms.push_back(term(number, coefficient, bits));
        if (s.constant != 0)
            terms.push_back(numeral(s.constant, bits));
        return sum_of(terms, bits);
    }

    const expression_table& table_;
};

template <class Text>
std::string assertions(expression_table& table, std::vector<literal> statements) {
    const std::set<atom_number> atoms = atoms_of(table, statements);
    const Text in(table);
    std::string text;
    for (const atom_number number : atoms) // an atom's parts have lower numbers than it has
        text += in.declaration(number);
    for (const literal& statement : statements)
        text += fmt::format("(assert {})\n", in.statement(statement));
    return text;
}

} // namespace

std::string smt2_name(std::string_view input) { return fmt::format("|{}|", input); }

std::string to_smt2(expression_table& table, std::span<const literal> statements, encoding how,
                    std::string_view comment) {
    std::string text;
    for (std::size_t begin = 0; begin < comment.size();) {
        const std::size_t end = std::min(comment.find('\n', begin), comment.size());
        text += fmt::format("; {}\n", comment.substr(begin, end - begin));
        begin = end + 1;
    }
    const std::vector<literal> all(statements.begin(), statements.end());
    if (how == encoding::bit_vectors)
        return text + "(set-logic QF_BV)\n" + assertions<bit_text>(table, all);
    return text + "(set-logic QF_NIA)\n" + assertions<integer_text>(table, all);
}

} // namespace bwcheck::symbolic

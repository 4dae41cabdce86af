// The third family of numbers: symbolic ones. With them in the place of machine integers, the model's own functions
// become their own verification conditions.
//
// They keep to the vocabulary of model/arithmetic.hpp and to nothing else; what the vocabulary lacks does not compile.
// A comparison gives a `truth`, whose conversion to bool asks the path enumerator which way to go.
#pragma once

#include "model/arithmetic.hpp"
#include "model/source_place.hpp"
#include "symbolic/open_flags.hpp"
#include "symbolic/path_enumerator.hpp"

#include <concepts>
#include <stdexcept>
#include <utility>

namespace bwcheck::symbolic {

/// A statement about symbolic numbers that may be true on some paths and false on others.
class truth {
public:
    truth(literal statement, model::source_place where) : statement_(statement), where_(where) {}

    operator bool() const { // NOLINT(google-explicit-constructor): stands where C has an int
        return path_enumerator::current().decide(statement_, where_);
    }
    [[nodiscard]] truth operator!() const { return {path_enumerator::current().table().negation(statement_), where_}; }
    [[nodiscard]] literal statement() const { return statement_; }
    [[nodiscard]] model::source_place where() const { return where_; }

private:
    literal statement_;
    model::source_place where_;
};

namespace detail {

inline expression_table& table() { return path_enumerator::current().table(); }

/// The right operand of an operation. Its conversion is where the operation's place is picked up.
template <class Number>
struct operand {
    expression value;
    model::source_place where;

    operand(const Number& number, // NOLINT(google-explicit-constructor): picks up the place
            model::source_place place = model::source_place::current())
        : value(number.value()), where(place) {}
    template <class Constant>
    requires(std::integral<Constant> || std::same_as<Constant, int128>)
        operand(Constant constant, // NOLINT(google-explicit-constructor): picks up the place
                model::source_place place = model::source_place::current())
        : value(Number(constant).value()), where(place) {}
};

/// Comparisons, for machine numbers and unbounded ones alike.
template <class Number>
class compared {
    using right_operand = operand<Number>;
    [[nodiscard]] static truth at_most(expression a, expression b, model::source_place where) {
        return {table().at_most(a, b), where};
    }

public:
    friend truth operator<(const Number& a, right_operand b) { return !at_most(b.value, a.value(), b.where); }
    friend truth operator>(const Number& a, right_operand b) { return !at_most(a.value(), b.value, b.where); }
    friend truth operator<=(const Number& a, right_operand b) { return at_most(a.value(), b.value, b.where); }
    friend truth operator>=(const Number& a, right_operand b) { return at_most(b.value, a.value(), b.where); }
    // Both operands alike, so that the compiler's own reversal of == does not compete.
    friend truth operator==(right_operand a, right_operand b) { return {table().equal(a.value, b.value), b.where}; }
    friend truth operator!=(right_operand a, right_operand b) {
        return {table().negation(table().equal(a.value, b.value)), b.where};
    }
};

} // namespace detail

/// An integer of any size: what `wide` makes of a machine number. Its operations are those of mathematics.
class unbounded_number : public detail::compared<unbounded_number> {
public:
    unbounded_number() = default;
    explicit unbounded_number(expression value) : value_(value) {}
    template <class Constant>
    requires(std::integral<Constant> || std::same_as<Constant, int128>)
        unbounded_number(Constant constant) // NOLINT(google-explicit-constructor): constants stand in bodies as in C
        : value_(detail::table().constant(constant)) {}

    [[nodiscard]] expression value() const { return value_; }

    friend unbounded_number operator+(const unbounded_number& a, const unbounded_number& b) {
        return unbounded_number(detail::table().sum(a.value_, b.value_));
    }
    friend unbounded_number operator-(const unbounded_number& a, const unbounded_number& b) {
        return unbounded_number(detail::table().difference(a.value_, b.value_));
    }
    friend unbounded_number operator*(const unbounded_number& a, const unbounded_number& b) {
        return unbounded_number(detail::table().product(a.value_, b.value_));
    }
    friend unbounded_number operator-(const unbounded_number& a) { return unbounded_number(0) - a; }
    /// Rounds towards 0, as C does.
    friend unbounded_number operator/(const unbounded_number& a, detail::operand<unbounded_number> b) {
        path_enumerator::current().need_divisor(b.value, b.where); // no divisor of ours is negative
        if (a < 0)
            return unbounded_number(0) - unbounded_number(path_enumerator::current().quotient((-a).value_, b.value));
        return unbounded_number(path_enumerator::current().quotient(a.value_, b.value));
    }
    friend unbounded_number operator%(const unbounded_number& a, detail::operand<unbounded_number> b) {
        return a - (a / b) * unbounded_number(b.value);
    }
    friend unbounded_number& operator+=(unbounded_number& a, const unbounded_number& b) { return a = a + b; }
    friend unbounded_number& operator-=(unbounded_number& a, const unbounded_number& b) { return a = a - b; }
    friend unbounded_number& operator*=(unbounded_number& a, const unbounded_number& b) { return a = a * b; }

private:
    expression value_;
};

/// A machine integer of `Bits` bits.
template <unsigned Bits, bool Signed>
class symbolic_number : public detail::compared<symbolic_number<Bits, Signed>> {
public:
    static constexpr machine_type type{Bits, Signed};
    using operand = detail::operand<symbolic_number>;

    symbolic_number() = default;
    /// A constant, which the type must be able to hold: it is not converted.
    template <class Constant>
    requires(std::integral<Constant> || std::same_as<Constant, int128>)
        symbolic_number(Constant constant) // NOLINT(google-explicit-constructor): constants stand in bodies as in C
        : value_(detail::table().constant(constant)) {
        if (!type.holds(constant))
            throw std::out_of_range("a constant of the model does not fit its number type");
    }
    /// The number that an expression within the type's range stands for.
    [[nodiscard]] static symbolic_number of(expression value) {
        symbolic_number number;
        number.value_ = value;
        return number;
    }

    [[nodiscard]] expression value() const { return value_; }

    friend symbolic_number operator+(const symbolic_number& a, operand b) {
        return result(detail::table().sum(a.value_, b.value), '+', b.where);
    }
    friend symbolic_number operator-(const symbolic_number& a, operand b) {
        return result(detail::table().difference(a.value_, b.value), '-', b.where);
    }
    friend symbolic_number operator*(const symbolic_number& a, operand b) {
        return result(detail::table().product(a.value_, b.value), '*', b.where);
    }
    friend symbolic_number operator<<(const symbolic_number& a, operand b) {
        static_assert(!Signed, "the kernel shifts unsigned numbers only");
        const auto by = detail::table().value_of(b.value);
        if (!by || *by < 0 || *by >= static_cast<int128>(Bits))
            throw std::logic_error("shifts are by constants that are smaller than the type");
        const expression factor = detail::table().constant(int128{1} << static_cast<unsigned>(*by));
        return result(detail::table().product(a.value_, factor), '<', b.where);
    }
    // Divisors are positive, so neither result can leave the type.
    friend symbolic_number operator/(const symbolic_number& a, operand b) {
        return of((unbounded_number(a.value_) / unbounded_operand(b)).value());
    }
    friend symbolic_number operator%(const symbolic_number& a, operand b) {
        return of((unbounded_number(a.value_) % unbounded_operand(b)).value());
    }
    friend symbolic_number operator-(const symbolic_number& a) {
        static_assert(Signed, "negating an unsigned number always wraps, except for 0");
        return symbolic_number(0) - a;
    }
    friend symbolic_number& operator+=(symbolic_number& a, operand b) { return a = a + b; }
    friend symbolic_number& operator-=(symbolic_number& a, operand b) { return a = a - b; }
    friend symbolic_number& operator*=(symbolic_number& a, operand b) { return a = a * b; }

    // The conversions that C does silently: the same bits, read as another type.
    friend symbolic_number<64, true> as_s64(const symbolic_number& a,
                                            model::source_place where = model::source_place::current()) {
        return converted<symbolic_number<64, true>>(a, where);
    }
    friend symbolic_number<64, false> as_u64(const symbolic_number& a,
                                             model::source_place where = model::source_place::current()) {
        return converted<symbolic_number<64, false>>(a, where);
    }
    friend symbolic_number<32, true> as_s32(const symbolic_number& a,
                                            model::source_place where = model::source_place::current()) {
        return converted<symbolic_number<32, true>>(a, where);
    }
    friend symbolic_number wrapping_sub(const symbolic_number& a, const symbolic_number& b,
                                        model::source_place where = model::source_place::current()) {
        return result(detail::table().difference(a.value_, b.value_), ' ', where);
    }
    friend unbounded_number wide(const symbolic_number& a) { return unbounded_number(a.value_); }

private:
    [[nodiscard]] static symbolic_number result(expression exact, char operation, model::source_place where) {
        return of(path_enumerator::current().fit(exact, type, operation, where));
    }
    [[nodiscard]] static detail::operand<unbounded_number> unbounded_operand(const operand& b) {
        return {unbounded_number(b.value), b.where};
    }
    template <class To>
    [[nodiscard]] static To converted(const symbolic_number& a, model::source_place where) {
        return To::of(path_enumerator::current().fit(a.value_, To::type, ' ', where));
    }

    expression value_;
};

/// The family of symbolic numbers.
struct numbers {
    using u64 = symbolic_number<64, false>;
    using s64 = symbolic_number<64, true>;
    using s32 = symbolic_number<32, true>;
    using flag = symbolic_flag;
    static constexpr int max_cpus = 4;
};

static_assert(model::arithmetic<numbers>);

} // namespace bwcheck::symbolic

#include "symbolic/expression.hpp"

#include <algorithm>
#include <bit>
#include <stdexcept>
#include <tuple>
#include <utility>

namespace bwcheck::symbolic {

namespace {

// Everything that is computed here stays two bits below what int128 holds, so that one more sum can't hurt.
constexpr int128 largest = (int128{1} << 126) - 1;

std::optional<int128> checked_sum(int128 a, int128 b) {
    int128 result = 0;
    if (__builtin_add_overflow(a, b, &result) || result > largest || result < -largest)
        return std::nullopt;
    return result;
}

std::optional<int128> checked_product(int128 a, int128 b) {
    int128 result = 0;
    if (__builtin_mul_overflow(a, b, &result) || result > largest || result < -largest)
        return std::nullopt;
    return result;
}

int128 needed(std::optional<int128> value) {
    if (!value)
        throw std::overflow_error("a constant of a proof exceeds 126 bits");
    return *value;
}

int128 floor_quotient(int128 a, int128 b) {
    const int128 quotient = a / b;
    return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}

} // namespace

unsigned bit_length(int128 value) {
    if (value < 0)
        value = -value;
    const auto high = static_cast<std::uint64_t>(value >> 64);
    const auto low = static_cast<std::uint64_t>(value);
    return static_cast<unsigned>(high != 0 ? 64 + std::bit_width(high) : std::bit_width(low));
}

std::string decimal(int128 value) {
    if (value == 0)
        return "0";
    const bool negative = value < 0;
    std::string digits;
    for (; value != 0; value /= 10)
        digits.push_back(static_cast<char>('0' + static_cast<int>(negative ? -(value % 10) : value % 10)));
    if (negative)
        digits.push_back('-');
    std::reverse(digits.begin(), digits.end());
    return digits;
}

std::optional<int128> from_decimal(std::string_view digits) {
    const bool negative = digits.starts_with('-');
    if (negative)
        digits.remove_prefix(1);
    if (digits.empty())
        return std::nullopt;
    std::optional<int128> value = 0;
    for (const char digit : digits) {
        if (digit < '0' || digit > '9')
            return std::nullopt;
        value = checked_product(*value, 10);
        if (value)
            value = checked_sum(*value, digit - '0');
        if (!value)
            return std::nullopt;
    }
    return negative ? -*value : *value;
}

int128 machine_type::wrap(int128 value) const {
    const int128 modulus = int128{1} << bits;
    const int128 low = value - floor_quotient(value, modulus) * modulus;
    return low > max() ? low - modulus : low;
}

std::size_t expression_table::sum_hash::operator()(const linear_sum& s) const {
    std::uint64_t hash = 0x9e3779b97f4a7c15U;
    const auto mix = [&hash](std::uint64_t value) {
        hash = (hash ^ value) * 0xff51afd7ed558ccdU;
        hash ^= hash >> 32U;
    };
    const auto mix_wide = [&mix](int128 value) {
        mix(static_cast<std::uint64_t>(value));
        mix(static_cast<std::uint64_t>(value >> 64));
    };
    mix_wide(s.constant);
    for (const auto& [number, coefficient] : s.parts) {
        mix(number);
        mix_wide(coefficient);
    }
    return hash;
}

expression_table::expression_table() { static_cast<void>(intern({})); }

expression expression_table::intern(linear_sum s) {
    const auto [place, is_new] = sum_numbers_.try_emplace(std::move(s), static_cast<std::uint32_t>(sums_.size()));
    if (is_new)
        sums_.push_back(&place->first);
    return {place->second};
}

expression expression_table::constant(int128 value) { return intern({value, {}}); }

std::optional<int128> expression_table::value_of(expression e) const {
    const linear_sum& s = sum_of(e);
    return s.parts.empty() ? std::optional(s.constant) : std::nullopt;
}

expression expression_table::of_atom(atom a) {
    const auto key = std::tuple(a.what, a.name, a.left.number, a.right.number, a.type.bits, a.type.is_signed);
    const auto [place, is_new] = atom_numbers_.try_emplace(key, static_cast<atom_number>(atoms_.size()));
    if (is_new)
        atoms_.push_back(std::move(a));
    return intern({0, {{place->second, 1}}});
}

expression expression_table::variable(std::string_view name, machine_type type) {
    return of_atom({.name = std::string(name),
                    .type = type,
                    .left = {},
                    .right = {},
                    .bits = type.bits,
                    .is_signed = type.is_signed});
}

expression expression_table::sum(expression a, expression b, int128 times_b) {
    const linear_sum& left = sum_of(a);
    const linear_sum& right = sum_of(b);
    linear_sum result;
    result.constant = needed(checked_sum(left.constant, needed(checked_product(right.constant, times_b))));
    auto from_left = left.parts.begin();
    auto from_right = right.parts.begin();
    while (from_left != left.parts.end() || from_right != right.parts.end()) {
        const bool take_left =
            from_right == right.parts.end() || (from_left != left.parts.end() && from_left->first <= from_right->first);
        const bool take_right =
            from_left == left.parts.end() || (from_right != right.parts.end() && from_right->first <= from_left->first);
        const atom_number number = take_left ? from_left->first : from_right->first;
        int128 coefficient = take_left ? from_left->second : 0;
        if (take_right)
            coefficient = needed(checked_sum(coefficient, needed(checked_product(from_right->second, times_b))));
        if (coefficient != 0)
            result.parts.emplace_back(number, coefficient);
        from_left += take_left ? 1 : 0;
        from_right += take_right ? 1 : 0;
    }
    return intern(std::move(result));
}

expression expression_table::scaled(expression a, int128 factor) { return sum({}, a, factor); }

expression expression_table::product(expression a, expression b) {
    if (const auto factor = value_of(a))
        return scaled(b, *factor);
    if (const auto factor = value_of(b))
        return scaled(a, *factor);
    // Multiplied out, so that (q + 1) * p and q * p + p are the same expression.
    const linear_sum left = sum_of(a);
    const linear_sum right = sum_of(b);
    expression result = constant(needed(checked_product(left.constant, right.constant)));
    for (const auto& [number, coefficient] : left.parts)
        result = sum(result, multiple(number, 1), needed(checked_product(coefficient, right.constant)));
    for (const auto& [number, coefficient] : right.parts)
        result = sum(result, multiple(number, 1), needed(checked_product(coefficient, left.constant)));
    for (const auto& [left_number, left_coefficient] : left.parts) {
        for (const auto& [right_number, right_coefficient] : right.parts) {
            const auto [first, second] = std::minmax(left_number, right_number);
            atom both{.what = atom::kind::product, .name = {}, .type = {}, .left = {}, .right = {}};
            both.left = intern({0, {{first, 1}}});
            both.right = intern({0, {{second, 1}}});
            both.bits = atoms_[first].bits + atoms_[second].bits;
            both.is_signed = atoms_[first].is_signed || atoms_[second].is_signed;
            result = sum(result, of_atom(both), needed(checked_product(left_coefficient, right_coefficient)));
        }
    }
    return result;
}

unsigned expression_table::bits_for(expression e, bool& is_signed) const {
    const linear_sum& s = sum_of(e);
    is_signed = s.constant < 0;
    unsigned widest = bit_length(s.constant);
    for (const auto& [number, coefficient] : s.parts) {
        is_signed = is_signed || coefficient < 0 || atoms_[number].is_signed;
        widest = std::max(widest, bit_length(coefficient) + atoms_[number].bits);
    }
    const auto carries = static_cast<unsigned>(std::bit_width(s.parts.size() + 1));
    return widest + carries + (is_signed ? 1 : 0);
}

expression expression_table::quotient(expression a, expression b) {
    const auto divisor = value_of(b);
    expression whole{};
    if (divisor) {
        if (const auto dividend = value_of(a))
            return constant(floor_quotient(*dividend, *divisor));
        // (b * x + y) / b is x + y / b: what is a multiple of the divisor needs no division.
        linear_sum multiples;
        linear_sum rest;
        const linear_sum& s = sum_of(a);
        multiples.constant = floor_quotient(s.constant, *divisor);
        rest.constant = s.constant - multiples.constant * *divisor;
        for (const auto& [number, coefficient] : s.parts)
            if (coefficient % *divisor == 0)
                multiples.parts.emplace_back(number, coefficient / *divisor);
            else
                rest.parts.emplace_back(number, coefficient);
        whole = intern(std::move(multiples));
        a = intern(std::move(rest));
        if (value_of(a))
            return whole; // the rest is smaller than the divisor
    } else if (a == b) {
        return constant(1);
    }
    atom result{.what = atom::kind::quotient, .name = {}, .type = {}, .left = a, .right = b};
    result.bits = bits_for(a, result.is_signed);
    if (const auto least = bounds_of(a).least; least && *least >= 0)
        result.is_signed = false;
    return sum(whole, of_atom(result));
}

expression expression_table::wrapped(expression a, machine_type type) {
    if (const auto value = value_of(a))
        return constant(type.wrap(*value));
    return of_atom({.what = atom::kind::wrapped,
                    .name = {},
                    .type = type,
                    .left = a,
                    .right = {},
                    .bits = type.bits,
                    .is_signed = type.is_signed});
}

literal expression_table::reduced(literal l) {
    linear_sum s = sum_of(l.of);
    int128 divisor = 0;
    for (const auto& [number, coefficient] : s.parts)
        for (int128 other = coefficient < 0 ? -coefficient : coefficient; other != 0;)
            other = std::exchange(divisor, other) % other;
    if (divisor <= 1)
        return l;
    if (l.what != literal::kind::not_negative && s.constant % divisor != 0) {
        // Never zero, whatever the atoms are.
        return {l.what, constant(1)};
    }
    s.constant = floor_quotient(s.constant, divisor);
    for (auto& [number, coefficient] : s.parts)
        coefficient /= divisor;
    return {l.what, intern(std::move(s))};
}

literal expression_table::negation(literal l) {
    switch (l.what) {
    case literal::kind::not_negative: // not (e >= 0) is -e - 1 >= 0
        return {literal::kind::not_negative, difference(constant(-1), l.of)};
    case literal::kind::zero:
        return {literal::kind::not_zero, l.of};
    case literal::kind::not_zero:
        break;
    }
    return {literal::kind::zero, l.of};
}

expression_table::bounds expression_table::bounds_of_atom(atom_number number) const {
    const atom& a = atoms_[number];
    if (a.what == atom::kind::variable || a.what == atom::kind::wrapped)
        return {a.type.min(), a.type.max()};
    bounds result{0, std::nullopt};
    if (a.bits <= 124)
        result.greatest = (int128{1} << a.bits) - 1;
    if (a.is_signed)
        result.least = a.bits <= 124 ? std::optional(-(int128{1} << a.bits)) : std::nullopt;
    return result;
}

expression_table::bounds expression_table::bounds_of(expression e) const {
    return bounds_of(e, [this](atom_number number) { return bounds_of_atom(number); });
}

expression_table::bounds expression_table::bounds_of(expression e,
                                                     const std::function<bounds(atom_number)>& of_atom) const {
    const linear_sum& s = sum_of(e);
    bounds result{s.constant, s.constant};
    for (const auto& part : s.parts) {
        const auto& coefficient = part.second;
        auto [least, greatest] = of_atom(part.first);
        if (coefficient < 0)
            std::swap(least, greatest);
        const auto add = [&coefficient](std::optional<int128>& bound, std::optional<int128> value) {
            if (bound && value)
                value = checked_product(*value, coefficient);
            bound = bound && value ? checked_sum(*bound, *value) : std::nullopt;
        };
        add(result.least, least);
        add(result.greatest, greatest);
    }
    return result;
}

std::optional<bool> expression_table::obvious(literal l) const {
    const bounds within = bounds_of(l.of);
    const bool positive = within.least && *within.least > 0;
    const bool negative = within.greatest && *within.greatest < 0;
    if (l.what == literal::kind::not_negative) {
        if (negative)
            return false;
        if (within.least && *within.least >= 0)
            return true;
        return std::nullopt;
    }
    if (positive || negative)
        return l.what == literal::kind::not_zero;
    if (sum_of(l.of).parts.empty())
        return l.what == literal::kind::zero; // the constant 0
    return std::nullopt;
}

std::pair<expression, int128> expression_table::split(expression e) {
    linear_sum s = sum_of(e);
    const int128 constant = std::exchange(s.constant, 0);
    return {intern(std::move(s)), constant};
}

std::vector<literal> expression_table::definition_of(atom_number quotient) {
    const atom a = atoms_[quotient];
    const expression rest = difference(a.left, product(multiple(quotient, 1), a.right));
    return {reduced({literal::kind::not_negative, rest}),
            reduced({literal::kind::not_negative, difference(difference(a.right, constant(1)), rest)})};
}

std::optional<int128> expression_table::value_of_sum(const linear_sum& s, const assignment& inputs,
                                                     std::map<atom_number, std::optional<int128>>& known) const {
    std::optional<int128> total = s.constant;
    for (const auto& [number, coefficient] : s.parts) {
        const auto value = value_of_atom(number, inputs, known);
        const auto part = value ? checked_product(*value, coefficient) : std::nullopt;
        total = part ? checked_sum(*total, *part) : std::nullopt;
        if (!total)
            return std::nullopt;
    }
    return total;
}

std::optional<int128> expression_table::value_of_atom(atom_number number, const assignment& inputs,
                                                      std::map<atom_number, std::optional<int128>>& known) const {
    if (const auto found = known.find(number); found != known.end())
        return found->second;
    const atom& a = atoms_[number];
    std::optional<int128> value;
    if (a.what == atom::kind::variable) {
        const auto given = inputs.find(a.name);
        value = given == inputs.end() ? 0 : given->second;
    } else {
        const auto left = value_of_sum(sum_of(a.left), inputs, known);
        const auto right = value_of_sum(sum_of(a.right), inputs, known);
        if (a.what == atom::kind::wrapped && left)
            value = a.type.wrap(*left);
        else if (a.what == atom::kind::product && left && right)
            value = checked_product(*left, *right);
        else if (a.what == atom::kind::quotient && left && right && *right > 0)
            value = floor_quotient(*left, *right);
    }
    known.emplace(number, value);
    return value;
}

std::optional<int128> expression_table::evaluate(expression e, const assignment& inputs) const {
    std::map<atom_number, std::optional<int128>> known;
    return value_of_sum(sum_of(e), inputs, known);
}

std::optional<bool> expression_table::evaluate(literal l, const assignment& inputs) const {
    const auto value = evaluate(l.of, inputs);
    if (!value)
        return std::nullopt;
    switch (l.what) {
    case literal::kind::not_negative:
        return *value >= 0;
    case literal::kind::zero:
        return *value == 0;
    case literal::kind::not_zero:
        break;
    }
    return *value != 0;
}

} // namespace bwcheck::symbolic

#include "mutation/variants.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace bwcheck::mutation {

std::string_view to_string(mutant_kind kind) {
    switch (kind) {
    case mutant_kind::comparison:
        return "comparison";
    case mutant_kind::constant:
        return "constant";
    case mutant_kind::arithmetic:
        return "arithmetic";
    case mutant_kind::logic:
        return "logic";
    case mutant_kind::condition:
        return "condition";
    case mutant_kind::dropped:
        return "dropped";
    case mutant_kind::swapped:
        return "swapped";
    case mutant_kind::count:
        break;
    }
    return "?";
}

namespace {

using exchange = std::pair<std::string_view, std::string_view>;

constexpr std::array<exchange, 10> other_comparisons{{{"<", "<="},
                                                      {"<", ">="},
                                                      {"<=", "<"},
                                                      {"<=", ">"},
                                                      {">", ">="},
                                                      {">", "<="},
                                                      {">=", ">"},
                                                      {">=", "<"},
                                                      {"==", "!="},
                                                      {"!=", "=="}}};
constexpr std::array<exchange, 7> other_arithmetic{
    {{"+", "-"}, {"-", "+"}, {"*", "/"}, {"/", "*"}, {"%", "/"}, {"+=", "-="}, {"-=", "+="}}};
constexpr std::array<exchange, 4> other_words{
    {{"true", "false"}, {"false", "true"}, {"ok", "einval"}, {"einval", "ok"}}};

class expression {
public:
    expression(const source& in, std::size_t first, std::size_t last) : in_(in), first_(first), last_(last) {}

    std::vector<variant> all() {
        for (std::size_t at = first_; at < last_; ++at) {
            if (in_.is(at, "guard") && in_.is(at + 1, "::")) {
                at += 2; // the name of a check is not part of the kernel
                continue;
            }
            comparisons(at);
            numbers(at);
            words(at);
            arithmetic(at);
            logic(at);
            conditional(at);
        }
        return std::move(found_);
    }

private:
    void add(mutant_kind kind, std::size_t from, std::size_t to, std::string_view instead) {
        const auto glue = [&](const std::string& head, const std::string& tail, std::size_t at) {
            // What stood apart from its neighbours still does, and words do not grow together.
            if (at < last_ && in_[at].after_space && !instead.empty())
                return head + ' ' + tail;
            return head + tail;
        };
        variant made{
            kind, glue(in_.slice(first_, from) + blank_before(from) + std::string(instead), in_.slice(to, last_), to),
            glue(in_.line(first_, from) + blank_before(from) + std::string(instead), in_.line(to, last_), to)};
        found_.push_back(std::move(made));
    }
    [[nodiscard]] std::string blank_before(std::size_t at) const {
        return at != first_ && in_[at].after_space ? " " : "";
    }

    /// Whether the operator at `at` has an operand on its left.
    [[nodiscard]] bool binary(std::size_t at) const {
        if (at == first_)
            return false;
        const token_kind before = in_[at - 1].kind;
        return before == token_kind::word || before == token_kind::number || in_.is(at - 1, ")") || in_.is(at - 1, "]");
    }

    /// A template's bracket stands close to its name, an operator does not.
    void comparisons(std::size_t at) {
        if (!in_[at].after_space)
            return;
        for (const auto& [was, becomes] : other_comparisons)
            if (in_.is(at, was))
                add(mutant_kind::comparison, at, at + 1, becomes);
    }

    void numbers(std::size_t at) {
        if (in_[at].kind == token_kind::number) {
            const unsigned long long value = std::stoull(in_.slice(at, at + 1));
            add(mutant_kind::constant, at, at + 1, std::to_string(value + 1));
            if (value > 0)
                add(mutant_kind::constant, at, at + 1, std::to_string(value - 1));
            return;
        }
        const std::size_t end = end_of_constant(at);
        if (end == at)
            return;
        const std::string name = in_.slice(at, end);
        if (in_.is(at, "runtime_inf")) // a mark, not a number: beside it there is nothing
            return;
        add(mutant_kind::constant, at, end, "(" + name + " - 1)");
        add(mutant_kind::constant, at, end, "(" + name + " + 1)");
    }
    /// Behind the named constant that begins at `at`: tg.constants->NAME, limits.NAME, Kernel::NAME or a global one.
    [[nodiscard]] std::size_t end_of_constant(std::size_t at) const {
        const bool member = at > first_ && (in_.is(at - 1, ".") || in_.is(at - 1, "->") || in_.is(at - 1, "::"));
        if (member)
            return at;
        if (in_.is(at, "runtime_inf") || in_.is(at, "bw_shift"))
            return at + 1;
        if (in_.is(at, "tg") && in_.is(at + 1, ".") && in_.is(at + 2, "constants") && in_.is(at + 3, "->"))
            return at + 5;
        if (in_.is(at, "limits") && in_.is(at + 1, "."))
            return at + 3;
        if (in_.is(at, "Kernel") && in_.is(at + 1, "::") && !in_.is(at + 3, "("))
            return at + 3;
        return at;
    }

    void words(std::size_t at) {
        for (const auto& [was, becomes] : other_words)
            if (in_.is(at, was))
                add(mutant_kind::constant, at, at + 1, becomes);
    }

    void arithmetic(std::size_t at) {
        if (binary(at)) {
            for (const auto& [was, becomes] : other_arithmetic)
                if (in_.is(at, was))
                    add(mutant_kind::arithmetic, at, at + 1, becomes);
        } else if (in_.is(at, "-") && in_[at + 1].kind == token_kind::word) {
            add(mutant_kind::arithmetic, at, at + 1, "");
        }
        const bool called = in_.is(at + 1, "(");
        if (called && (in_.is(at, "min") || in_.is(at, "wrapping_sub"))) {
            const std::size_t end = in_.closing(at + 1);
            const std::size_t comma = next_at_depth(at + 2, end, {","});
            const std::string first = in_.slice(at + 2, comma);
            const std::string second = in_.slice(comma + 1, end);
            if (in_.is(at, "min")) {
                add(mutant_kind::arithmetic, at, end + 1, first);
                add(mutant_kind::arithmetic, at, end + 1, second);
            } else {
                add(mutant_kind::arithmetic, at, end + 1, in_.slice(at, at + 2) + second + ", " + first + ")");
            }
        }
    }

    void logic(std::size_t at) {
        if (in_.is(at, "!") && !binary(at))
            add(mutant_kind::logic, at, at + 1, "");
        const bool both = in_.is(at, "&&");
        if (!both && !in_.is(at, "||"))
            return;
        add(mutant_kind::logic, at, at + 1, both ? "||" : "&&");
        const std::string_view neutral = both ? "true" : "false";
        add(mutant_kind::logic, operand_begin(at), at, neutral);
        // The right operand of the last operator only: the others are the left one of the next.
        const std::size_t end = next_at_depth(at + 1, last_, {"&&", "||", "?", ":", ",", ";", "="});
        if (!in_.is(end, both ? "&&" : "||") || end == last_)
            add(mutant_kind::logic, at + 1, end, neutral);
    }

    /// CONDITION ? A : B
    void conditional(std::size_t at) {
        if (!in_.is(at, "?"))
            return;
        const std::size_t begin = operand_begin(at);
        add(mutant_kind::condition, begin, at, "true");
        add(mutant_kind::condition, begin, at, "false");
    }

    /// The first of `marks` at the depth of `from`; the closing bracket of that depth, or `to`, if there is none.
    [[nodiscard]] std::size_t next_at_depth(std::size_t from, std::size_t to,
                                            std::initializer_list<std::string_view> marks) const {
        for (std::size_t at = from; at < to; ++at) {
            if (in_.is(at, ")") || in_.is(at, "]") || in_.is(at, "}"))
                return at;
            if (std::find(marks.begin(), marks.end(), in_.word(at)) != marks.end())
                return at;
            if (in_.is(at, "(") || in_.is(at, "[") || in_.is(at, "{"))
                at = in_.closing(at);
        }
        return to;
    }
    /// Where the left operand of the && or || or ? at `at` begins. && binds closer than ||, and both closer than ?.
    [[nodiscard]] std::size_t operand_begin(std::size_t at) const {
        std::size_t begin = first_;
        int depth = 0;
        for (std::size_t back = at; back > first_; --back) {
            const std::string_view mark = in_.word(back - 1);
            if (mark == ")" || mark == "]" || mark == "}")
                ++depth;
            else if (mark == "(" || mark == "[" || mark == "{")
                --depth;
            if (depth < 0)
                return back;
            if (depth == 0 && (mark == "=" || mark == "," || mark == "?" || mark == ":" ||
                               (!in_.is(at, "?") && (mark == "&&" || mark == "||"))))
                return back;
        }
        return begin;
    }

    const source& in_;
    std::size_t first_;
    std::size_t last_;
    std::vector<variant> found_;
};

} // namespace

std::vector<variant> variants_of(const source& in, std::size_t first, std::size_t last) {
    return expression(in, first, last).all();
}

std::vector<variant> variants_of_condition(const source& in, std::size_t first, std::size_t last) {
    std::vector<variant> all = variants_of(in, first, last);
    // A condition that is one comparison already has its opposite among the variants; this is something else.
    for (const std::string_view always : {"true", "false"})
        all.push_back({mutant_kind::condition, std::string(always), std::string(always)});
    return all;
}

} // namespace bwcheck::mutation

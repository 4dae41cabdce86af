#include "mutation/rewrite.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace bwcheck::mutation {
namespace {

using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// A header with one function of that body.
std::string header(std::string_view body, std::string_view returns = "void") {
    return "// Why.\n#pragma once\n\n#include \"x.hpp\"\n\nnamespace n {\n\ntemplate <class Num>\nstruct s {\n    "
           "static " +
           std::string(returns) + " work(int a, bool b) {\n        " + std::string(body) +
           "\n    }\n};\n\n} // namespace n\n";
}

std::vector<std::string> afters(std::string_view body, std::string_view returns = "void") {
    std::vector<std::string> all;
    for (const mutant& one : rewrite("x.hpp", header(body, returns), 1).mutants)
        all.push_back(one.after);
    return all;
}

TEST(rewrite, comparisons_move_their_boundary_and_turn_round) {
    EXPECT_THAT(afters("if (a < 7) f();"), testing::IsSupersetOf({"if (a <= 7)", "if (a >= 7)", "if (a < 8)",
                                                                  "if (a < 6)", "if (true)", "if (false)", ""}));
}

TEST(rewrite, a_template_is_no_comparison) { EXPECT_THAT(afters("static_cast<void>(f<int>(a));"), ElementsAre("")); }

TEST(rewrite, logic_loses_operands_and_negations) {
    EXPECT_THAT(afters("return !b && g(a);", "bool"),
                testing::IsSupersetOf({"return b && g(a);", "return !b || g(a);", "return true && g(a);",
                                       "return !b && true;", "return true;", "return false;"}));
}

TEST(rewrite, arithmetic_turns_round_and_minima_lose_an_operand) {
    EXPECT_THAT(afters("x.y += a - min(p, q);"),
                testing::IsSupersetOf(
                    {"x.y -= a - min(p, q);", "x.y += a + min(p, q);", "x.y += a - p;", "x.y += a - q;", ""}));
}

TEST(rewrite, named_constants_are_off_by_one) {
    EXPECT_THAT(afters("x.y = tg.constants->slice;"),
                ElementsAre("x.y = (tg.constants->slice - 1);", "x.y = (tg.constants->slice + 1);", ""));
}

TEST(rewrite, steps_are_exchanged_where_their_order_can_matter) {
    EXPECT_THAT(afters("f(a); g(a);"), Contains("g(a); f(a);"));
    EXPECT_THAT(afters("x.p = a; x.q = b;"), Not(Contains("x.q = b; x.p = a;"))) << "two assignments to two places";
    EXPECT_THAT(afters("x.p = a; x.q = x.p;"), Contains("x.q = x.p; x.p = a;"));
    EXPECT_THAT(afters("if (b) return; g(a);"), Each(Not(HasSubstr("g(a); if")))) << "a return cannot be moved";
}

TEST(rewrite, what_only_tells_the_observers_stays) {
    EXPECT_THAT(afters("tg.log->reached(branch::throttled);"), IsEmpty());
    EXPECT_THAT(afters("if (a > 1) tg.log->reached(branch::timer_overrun);"), IsEmpty());
    EXPECT_THAT(afters("if (tg.log->rejects(guard::parse, a > 1)) return;"),
                Contains("if (tg.log->rejects(guard::parse, a >= 1))"));
}

TEST(rewrite, without_a_mistake_the_text_is_still_there) {
    const auto made = rewrite("x.hpp", header("if (a < 7) f();\n        const int c = a + 1;\n        g(c);"), 5);
    EXPECT_THAT(made.text, HasSubstr("(a < 7)"));
    EXPECT_THAT(made.text, HasSubstr("const int c = "));
    EXPECT_THAT(made.text, HasSubstr("::bwcheck::mutation::is(5)"));
    EXPECT_THAT(made.text, testing::StartsWith("// Why.\n#pragma once"));
    EXPECT_THAT(made.text, testing::EndsWith("} // namespace n\n"));
}

TEST(rewrite, mutants_know_where_they_are) {
    const mutant one = rewrite("model/fair/x.hpp", header("f(a);"), 1).mutants.at(0);
    EXPECT_EQ(one.function, "work");
    EXPECT_EQ(one.line, 11U);
    EXPECT_EQ(one.kind, mutant_kind::dropped);
    EXPECT_EQ(one.key(), "x.hpp work: f(a); -> (dropped)");
}

TEST(rewrite, what_a_revision_promises_is_left_alone) {
    const std::string text =
        "struct s {\n    static bool accepts_burst(int quota, int burst) { return burst <= quota; }\n};\n";
    const auto made = rewrite("x.hpp", text, 1);
    EXPECT_THAT(made.mutants, IsEmpty());
    EXPECT_THAT(made.text, HasSubstr("return burst <= quota;"));
}

TEST(rewrite, loops_are_counted) {
    EXPECT_THAT(rewrite("x.hpp", header("while (a < 3) f(a);"), 1).text, HasSubstr("goes_round() && "));
}

TEST(rewrite, what_it_cannot_read_is_refused) {
    EXPECT_THROW(static_cast<void>(rewrite("x.hpp", header("for (;;) f();"), 1)), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(rewrite("x.hpp", "void f() { g(; }", 1)), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(rewrite("x.hpp", "char c = 'x", 1)), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(rewrite("x.hpp", "/* no end", 1)), std::invalid_argument);
}

} // namespace
} // namespace bwcheck::mutation

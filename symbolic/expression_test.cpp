// Expressions restate what the model computes: common factors are divided out, quotients become two inequalities, and
// there are two encodings for solvers. Here all of that is compared with machine arithmetic, at widths at which every
// input can be tried.
#include "symbolic/expression.hpp"
#include "symbolic/smt2.hpp"
#include "symbolic/z3_solver.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <functional>
#include <random>
#include <vector>

namespace bwcheck::symbolic {
namespace {

constexpr unsigned width = 4;
constexpr machine_type unsigned_4{width, false};
constexpr machine_type signed_4{width, true};

/// Calls visit(x, y) for all values of an unsigned and a signed input of four bits.
void for_all_inputs(const std::function<void(int, int)>& visit) {
    for (int x = 0; x < 16; ++x)
        for (int y = -8; y < 8; ++y)
            visit(x, y);
}

assignment inputs_of(int x, int y) { return {{"x", x}, {"y", y}}; }

TEST(expression, divides_common_factors_out_without_a_change_of_meaning) {
    expression_table table;
    const expression x = table.variable("x", unsigned_4);
    const expression y = table.variable("y", signed_4);
    for (const int a : {-1000, -6, -2, -1, 0, 1, 3, 4, 1000}) {
        for (const int b : {-1000, -4, 0, 2, 6}) {
            for (const int c : {-1001, -17, -5, -1, 0, 1, 2, 7, 999}) {
                const expression sum =
                    table.sum(table.sum(table.product(table.constant(a), x), table.product(table.constant(b), y)),
                              table.constant(c));
                const literal at_least = table.at_most(table.constant(0), sum);
                const literal equal = table.equal(sum, table.constant(0));
                for_all_inputs([&](int vx, int vy) {
                    const int value = a * vx + b * vy + c;
                    const assignment inputs = inputs_of(vx, vy);
                    ASSERT_EQ(table.evaluate(at_least, inputs), value >= 0)
                        << fmt::format("{} * {} + {} * {} + {} >= 0", a, vx, b, vy, c);
                    ASSERT_EQ(table.evaluate(table.negation(at_least), inputs), value < 0);
                    ASSERT_EQ(table.evaluate(equal, inputs), value == 0)
                        << fmt::format("{} * {} + {} * {} + {} == 0", a, vx, b, vy, c);
                    ASSERT_EQ(table.evaluate(table.negation(equal), inputs), value != 0);
                    ASSERT_EQ(table.obvious(at_least).value_or(value >= 0), value >= 0)
                        << "said to be so for all inputs";
                });
            }
        }
    }
}

TEST(expression, wraps_as_machine_integers_do) {
    expression_table table;
    const expression x = table.variable("x", unsigned_4);
    const expression y = table.variable("y", signed_4);
    const expression product = table.product(table.sum(x, table.constant(3)), y);
    const expression to_unsigned = table.wrapped(product, unsigned_4);
    const expression to_signed = table.wrapped(product, signed_4);
    for_all_inputs([&](int vx, int vy) {
        const int exact = (vx + 3) * vy;
        const int low = exact & 15;
        EXPECT_TRUE(table.evaluate(to_unsigned, inputs_of(vx, vy)) == int128{low});
        EXPECT_TRUE(table.evaluate(to_signed, inputs_of(vx, vy)) == int128{low < 8 ? low : low - 16});
    });
}

TEST(expression, defines_a_quotient_by_what_it_leaves) {
    expression_table table;
    const expression x = table.variable("x", unsigned_4);
    const expression d = table.variable("d", unsigned_4);
    const expression quotient = table.quotient(x, d);
    const atom_number number = table.sum_of(quotient).parts.at(0).first;
    const auto halves = table.definition_of(number);
    ASSERT_EQ(halves.size(), 2U);
    for (int vx = 0; vx < 16; ++vx) {
        for (int vd = 1; vd < 16; ++vd) {
            const assignment inputs{{"x", vx}, {"d", vd}};
            EXPECT_TRUE(table.evaluate(quotient, inputs) == int128{vx / vd});
            for (const literal& half : halves)
                EXPECT_EQ(table.evaluate(half, inputs), true) << vx << " / " << vd;
        }
    }
}

/// Statements at random, of the kinds that the model's functions lead to.
class drawn_statements {
public:
    drawn_statements(expression_table& table, unsigned seed) : table_(table), random_(seed) {}

    literal next() {
        const expression left = term(2);
        const expression right = term(1);
        switch (random_() % 4) {
        case 0:
            return table_.at_most(left, right);
        case 1:
            return table_.equal(left, right);
        case 2:
            return table_.negation(table_.equal(left, right));
        default:
            return table_.negation(table_.at_most(left, right));
        }
    }

private:
    expression term(int depth) {
        const auto draw = random_() % 8;
        if (depth == 0 || draw < 2)
            return draw % 2 == 0 ? table_.variable("x", unsigned_4) : table_.variable("y", signed_4);
        if (draw == 2)
            return table_.constant(static_cast<int>(random_() % 40) - 10);
        const expression a = term(depth - 1);
        const expression b = term(depth - 1);
        switch (draw) {
        case 3:
            return table_.difference(a, b);
        case 4:
            return table_.product(a, b);
        case 5:
            return table_.wrapped(table_.sum(a, b), random_() % 2 == 0 ? unsigned_4 : signed_4);
        case 6:
            return table_.quotient(a, table_.constant(static_cast<int>(1 + random_() % 6)));
        default:
            return table_.sum(a, b);
        }
    }

    expression_table& table_;
    std::minstd_rand random_;
};

// Three statements each, so that about half of them can be true together and half cannot.
TEST(expression, means_the_same_in_both_encodings_as_in_all_inputs) {
    z3_solver solver({});
    int satisfiable = 0;
    constexpr int drawn = 200;
    for (unsigned seed = 1; seed <= drawn; ++seed) {
        expression_table table;
        drawn_statements statements(table, seed);
        const std::vector<literal> all{statements.next(), statements.next(), statements.next()};
        bool found = false;
        for_all_inputs([&](int vx, int vy) {
            bool together = true;
            for (const literal& one : all)
                together = together && table.evaluate(one, inputs_of(vx, vy)).value();
            found = found || together;
        });
        satisfiable += found ? 1 : 0;
        const answer expected = found ? answer::satisfiable : answer::unsatisfiable;
        for (const encoding how : {encoding::bit_vectors, encoding::integers}) {
            const std::string text = to_smt2(table, all, how);
            EXPECT_EQ(solver.decide(text).value, expected) << "seed " << seed << "\n" << text;
        }
    }
    EXPECT_GT(satisfiable, drawn / 4);
    EXPECT_LT(satisfiable, drawn * 3 / 4);
}

} // namespace
} // namespace bwcheck::symbolic

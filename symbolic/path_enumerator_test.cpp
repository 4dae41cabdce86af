#include "symbolic/numbers.hpp"
#include "symbolic/obligation.hpp"
#include "symbolic/path_enumerator.hpp"

#include <gtest/gtest.h>

#include <optional>

namespace bwcheck::symbolic {
namespace {

using u64 = numbers::u64;
using s64 = numbers::s64;

constexpr machine_type unsigned_64{64, false};
constexpr machine_type signed_64{64, true};

class enumerating : public testing::Test {
public:
    path_enumerator paths{{}};

    u64 input(std::string_view name) { return u64::of(paths.table().variable(name, unsigned_64)); }
    s64 signed_input(std::string_view name) { return s64::of(paths.table().variable(name, signed_64)); }

    /// Runs the function, and decides again what the enumeration rests on.
    enumeration run(const std::function<void()>& body) {
        enumeration result = paths.for_each_path(body, [](const path& path) {
            EXPECT_TRUE(path.has_witness);
            return true;
        });
        const obligation_report report = decide(paths.table(), result.obligations, {}, 3);
        EXPECT_EQ(report.proved, result.obligations.size()) << report.problem;
        EXPECT_EQ(report.vacuous, 0U);
        EXPECT_EQ(result.unknown, 0U);
        return result;
    }
};

TEST_F(enumerating, takes_one_path_where_nothing_is_compared) {
    const auto result = run([&] { static_cast<void>(input("a") / 7); });
    EXPECT_EQ(result.paths, 1U);
    EXPECT_TRUE(result.wraps.empty());
}

TEST_F(enumerating, takes_both_sides_of_a_comparison) {
    const auto result = run([&] { static_cast<void>(static_cast<bool>(input("a") < 5)); });
    EXPECT_EQ(result.paths, 2U);
    EXPECT_TRUE(result.obligations.empty());
}

TEST_F(enumerating, takes_three_paths_through_a_clamp) {
    const auto result = run([&] {
        const u64 low = model::min(input("a"), u64(100));
        static_cast<void>(low < 50 && low > 10);
    });
    // a > 100; 50 <= a <= 100 and a <= 100 itself; a <= 10; 10 < a < 50
    EXPECT_EQ(result.paths, 4U);
}

TEST_F(enumerating, knows_both_ways_of_saying_the_same) {
    const auto result = run([&] {
        const u64 a = input("a");
        const u64 b = input("b");
        if (a < b) {
            EXPECT_TRUE(b > a);
            EXPECT_FALSE(a >= b);
            EXPECT_TRUE(a != b);
        }
    });
    EXPECT_EQ(result.paths, 2U);
}

TEST_F(enumerating, cuts_ways_that_no_input_takes_and_says_why) {
    const auto result = run([&] {
        const u64 a = input("a");
        const u64 b = input("b");
        if (a < 10 && b < 10 && a + b > 20)
            ADD_FAILURE() << "no numbers are like that";
    });
    EXPECT_EQ(result.paths, 3U);
    ASSERT_EQ(result.obligations.size(), 2U);
    EXPECT_EQ(result.obligations.front().what, obligation::kind::no_wrap);
    EXPECT_EQ(result.obligations.back().what, obligation::kind::cut);
}

TEST_F(enumerating, sees_how_large_a_quotient_can_be) {
    const auto result = run([&] {
        const u64 a = input("a");
        const u64 d = input("d");
        if (a > 1000 || d < 10)
            return;
        EXPECT_TRUE(a / d <= 100);
        EXPECT_TRUE(((a / d) << 20U) / d <= 10U << 20U) << "from what was seen of the quotient inside";
        static_cast<void>(as_s64((a / d) << 56U));
    });
    EXPECT_EQ(result.paths, 3U);
    ASSERT_EQ(result.obligations.size(), 0U) << "everything here follows from bounds";
    EXPECT_TRUE(result.wraps.empty());
}

TEST(known_facts, bound_a_quotient_exactly_by_the_bounds_of_its_operands) {
    for (int least = 0; least < 6; ++least)
        for (int greatest = least; greatest < 12; ++greatest)
            for (int least_divisor = 1; least_divisor < 4; ++least_divisor)
                for (int greatest_divisor = least_divisor; greatest_divisor < 6; ++greatest_divisor) {
                    expression_table table;
                    known_facts known(table);
                    const expression a = table.variable("a", signed_64);
                    const expression d = table.variable("d", unsigned_64);
                    known.add(table.at_most(table.constant(least), a));
                    known.add(table.at_most(a, table.constant(greatest)));
                    known.add(table.at_most(table.constant(least_divisor), d));
                    known.add(table.at_most(d, table.constant(greatest_divisor)));
                    const expression q = table.quotient(a, d);
                    known.add_quotient(table.sum_of(q).parts.front().first);
                    for (int bound = -1; bound < 13; ++bound) {
                        std::optional<bool> expected;
                        if (greatest / least_divisor <= bound)
                            expected = true;
                        else if (least / greatest_divisor > bound)
                            expected = false;
                        EXPECT_EQ(known.say(table.at_most(q, table.constant(bound))), expected)
                            << least << ".." << greatest << " / " << least_divisor << ".." << greatest_divisor
                            << " <= " << bound;
                    }
                }
}

TEST(known_facts, do_not_bound_a_quotient_that_may_be_negative) {
    expression_table table;
    known_facts known(table);
    const expression a = table.variable("a", signed_64);
    const expression d = table.variable("d", unsigned_64);
    known.add(table.at_most(a, table.constant(10)));
    known.add(table.at_most(table.constant(2), d));
    const expression q = table.quotient(a, d);
    known.add_quotient(table.sum_of(q).parts.front().first);
    EXPECT_EQ(known.say(table.at_most(q, table.constant(5))), std::nullopt);
    EXPECT_EQ(known.say(table.at_most(table.constant(0), q)), std::nullopt);
}

TEST_F(enumerating, finds_the_wrap_of_each_operation_with_inputs_and_place) {
    const auto result = run([&] {
        const u64 a = input("a");
        const u64 b = input("b");
        static_cast<void>(a + b);
        const auto line = __LINE__ - 1;
        static_cast<void>(a - b);
        static_cast<void>(a * 1000);
        static_cast<void>(a << 20);
        static_cast<void>(line);
    });
    ASSERT_EQ(result.wraps.size(), 4U);
    std::string operations;
    for (const wrap_finding& wrap : result.wraps) {
        operations.push_back(wrap.operation);
        EXPECT_NE(std::string_view(wrap.where.file_name()).find("path_enumerator_test"), std::string_view::npos);
    }
    EXPECT_EQ(operations, "+-*<");
    const auto& sum = result.wraps.front().inputs;
    EXPECT_GT(sum.at("a") + sum.at("b"), unsigned_64.max());
}

TEST_F(enumerating, proves_that_a_guard_prevents_the_wrap) {
    const auto result = run([&] {
        const u64 a = input("a");
        if (a > UINT64_MAX / 1000)
            return;
        const u64 ns = a * 1000;
        EXPECT_TRUE(ns / 1000 == a);
    });
    EXPECT_TRUE(result.wraps.empty());
}

TEST_F(enumerating, sees_at_a_glance_what_one_fact_implies) {
    const auto result = run([&] {
        const u64 a = input("a");
        if (a < 10)
            EXPECT_FALSE(a + 5 > 20);
    });
    EXPECT_EQ(result.paths, 2U);
    EXPECT_TRUE(result.obligations.empty());
}

TEST_F(enumerating, leaves_a_loop_that_does_not_end_and_says_so) {
    enumeration_limits limits;
    limits.decisions = 20;
    path_enumerator bounded(limits);
    const auto result = bounded.for_each_path(
        [&] {
            u64 a = u64::of(bounded.table().variable("a", unsigned_64));
            while (a > 0)
                a = a / 2;
        },
        [](const path&) { return true; });
    EXPECT_FALSE(result.complete);
    EXPECT_EQ(result.unfinished, 1U);
    EXPECT_NE(result.reason.find("decisions"), std::string::npos);
}

TEST_F(enumerating, tries_each_choice) {
    unsigned seen = 0;
    const auto result = run([&] { seen |= 1U << paths.choose("which", 3); });
    EXPECT_EQ(result.paths, 3U);
    EXPECT_EQ(seen, 7U);
}

TEST_F(enumerating, converts_as_c_does) {
    const auto result = run([&] {
        const u64 a = input("a");
        const s64 b = as_s64(a);
        if (b < 0)
            EXPECT_TRUE(wide(b) + (int128{1} << 64) == wide(a));
        else
            EXPECT_TRUE(wide(b) == wide(a));
        EXPECT_TRUE(as_u64(b) == a);
    });
    EXPECT_EQ(result.paths, 2U);
    EXPECT_TRUE(result.wraps.empty()); // a conversion is none
}

} // namespace
} // namespace bwcheck::symbolic

// What a patch changes, property by property.
#include "properties/catalogue.hpp"
#include "verdicts/comparison.hpp"

#include <gtest/gtest.h>

namespace bwcheck::verdicts {
namespace {

summary about(std::string_view property, verdict value) {
    summary all;
    all.property = property;
    all.verdict = value;
    return all;
}

change change_from(verdict before, verdict now, properties::property_set also_broken = 0,
                   std::string_view property = "refill-exact") {
    const std::vector<summary> patch{about(property, now)};
    const std::vector<summary> base{about(property, before)};
    return compare(patch, base, also_broken).at(0).change;
}

TEST(comparison, tells_what_is_newly_violated_from_what_was_violated_before) {
    EXPECT_EQ(change_from(verdict::holds, verdict::violated), change::newly_violated);
    EXPECT_EQ(change_from(verdict::inconclusive, verdict::violated), change::newly_violated);
    EXPECT_EQ(change_from(verdict::violated, verdict::violated), change::as_before);
}

TEST(comparison, takes_a_run_that_breaks_the_base_too_for_what_was_violated_before) {
    EXPECT_EQ(change_from(verdict::holds, verdict::violated, properties::only("refill-exact")), change::as_before);
    EXPECT_EQ(change_from(verdict::holds, verdict::violated, properties::only("conservation")), change::newly_violated);
}

TEST(comparison, tells_what_is_repaired_from_what_is_not_known_any_more) {
    EXPECT_EQ(change_from(verdict::violated, verdict::holds), change::repaired);
    EXPECT_EQ(change_from(verdict::violated, verdict::inconclusive), change::newly_open);
    EXPECT_EQ(change_from(verdict::holds, verdict::inconclusive), change::newly_open);
    EXPECT_EQ(change_from(verdict::inconclusive, verdict::inconclusive), change::as_before);
    EXPECT_EQ(change_from(verdict::inconclusive, verdict::holds), change::as_before);
}

TEST(comparison, tells_other_answers) {
    EXPECT_EQ(change_from(verdict::yes, verdict::no, 0, "no-lost-credit"), change::other_answer);
    EXPECT_EQ(change_from(verdict::no, verdict::yes, 0, "no-lost-credit"), change::other_answer);
    EXPECT_EQ(change_from(verdict::no, verdict::no, 0, "no-lost-credit"), change::as_before);
}

TEST(comparison, has_no_news_of_a_base_that_was_not_asked) {
    const std::vector<summary> patch{about("refill-exact", verdict::holds)};
    EXPECT_EQ(compare(patch, {}, 0).at(0).change, change::as_before);
    EXPECT_EQ(compare(patch, {}, 0).at(0).before, nullptr);
}

/// A number that one engine measured, with or without having gone through whole parts.
struct measured_summary {
    measured_summary(std::int64_t number, bool everywhere, const engine* by) {
        said.measured = number;
        if (everywhere)
            in.exhausted.emplace_back();
        all = about("bounded-overuse", verdict::holds);
        all.voices.push_back({by, &in, &said});
    }
    finding said;
    report in;
    summary all;
};

TEST(comparison, compares_numbers_of_an_engine_that_looked_everywhere) {
    const auto* const by =
        reinterpret_cast<const engine*>(&properties::catalogue_infos); // only told apart, never asked
    const auto change_between = [&](std::int64_t before, std::int64_t now, bool everywhere) {
        const measured_summary patch(now, everywhere, by);
        const measured_summary base(before, everywhere, by);
        return compare(std::span(&patch.all, 1), std::span(&base.all, 1), 0).at(0).change;
    };
    EXPECT_EQ(change_between(12, 8, true), change::other_number);
    EXPECT_EQ(change_between(12, 12, true), change::as_before);
    EXPECT_EQ(change_between(12, 8, false), change::as_before) << "random cases are others on another machine";
}

} // namespace
} // namespace bwcheck::verdicts

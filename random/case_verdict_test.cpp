// What cases that broke nothing amount to: never more than they are worth.
#include "properties/catalogue.hpp"
#include "random/case_verdict.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bwcheck::random {
namespace {

using testing::HasSubstr;
using verdicts::verdict;

const properties::property_info& refill_exact() {
    return properties::catalogue_infos[properties::property_number("refill-exact").value()];
}
unbroken_cases some_cases() {
    return {.cases = 30, .wanted_cases = 30, .events = 900, .fired = 7, .coverage = {}, .missing = {}};
}

TEST(case_verdict, holds_if_all_ran_and_it_fired) {
    const case_verdict done = conclude(refill_exact(), some_cases());
    EXPECT_EQ(done.verdict, verdict::holds);
    EXPECT_THAT(done.reason, HasSubstr("30 random cases of 900 events"));
}

TEST(case_verdict, is_open_if_something_is_missing) {
    const auto open = [](const unbroken_cases& seen, const char* reason) {
        const case_verdict done = conclude(refill_exact(), seen);
        EXPECT_EQ(done.verdict, verdict::inconclusive);
        EXPECT_THAT(done.reason, HasSubstr(reason));
    };
    unbroken_cases none = some_cases();
    none.cases = 0;
    open(none, "no case ran");
    unbroken_cases cut_short = some_cases();
    cut_short.wanted_cases = 31;
    open(cut_short, "after 30 of 31 cases");
    unbroken_cases silent = some_cases();
    silent.fired = 0;
    open(silent, "vacuous in 30 cases: it takes ");
    unbroken_cases gap = some_cases();
    gap.missing = "seeds 3 to 5 did not run";
    open(gap, "seeds 3 to 5");
}

TEST(case_verdict, as_many_as_the_budget_allowed_is_enough) {
    unbroken_cases seen = some_cases();
    seen.wanted_cases.reset();
    EXPECT_EQ(conclude(refill_exact(), seen).verdict, verdict::holds);
}

TEST(case_verdict, names_checks_that_never_decided) {
    const auto& guards = properties::catalogue_infos[properties::property_number("guard-decides").value()];
    const auto bit = static_cast<std::size_t>(model::guard::quota_within_limit);
    unbroken_cases seen = some_cases();
    seen.coverage.emplace().asked.set(bit);
    EXPECT_EQ(conclude(guards, seen).verdict, verdict::inconclusive);
    EXPECT_THAT(conclude(guards, seen).reason, HasSubstr("quota_within_limit"));
    seen.coverage->decided.set(bit);
    EXPECT_EQ(conclude(guards, seen).verdict, verdict::yes);
}

} // namespace
} // namespace bwcheck::random

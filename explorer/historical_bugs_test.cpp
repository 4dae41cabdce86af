// Bugs that Linux once had: the exhaustive engine finds each of them by the property named here, in a small scope in
// which the kernel that repaired it has no fault with that property.
#include "explorer/bug_table.hpp"
#include "explorer/exploration.hpp"
#include "explorer/historical_bugs.hpp"
#include "model/revisions/registry.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <string_view>

namespace bwcheck::explorer {
namespace {

verdicts::finding explored(std::string_view revision, const historical_bug& bug) {
    exploration_options options;
    options.jobs = 2;
    options.selected = properties::only(bug.property);
    const std::string histories = bug.history.empty() ? "" : fmt::format("\"{}\"", bug.history);
    return explore_revision(model::revision_named(revision), bug_scope({bug.scope}, histories), options).findings.at(0);
}

class historical_bug_test : public testing::TestWithParam<historical_bug> {};

TEST_P(historical_bug_test, is_caught_and_its_repair_is_not) {
    const historical_bug& bug = GetParam();
    const verdicts::finding with = explored(bug.revision, bug);
    EXPECT_EQ(with.verdict, verdicts::verdict::violated) << with.reason;
    ASSERT_TRUE(with.run.has_value());
    EXPECT_EQ(with.run->events.size(), bug.events);

    const verdicts::finding without = explored(bug.repaired, bug);
    EXPECT_EQ(without.verdict, verdicts::verdict::holds) << without.reason;
    EXPECT_GT(without.fired, 0U);
}

INSTANTIATE_TEST_SUITE_P(each_of_them, historical_bug_test, testing::ValuesIn(historical_bugs));

TEST(historical_bugs, all_are_in_the_table) {
    std::set<std::string_view> listed;
    for (const auto& bug : historical_bugs)
        listed.insert(bug.revision);
    for (const auto& revision : model::revisions())
        EXPECT_TRUE(!revision.info.id.starts_with("bug-") || listed.contains(revision.info.id)) << revision.info.id;
}

TEST(historical_bugs, the_page_says_what_is_computed) {
    std::ifstream in(BWCHECK_SOURCE_DIR "/docs/historical-bugs.md");
    std::ostringstream page;
    page << in.rdbuf();
    EXPECT_EQ(page.str(), bug_table()) << "run write_bug_table > docs/historical-bugs.md";
}

} // namespace
} // namespace bwcheck::explorer

// Shrinking, measured: where the exhaustive engine knows the shortest run that breaks a property, the one that random
// cases are shrunk to is at most one event longer.
#include "model/revisions/registry.hpp"
#include "random/random_run.hpp"
#include "testing/revision_test_name.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace bwcheck::random {
namespace {

using explorer::verdict;

class ShrinkLength : public testing::TestWithParam<std::string> {};

TEST_P(ShrinkLength, IsWithinOneEventOfTheShortest) {
    const std::string& revision = GetParam();
    const model::scope scope = model::parse_scope(model::named_scope_text("default"), "default");
    const explorer::exploration shortest =
        explorer::explore_revision(model::revision_named(revision), scope, {.jobs = 2});
    run_options how;
    how.cases = 2000;
    how.scope = scope;
    const random_run shrunk = run_random(model::revision_named(revision), how);

    int compared = 0;
    for (const explorer::property_result& known : shortest.properties) {
        if (known.verdict != verdict::violated || known.trace->survey)
            continue;
        const auto found = std::find_if(shrunk.properties.begin(), shrunk.properties.end(),
                                        [&](const property_result& one) { return one.property == known.property; });
        ASSERT_NE(found, shrunk.properties.end()) << known.property;
        ASSERT_TRUE(found->broken.has_value()) << known.property << " is violated after " << known.trace->events.size()
                                               << " events, and " << how.cases << " random cases did not find it";
        EXPECT_LE(found->broken->found.events.size(), known.trace->events.size() + 1)
            << known.property << ", seed " << found->broken->seed << ", in part " << found->broken->found.part.name
            << "; the shortest is in part " << scope.parts[known.trace->part].name;
        RecordProperty(std::string(known.property), std::to_string(known.trace->events.size()) + " shortest, " +
                                                        std::to_string(found->broken->found_events) + " found, " +
                                                        std::to_string(found->broken->found.events.size()) + " shrunk");
        ++compared;
    }
    EXPECT_GT(compared, 0) << "there was nothing to compare";
}

std::vector<std::string> all_revisions() {
    std::vector<std::string> ids;
    for (const std::string_view id : model::revision_ids())
        ids.emplace_back(id);
    return ids;
}
INSTANTIATE_TEST_SUITE_P(Revision, ShrinkLength, testing::ValuesIn(all_revisions()), revision_test_name);

} // namespace
} // namespace bwcheck::random

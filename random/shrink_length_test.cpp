// Shrinking, measured: where the exhaustive engine knows the shortest run that breaks a property, the one that random
// cases are shrunk to is at most one event longer.
#include "explorer/exploration.hpp"
#include "model/revisions/registry.hpp"
#include "random/random_run.hpp"
#include "testing/revision_test_name.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace bwcheck::random {
namespace {

using verdicts::verdict;

class shrink_length : public testing::TestWithParam<std::string> {};

TEST_P(shrink_length, is_within_one_event_of_the_shortest) {
    const std::string& revision = GetParam();
    const model::scope scope = model::parse_scope(model::named_scope_text("default"), "default");
    const verdicts::report shortest = explorer::explore_revision(model::revision_named(revision), scope, {.jobs = 2});
    run_options options;
    options.cases = 2000;
    options.scope = scope;
    const verdicts::report shrunk = run_random(model::revision_named(revision), options);

    int compared = 0;
    for (const verdicts::finding& known : shortest.findings) {
        if (known.verdict != verdict::violated || known.run->survey)
            continue;
        const auto found = std::find_if(shrunk.findings.begin(), shrunk.findings.end(),
                                        [&](const verdicts::finding& one) { return one.property == known.property; });
        ASSERT_NE(found, shrunk.findings.end()) << known.property;
        ASSERT_TRUE(found->run.has_value()) << known.property << " is violated after " << known.run->events.size()
                                            << " events, and " << options.cases << " random cases did not find it";
        EXPECT_LE(found->run->events.size(), known.run->events.size() + 1)
            << known.property << ", seed " << found->run->seed.value_or(0) << ", in part " << found->run->part.name
            << "; the shortest is in part " << known.run->part.name;
        RecordProperty(std::string(known.property), std::to_string(known.run->events.size()) + " shortest, " +
                                                        std::to_string(found->run->found_events) + " found, " +
                                                        std::to_string(found->run->events.size()) + " shrunk");
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
INSTANTIATE_TEST_SUITE_P(revision, shrink_length, testing::ValuesIn(all_revisions()), revision_test_name);

} // namespace
} // namespace bwcheck::random

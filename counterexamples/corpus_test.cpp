// The saved counterexamples: each still happens where it belongs, and those of historical bugs do not happen in the
// kernel that repaired them.
#include "counterexamples/replay.hpp"
#include "counterexamples/trace_file.hpp"
#include "model/revisions/registry.hpp"
#include "properties/catalogue.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <vector>

namespace bwcheck::counterexamples {
namespace {

std::vector<std::filesystem::path> saved() {
    std::vector<std::filesystem::path> files;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(BWCHECK_SOURCE_DIR "/counterexamples/corpus"))
        if (entry.path().extension() == ".json")
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

replay_report replayed(const trace& known, std::string_view revision) {
    const std::size_t property = properties::property_number(known.property).value();
    return replay(revision, property, known.part, events_of(known));
}

TEST(Corpus, StillHappensWhereItBelongs) {
    ASSERT_FALSE(saved().empty());
    for (const auto& file : saved()) {
        const trace known = read_trace(file);
        EXPECT_EQ(trace_path(BWCHECK_SOURCE_DIR "/counterexamples/corpus", known.revision, known.property), file);
        EXPECT_FALSE(known.explanation.empty()) << file;
        const replay_report report = replayed(known, known.revision);
        EXPECT_EQ(report.stopped_by, "") << file;
        EXPECT_EQ(report.broken_after, known.steps.size()) << file;
    }
}

TEST(Corpus, BugsAreRepaired) {
    for (const auto& file : saved()) {
        const trace known = read_trace(file);
        if (!known.revision.starts_with("bug-"))
            continue;
        const auto& info = model::revisions()[model::revision_number(known.revision).value()];
        EXPECT_EQ(replayed(known, info.base).broken_after, std::nullopt) << file << " on " << info.base;
    }
}

TEST(Corpus, EveryHistoricalBugIsInIt) {
    for (const auto& info : model::revisions()) {
        if (!info.id.starts_with("bug-"))
            continue;
        const auto files = saved();
        EXPECT_TRUE(std::any_of(files.begin(), files.end(), [&](const auto& file) {
            return file.parent_path().filename() == info.id;
        })) << info.id;
    }
}

} // namespace
} // namespace bwcheck::counterexamples

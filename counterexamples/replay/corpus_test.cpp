// The saved counterexamples: each still happens where it belongs, and not in the revision that repaired it.
#include "counterexamples/replay/make_trace.hpp"
#include "counterexamples/trace_file.hpp"
#include "model/revisions/registry.hpp"
#include "properties/catalogue.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string>
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

TEST(corpus, still_happens_where_it_belongs) {
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

TEST(corpus, tells_since_when_it_could_not_be_avoided) {
    for (const auto& file : saved()) {
        const trace known = read_trace(file);
        if (known.engine != "explore") // others do not ask
            continue;
        const trace made = make_trace({.revision = known.revision,
                                       .property = known.property,
                                       .engine = known.engine,
                                       .scope = known.scope,
                                       .seed = known.seed,
                                       .tool_version = known.tool_version},
                                      known.part, events_of(known));
        EXPECT_EQ(made.unavoidable_from, known.unavoidable_from) << file;
    }
}

/// The revision that repairs, or was to repair, another one; empty if there is none.
std::string_view repair_of(std::string_view revision) {
    if (revision.starts_with("bug-"))
        return model::revision_named(revision).info.base;
    if (revision == "linux-6.1")
        return "mainline";
    return revision == "cpu-max-runtime-v1" ? "cpu-max-runtime-v2" : "";
}

/// What still happens there. That it does is a finding about the repair, and noticed when it no longer holds.
const std::set<std::string> not_repaired{
    "cpu-max-runtime-v1/burst-statistics-true",
    "cpu-max-runtime-v1/other-setting-unchanged",
    "cpu-max-runtime-v1/read-back-writable",
    "cpu-max-runtime-v1/validation-no-wrap",
    "linux-6.1/stored-config-valid",
};

/// What cannot be run to its end there: where the bug throttles a CPU, which is what the trace goes on from, the repair
/// does not.
const std::map<std::string, std::size_t> stops_after{{"bug-956dfda6a708/unthrottle-does-not-throttle", 4}};

TEST(corpus, does_not_happen_where_it_was_repaired) {
    for (const auto& file : saved()) {
        const trace known = read_trace(file);
        const std::string_view repair = repair_of(known.revision);
        if (repair.empty())
            continue;
        const std::string name = known.revision + "/" + known.property;
        const replay_report report = replayed(known, repair);
        EXPECT_EQ(report.broken_after.has_value(), not_repaired.contains(name)) << name << " on " << repair;
        const auto stops = stops_after.find(name);
        EXPECT_EQ(report.stopped_by.empty(), stops == stops_after.end())
            << name << " on " << repair << ": " << report.stopped_by;
        if (stops != stops_after.end())
            EXPECT_EQ(report.steps.size(), stops->second) << name << " on " << repair << ": " << report.stopped_by;
    }
}

TEST(corpus, every_historical_bug_is_in_it) {
    for (const model::revision& each : model::revisions()) {
        const model::revision_info& info = each.info;
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

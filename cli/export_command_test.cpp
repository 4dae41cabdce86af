// `bwcheck export`: traces as other tools read them, and as a mail.
#include "testing/run_bwcheck.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <map>
#include <set>

namespace bwcheck::cli {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;

class export_command : public in_empty_directory {
protected:
    [[nodiscard]] std::string exported(const std::string& revision, const std::string& property,
                                       const std::string& format) const {
        const outcome done = bwcheck("export '" BWCHECK_SOURCE_DIR "/counterexamples/corpus/" + revision + "/" +
                                     property + ".json' --as " + format);
        EXPECT_EQ(done.status, 0) << done.err;
        return done.out;
    }
};

TEST_F(export_command, writes_every_state_with_every_variable_as_itf) {
    const json all = json::parse(exported("cpu-max-runtime-v1", "write-unthrottles-now", "itf"));
    EXPECT_EQ(all["#meta"]["format"], "ITF");
    std::set<std::string> vars;
    for (const json& each : all["vars"])
        vars.insert(each.get<std::string>());
    ASSERT_GT(all["states"].size(), 3U);
    for (std::size_t number = 0; number < all["states"].size(); ++number) {
        const json& state = all["states"][number];
        EXPECT_EQ(state["#meta"]["index"], number);
        std::set<std::string> names;
        for (const auto& [name, value] : state.items())
            names.insert(name);
        names.erase("#meta");
        EXPECT_EQ(names, vars);
        EXPECT_TRUE(state["runtime"].is_number_integer());
    }
    EXPECT_EQ(all["states"].back()["answered"], "OK");
    EXPECT_THAT(all["states"].back()["happened"].get<std::string>(), HasSubstr("> cpu.max.runtime"));
}

// A reader that keeps numbers as doubles would round it.
TEST_F(export_command, writes_large_numbers_as_bigint) {
    const json all = json::parse(exported("mainline", "stored-config-valid", "itf"));
    const json& last = all["states"].back()["quota"];
    ASSERT_TRUE(last.is_object()) << last;
    EXPECT_THAT(last["#bigint"].get<std::string>(), testing::StartsWith("1844674407370955"));
}

TEST_F(export_command, gives_perfetto_a_track_for_each_cpu_and_a_counter_for_the_pool) {
    const json all = json::parse(exported("cpu-max-runtime-v1", "write-unthrottles-now", "perfetto"));
    std::map<std::string, int> of_kind;
    std::map<int, int> open;
    std::set<std::string> names;
    double last = 0;
    for (const json& event : all["traceEvents"]) {
        const std::string kind = event["ph"];
        ++of_kind[kind];
        if (kind == "M") {
            names.insert(event["args"]["name"]);
            continue;
        }
        EXPECT_GE(event["ts"].get<double>(), last) << event;
        last = event["ts"];
        if (kind == "B")
            ++open[event["tid"]];
        if (kind == "E")
            EXPECT_GE(--open[event["tid"]], 0) << event;
    }
    for (const auto& [track, depth] : open)
        EXPECT_EQ(depth, 0) << "track " << track << " does not end";
    EXPECT_THAT(names, testing::IsSupersetOf({"cpu0", "cpu1", "timers", "users"}));
    EXPECT_GT(of_kind["C"], 3);
    EXPECT_GT(of_kind["i"], 3);
    EXPECT_THAT(exported("cpu-max-runtime-v1", "write-unthrottles-now", "perfetto"),
                HasSubstr("runs in the kernel, throttled"));
}

TEST_F(export_command, makes_a_mail_of_75_columns) {
    for (const char* const property : {"write-unthrottles-now", "validation-no-wrap", "write-latency"}) {
        const std::string mail = exported("cpu-max-runtime-v1", property, "mail");
        std::istringstream lines(mail);
        for (std::string line; std::getline(lines, line);) {
            if (line.find("bwcheck replay") != std::string::npos)
                continue; // a command is not broken
            const auto width = std::count_if(line.begin(), line.end(),
                                             [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
            EXPECT_LE(width, 75) << line;
        }
        EXPECT_THAT(mail, AllOf(HasSubstr("cpu-max-runtime-v1"), HasSubstr("It was checked with the engine "),
                                HasSubstr("what changes"), HasSubstr("To see it again:\n\n  bwcheck replay ")));
    }
}

TEST_F(export_command, writes_to_a_file_if_asked) {
    const std::string trace = "'" BWCHECK_SOURCE_DIR "/counterexamples/corpus/mainline/conservation.json'";
    EXPECT_EQ(bwcheck("export " + trace + " --as itf -o out.itf.json").out, "");
    EXPECT_EQ(contents(directory / "out.itf.json"), bwcheck("export " + trace + " --as itf").out);
}

TEST_F(export_command, refuses_in_one_line) {
    const std::string trace = "'" BWCHECK_SOURCE_DIR "/counterexamples/corpus/mainline/conservation.json'";
    expect_one_line(bwcheck("export " + trace + " --as itff"), "itf");
    expect_one_line(bwcheck("export " + trace), "--as");
    expect_one_line(bwcheck("export nowhere.json --as itf"), "nowhere.json");
    expect_one_line(bwcheck("export " + trace + " --as mail -o nowhere/out"), "nowhere/out");
}

} // namespace
} // namespace bwcheck::cli

#include "counterexamples/trace_file.hpp"
#include "counterexamples/trace_json.hpp"
#include "properties/catalogue.hpp"
#include "testing/known_trace.hpp"
#include "text/input_error.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cstdint>
#include <functional>
#include <random>
#include <string>
#include <string_view>

namespace bwcheck::counterexamples {
namespace {

using nlohmann::ordered_json;
using testing::HasSubstr;
using testing::Not;

std::string error_of(const std::string& text) {
    try {
        static_cast<void>(trace_from_json(text));
    } catch (const text::input_error& error) {
        return error.what();
    }
    return "";
}

/// What is said of the known trace after a change to it.
std::string error_after(const std::function<void(ordered_json&)>& change) {
    ordered_json root = ordered_json::parse(trace_to_json(known_trace()));
    change(root);
    const std::string error = error_of(root.dump());
    EXPECT_THAT(error, Not(HasSubstr("\n")));
    return error;
}

TEST(trace_json, gives_back_what_was_written) {
    trace written = known_trace();
    written.did_not_matter = {"another number instead of 3"};
    const std::string text = trace_to_json(written);
    const trace read = trace_from_json(text);
    EXPECT_EQ(read.steps, written.steps);
    EXPECT_EQ(read.initial, written.initial);
    EXPECT_EQ(read.setup, written.setup);
    EXPECT_EQ(read.unavoidable_from, written.unavoidable_from);
    EXPECT_EQ(read.did_not_matter, written.did_not_matter);
    EXPECT_EQ(read.part.constants.max_usec, written.part.constants.max_usec);
    EXPECT_EQ(read.part.longest_period, written.part.longest_period);
    EXPECT_EQ(trace_to_json(read), text);
}

TEST(trace_json, keeps_odd_texts) {
    trace odd = known_trace();
    odd.part.writes[0].text = std::string("3\n\0\x1b→", 7);
    const trace read = trace_from_json(trace_to_json(odd));
    EXPECT_EQ(read.part.writes[0].text, odd.part.writes[0].text);
}

TEST(trace_json, replays_after_reading) {
    const trace read = trace_from_json(trace_to_json(known_trace()));
    const auto property = properties::property_number(read.property).value();
    const auto report = replay(read.revision, property, read.part, events_of(read));
    EXPECT_EQ(report.broken_after, read.steps.size());
}

TEST(trace_json, refuses_what_is_no_trace) {
    EXPECT_THAT(error_of(""), HasSubstr("not JSON"));
    EXPECT_THAT(error_of("PK\x03\x04"), HasSubstr("not JSON"));
    EXPECT_EQ(error_of("[]"), "JSON, but not a trace of bwcheck");
    EXPECT_EQ(error_of("{}"), "JSON, but not a trace of bwcheck");
    EXPECT_EQ(error_of(R"({"schema_version": 1, "name": "something else"})"), "JSON, but not a trace of bwcheck");
}

TEST(trace_json, refuses_other_schema_versions) {
    const auto refusal = [](std::string_view version) {
        return fmt::format("a trace of schema version {}; this bwcheck reads versions 1 to {}", version,
                           trace_schema_version());
    };
    const std::uint64_t next = trace_schema_version() + 1;
    EXPECT_EQ(error_after([&](ordered_json& root) { root["schema_version"] = next; }), refusal(std::to_string(next)));
    EXPECT_EQ(error_after([](ordered_json& root) { root["schema_version"] = 0; }), refusal("0"));
    EXPECT_EQ(error_after([](ordered_json& root) { root["schema_version"] = "1"; }), refusal("\"1\""));
}

// A file that bwcheck 0.1.0 wrote, as it is.
TEST(trace_json, reads_schema_version_1) {
    const trace old = read_trace(BWCHECK_SOURCE_DIR "/counterexamples/testdata/schema_version_1.json");
    EXPECT_EQ(old.revision, "cpu-max-runtime-v1");
    EXPECT_TRUE(old.did_not_matter.empty());
    const auto property = properties::property_number(old.property).value();
    EXPECT_EQ(replay(old.revision, property, old.part, events_of(old)).broken_after, old.steps.size());

    // It has no members of later versions, and later ones must have them.
    EXPECT_EQ(
        error_after([](ordered_json& root) { root["schema_version"] = 1; }),
        "there is no \"did_not_matter\" here; known are schema_version, tool, revision, property, engine, scope, seed, "
        "explanation, unavoidable_from, part, setup, initial, steps");
    EXPECT_EQ(error_after([](ordered_json& root) { root.erase("did_not_matter"); }), "\"did_not_matter\" is missing");
}

TEST(trace_json, says_which_value_is_wrong) {
    EXPECT_EQ(error_after([](ordered_json& root) { root["steps"][0]["cpu"] = 1; }),
              "steps[0].cpu: must be a whole number from 0 to 0, not 1");
    EXPECT_EQ(error_after([](ordered_json& root) { root["steps"][0]["event"] = "woke"; }),
              "steps[0].event: there is no event \"woke\"; the nearest is wake");
    EXPECT_EQ(error_after([](ordered_json& root) { root["steps"][0]["file"] = "cpu.max"; }),
              "steps[0].file: must be null for this event, not \"cpu.max\"");
    EXPECT_EQ(error_after([](ordered_json& root) { root["part"]["setup"][0]["file"] = "cpu.mx"; }),
              "part.setup[0].file: there is no file \"cpu.mx\"; the nearest is cpu.max");
    EXPECT_EQ(error_after([](ordered_json& root) { root["part"]["constants"]["nsec_per_usec"] = 0; }),
              "part.constants.nsec_per_usec: must be a whole number from 1 to 1000000, not 0");
    EXPECT_EQ(error_after([](ordered_json& root) { root["part"]["nr_cpus"] = 2; }),
              "initial.cpus: must have as many elements as the part has CPUs");
    EXPECT_EQ(error_after([](ordered_json& root) { root["steps"].back()["text"] = "7"; }),
              "steps[7].text: the part has no such write");
    EXPECT_EQ(error_after([](ordered_json& root) { root["steps"].back()["result"] = "EPERM"; }),
              "steps[7].result: must be OK or the name of an error, not \"EPERM\"");
    EXPECT_EQ(error_after([](ordered_json& root) { root["steps"][0]["source"][0]["function"] = "updatecurr"; }),
              "steps[0].source[0].function: there is no model step \"updatecurr\"; the nearest is update_curr");
    EXPECT_EQ(error_after([](ordered_json& root) { root["steps"][0]["state"]["group"]["x"] = 1; }),
              "steps[0].state.group: has fields that no machine has");
    EXPECT_EQ(error_after([](ordered_json& root) { root["steps"] = 3; }), "steps: must be a list, not 3");
    EXPECT_EQ(error_after([](ordered_json& root) { root["comment"] = ""; }),
              "there is no \"comment\" here; known are schema_version, tool, revision, property, engine, scope, seed, "
              "explanation, "
              "did_not_matter, unavoidable_from, part, setup, initial, steps");
    EXPECT_EQ(error_after([](ordered_json& root) { root.erase("part"); }), "\"part\" is missing");
    EXPECT_EQ(error_after([](ordered_json& root) { root["unavoidable_from"] = 8; }),
              "unavoidable_from: must be a whole number from 0 to 7, not 8");
}

TEST(trace_json, refuses_a_period_of_zero) {
    // The timers divide by the period; that a user cannot write 0 is up to the least period.
    EXPECT_THAT(error_after([](ordered_json& root) {
                    root["part"]["constants"]["nsec_per_usec"] = 3;
                    root["part"]["constants"]["max_usec"] = 1000;
                }),
                HasSubstr("min_cfs_quota_period"));
}

/// One random edit: of a byte, of a run of bytes, or of a number.
std::string mutate(std::string text, std::mt19937_64& random) {
    const auto below = [&](std::size_t limit) { return static_cast<std::size_t>(random() % limit); };
    const std::size_t at = below(text.size());
    switch (below(6)) {
    case 0:
        text[at] = static_cast<char>(random());
        break;
    case 1:
        text.erase(at, below(40));
        break;
    case 2:
        text.insert(at, text.substr(below(text.size()), below(40)));
        break;
    case 3:
        text.resize(at);
        break;
    default: {
        const std::size_t digit = text.find_first_of("0123456789", at);
        static const std::string_view replacements[] = {
            "-1", "0", "1e300", "18446744073709551615", "99999999999999999999", "null", "true", "\"max\"", "7", "[]"};
        if (digit != std::string::npos)
            text.replace(digit, 1, replacements[below(std::size(replacements))]);
        break;
    }
    }
    return text;
}

TEST(trace_json, survives_damage_with_one_line) {
    constexpr int rounds = 3000;
    const std::string original = trace_to_json(known_trace());
    const auto property = properties::property_number("write-unthrottles-now").value();
    std::mt19937_64 random(20261122); // the same damage each time
    int refused = 0;
    int accepted = 0;
    for (int round = 0; round < rounds; ++round) {
        std::string text = mutate(original, random);
        if (round % 3 == 0 && !text.empty())
            text = mutate(text, random);
        try {
            const trace read = trace_from_json(text);
            static_cast<void>(replay("cpu-max-runtime-v1", property, read.part, events_of(read)));
            ++accepted;
        } catch (const text::input_error& error) {
            EXPECT_THAT(error.what(), Not(HasSubstr("\n"))) << "round " << round;
            ++refused;
        }
    }
    EXPECT_GT(refused, rounds / 2);
    EXPECT_GT(accepted, 0);
}

} // namespace
} // namespace bwcheck::counterexamples

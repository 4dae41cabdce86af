#include "counterexamples/trace_json.hpp"
#include "testing/known_trace.hpp"
#include "text/schema_check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bwcheck::counterexamples {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;

const text::schema_check& trace_schema() {
    static const text::schema_check schema =
        text::schema_check::load(BWCHECK_SOURCE_DIR "/docs/schema/trace.schema.json");
    return schema;
}

TEST(schema_check, finds_what_is_wrong) {
    const text::schema_check schema(json::parse(R"({"type": "object", "required": ["a"], "additionalProperties": false,
        "properties": {"a": {"type": ["integer", "null"], "minimum": 1, "maximum": 3}, "b": {"$ref": "#/$defs/list"}},
        "$defs": {"list": {"type": "array", "items": {"enum": ["x", "y"]}}}})"));
    EXPECT_THAT(schema.violation(json::parse(R"({"a": 2, "b": ["x"]})")), IsEmpty());
    EXPECT_THAT(schema.violation(json::parse(R"({"a": null})")), IsEmpty());
    EXPECT_THAT(schema.violation(json::parse(R"({"a": 4})")), HasSubstr("$.a: 4 against maximum 3"));
    EXPECT_THAT(schema.violation(json::parse(R"({"a": 0})")), HasSubstr("minimum"));
    EXPECT_THAT(schema.violation(json::parse(R"({"a": 1.5})")), HasSubstr("type"));
    EXPECT_THAT(schema.violation(json::parse(R"({"b": []})")), HasSubstr("required"));
    EXPECT_THAT(schema.violation(json::parse(R"({"a": 1, "b": ["z"]})")), HasSubstr("$.b[0]"));
    EXPECT_THAT(schema.violation(json::parse(R"({"a": 1, "c": 1})")), HasSubstr("nothing is said of c"));
    EXPECT_THROW(static_cast<void>(text::schema_check(json::parse(R"({"pattern": "x"})")).violation(json())),
                 std::invalid_argument);
}

TEST(trace_schema, describes_what_is_written) {
    EXPECT_THAT(trace_schema().violation(json::parse(trace_to_json(known_trace()))), IsEmpty());
    trace other = known_trace();
    other.seed = 1;
    other.unavoidable_from.reset();
    other.part.environment.hotplug = true;
    EXPECT_THAT(trace_schema().violation(json::parse(trace_to_json(other))), IsEmpty());
}

// Whoever generates traces by the schema must not be surprised by the reader, as far as the schema can say.
TEST(trace_schema, knows_every_event_and_every_field_that_is_read) {
    const auto whole = json::parse(trace_to_json(known_trace()));
    for (const auto& member : whole.items()) {
        auto without = whole;
        without.erase(member.key());
        EXPECT_FALSE(trace_schema().violation(without).empty()) << member.key();
    }
    for (unsigned kind = 0; kind < static_cast<unsigned>(model::event_kind::count); ++kind) {
        auto changed = whole;
        changed["steps"][0]["event"] = model::to_string(static_cast<model::event_kind>(kind));
        EXPECT_THAT(trace_schema().violation(changed), IsEmpty());
    }
}

} // namespace
} // namespace bwcheck::counterexamples

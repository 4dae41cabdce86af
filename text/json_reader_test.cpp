#include "text/input_error.hpp"
#include "text/json_reader.hpp"
#include "text/printable.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <string>

namespace bwcheck::text {
namespace {

std::string error_of(const std::function<void()>& read) {
    try {
        read();
    } catch (const input_error& error) {
        return error.what();
    }
    return "";
}

TEST(parse_json, says_where_it_went_wrong) {
    EXPECT_EQ(error_of([] { static_cast<void>(parse_json("")); }), "not JSON: line 1, column 1");
    EXPECT_EQ(error_of([] { static_cast<void>(parse_json("{\n  \"a\": ,\n}")); }), "not JSON: line 2, column 8");
    EXPECT_EQ(error_of([] { static_cast<void>(parse_json("{\"a\": 1e999}")); }),
              "not JSON that can be read: a number is out of range");
    EXPECT_EQ(error_of([] { static_cast<void>(parse_json("\"\xff\"")); }), "not JSON: line 1, column 2");
}

TEST(parse_json, survives_deep_nesting) {
    EXPECT_NE(error_of([] { static_cast<void>(parse_json(std::string(1'000'000, '['))); }), "");
    EXPECT_TRUE(parse_json(std::string(1'000'000, '[') + std::string(1'000'000, ']')).is_array());
}

TEST(json_reader, names_the_path_to_what_is_wrong) {
    const auto root = parse_json(R"({"steps": [{"cpu": "x", "huge": 18446744073709551616, "less": -1, "part": 1.5}]})");
    const json_reader step = json_reader(root)["steps"][std::size_t{0}];
    EXPECT_EQ(error_of([&] { static_cast<void>(step["cpu"].number(0, 1)); }),
              "steps[0].cpu: must be a whole number from 0 to 1, not \"x\"");
    EXPECT_EQ(error_of([&] { static_cast<void>(step["huge"].number()); }),
              "steps[0].huge: must be a whole number from 0 to 18446744073709551615, not 1.8446744073709552e+19");
    EXPECT_EQ(error_of([&] { static_cast<void>(step["less"].number()); }),
              "steps[0].less: must be a whole number from 0 to 18446744073709551615, not -1");
    EXPECT_EQ(error_of([&] { static_cast<void>(step["part"].signed_number()); }),
              "steps[0].part: must be a whole number that fits 64 bits with a sign, not 1.5");
    EXPECT_EQ(error_of([&] { static_cast<void>(step["none"]); }), "steps[0]: \"none\" is missing");
    EXPECT_EQ(error_of([&] { static_cast<void>(step["cpu"]["deeper"]); }),
              "steps[0].cpu: must be an object, not \"x\"");
}

TEST(json_reader, refuses_members_that_nobody_asked_for) {
    const auto root = parse_json(R"({"propetry": 1})");
    EXPECT_EQ(error_of([&] {
                  json_reader(root).only_members({"revision", "property"});
              }),
              "there is no \"propetry\" here; the nearest is property");
}

TEST(printable, keeps_to_one_line_of_ascii) {
    EXPECT_EQ(printable("4 8\n"), "4 8\\n");
    EXPECT_EQ(printable("\x1b[31m\t\\"), "\\x1b[31m\\t\\\\");
    EXPECT_EQ(printable("abcdef", 3), "abc...");
}

} // namespace
} // namespace bwcheck::text

#include "counterexamples/trace_file.hpp"
#include "testing/known_trace.hpp"
#include "text/input_error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>

namespace bwcheck::counterexamples {
namespace {

using testing::HasSubstr;

class trace_file : public testing::Test {
protected:
    void SetUp() override {
        std::string name = (std::filesystem::temp_directory_path() / "bwcheck-trace-file-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        directory = name;
    }
    void TearDown() override { std::filesystem::remove_all(directory); }

    std::filesystem::path directory;
};

std::string error_of(const std::function<void()>& action) {
    try {
        action();
    } catch (const text::input_error& error) {
        return error.what();
    }
    return "";
}

TEST_F(trace_file, is_named_after_revision_and_property) {
    EXPECT_EQ(trace_path("traces", "mainline", "runtime-capped"), "traces/mainline/runtime-capped.json");
}

TEST_F(trace_file, is_written_whole_with_its_directories) {
    const auto path = trace_path(directory, "cpu-max-runtime-v1", "write-unthrottles-now");
    write_trace(path, known_trace());
    write_trace(path, known_trace()); // and may be replaced
    EXPECT_EQ(read_trace(path).steps, known_trace().steps);
    // Nothing else is left beside it.
    const std::filesystem::directory_iterator all(path.parent_path());
    EXPECT_EQ(std::distance(begin(all), end(all)), 1);
}

TEST_F(trace_file, tells_what_cannot_be_written) {
    std::ofstream(directory / "file") << "x";
    EXPECT_THAT(error_of([&] { write_trace(directory / "file" / "x.json", known_trace()); }), HasSubstr("file"));
    std::filesystem::create_directory(directory / "taken.json");
    EXPECT_THAT(error_of([&] { write_trace(directory / "taken.json", known_trace()); }),
                HasSubstr("cannot be written"));
}

TEST_F(trace_file, tells_what_cannot_be_read) {
    EXPECT_THAT(error_of([&] { static_cast<void>(read_trace(directory / "none.json")); }), HasSubstr("No such file"));
    EXPECT_THAT(error_of([&] { static_cast<void>(read_trace(directory)); }), HasSubstr("cannot be read"));
    std::ofstream(directory / "other.json") << "{}";
    EXPECT_THAT(error_of([&] { static_cast<void>(read_trace(directory / "other.json")); }),
                HasSubstr("other.json: JSON, but not a trace"));
}

TEST_F(trace_file, needs_a_property_that_is_known_and_a_revision_that_can_be) {
    trace odd = known_trace();
    odd.revision = "one-of-a-header";
    write_trace(directory / "odd.json", odd);
    EXPECT_EQ(read_trace(directory / "odd.json").revision, "one-of-a-header");
    odd.revision = "../else\033[31m";
    write_trace(directory / "odd.json", odd);
    EXPECT_THAT(
        error_of([&] { static_cast<void>(read_trace(directory / "odd.json")); }),
        HasSubstr("revision: must be a name of letters, digits, \".\", \"-\" and \"_\", not \"../else\\x1b[31m\""));
    odd = known_trace();
    odd.property = "write-unthrottle-now";
    write_trace(directory / "odd.json", odd);
    EXPECT_THAT(error_of([&] { static_cast<void>(read_trace(directory / "odd.json")); }),
                HasSubstr("the nearest is write-unthrottles-now"));
}

} // namespace
} // namespace bwcheck::counterexamples

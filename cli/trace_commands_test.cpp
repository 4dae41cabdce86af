// `bwcheck show` and `bwcheck replay` on what `bwcheck check` wrote.
#include "counterexamples/trace_json.hpp"
#include "testing/run_bwcheck.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bwcheck::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class trace_commands : public in_empty_directory {
protected:
    void SetUp() override {
        in_empty_directory::SetUp();
        const outcome done =
            bwcheck("check cpu-max-runtime-v1 -q --property write-unthrottles-now " + explored_tiny_scope());
        ASSERT_EQ(done.status, 10) << done.err;
        trace = "bwcheck-traces/cpu-max-runtime-v1/write-unthrottles-now.json";
    }

    std::string trace;
};

TEST_F(trace_commands, show_a_page) {
    const outcome done = bwcheck("show " + trace);
    EXPECT_EQ(done.status, 0);
    EXPECT_THAT(done.out, AllOf(HasSubstr("cpu0"), HasSubstr("timers"), HasSubstr("user space"),
                                HasSubstr("Why: When a write that leaves R > 0 has returned"),
                                HasSubstr("Again: bwcheck replay " + trace + "\n")));
    EXPECT_THAT(done.out, Not(HasSubstr("\x1b")));
    EXPECT_THAT(bwcheck("show --full " + trace).out, HasSubstr("runtime_remaining"));
    EXPECT_THAT(bwcheck("show --diff " + trace).out, HasSubstr("ns pass"));
    EXPECT_THAT(bwcheck("show --color always " + trace).out, HasSubstr("\x1b["));
}

TEST_F(trace_commands, replay_where_it_happens) {
    const outcome done = bwcheck("replay " + trace);
    EXPECT_EQ(done.status, 10);
    EXPECT_THAT(done.out, HasSubstr("write-unthrottles-now on cpu-max-runtime-v1: still violated, after step"));
    EXPECT_THAT(done.out, Not(HasSubstr("recorded")));
}

TEST_F(trace_commands, replay_where_it_is_repaired) {
    const outcome done = bwcheck("replay " + trace + " --revision cpu-max-runtime-v2");
    EXPECT_EQ(done.status, 0);
    EXPECT_THAT(done.out, HasSubstr("write-unthrottles-now on cpu-max-runtime-v2: not violated"));
}

TEST_F(trace_commands, replay_where_it_does_not_apply) {
    const outcome done = bwcheck("replay " + trace + " --revision mainline");
    EXPECT_EQ(done.status, 5);
    EXPECT_THAT(done.out,
                AllOf(HasSubstr("does not apply: stops at step "), HasSubstr("mainline has no file cpu.max.runtime")));
}

TEST_F(trace_commands, replay_tells_each_write_that_is_answered_otherwise) {
    const std::string saved = BWCHECK_SOURCE_DIR "/counterexamples/corpus/linux-6.1/conversion-no-wrap.json";
    const outcome done = bwcheck("replay '" + saved + "' --revision mainline");
    EXPECT_EQ(done.status, 0) << done.out;
    EXPECT_THAT(done.out, HasSubstr(" is answered with EINVAL, not OK"));
}

TEST_F(trace_commands, replay_without_the_scope_it_was_found_in) {
    const auto elsewhere = directory / "elsewhere.json";
    std::filesystem::rename(directory / trace, elsewhere);
    EXPECT_EQ(shell("cd / && '" BWCHECK_BINARY "' replay '" + elsewhere.string() + "'").status, 10);
}

TEST_F(trace_commands, replay_says_when_the_model_has_changed) {
    static_cast<void>(shell(
        "sed -i 's/\"version\": \"[^\"]*\"/\"version\": \"0.0.0\"/; 0,/\"nr_periods\": 0/s//\"nr_periods\": 7/' " +
        trace));
    EXPECT_THAT(bwcheck("replay " + trace).out, HasSubstr("is not the recorded one: bwcheck 0.0.0 had another model"));
}

// What is not judged is never broken; that is no reason to say that it does not happen.
TEST_F(trace_commands, replay_refuses_what_it_cannot_judge) {
    static_cast<void>(shell("sed -i 's/write-unthrottles-now/guard-decides/' " + trace));
    EXPECT_EQ(bwcheck("replay " + trace).status, 1);
    EXPECT_THAT(bwcheck("replay " + trace).err, HasSubstr("is of kind coverage"));
    static_cast<void>(shell("sed -i 's/guard-decides/write-latency/; s/\"latency\"//' " + trace));
    EXPECT_EQ(bwcheck("replay " + trace).status, 1);
    EXPECT_THAT(bwcheck("replay " + trace).err, HasSubstr("needs the history latency"));
}

TEST_F(trace_commands, refuse_a_trace_of_a_later_schema) {
    static_cast<void>(shell("sed -i 's/\"schema_version\": [0-9]*/\"schema_version\": 999/' " + trace));
    for (const char* const command : {"show ", "replay "}) {
        const outcome done = bwcheck(command + trace);
        EXPECT_EQ(done.status, 1);
        EXPECT_EQ(done.err,
                  fmt::format("bwcheck: {}: a trace of schema version 999; this bwcheck reads versions 1 to {}\n",
                              trace, counterexamples::trace_schema_version()));
    }
}

} // namespace
} // namespace bwcheck::cli

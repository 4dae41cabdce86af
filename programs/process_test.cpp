#include "programs/process.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <system_error>

namespace bwcheck::programs {
namespace {

constexpr time_limits ample{.silence = seconds(600), .total = seconds(600)};

struct run_result {
    process_outcome outcome;
    std::string output;
};

run_result run(const std::string& shell, const time_limits& limits = ample, const std::string& wanted = "\n\n",
               preparation prepare = nullptr, const text::clock& now = text::steady_seconds) {
    run_result all;
    all.outcome = run_process(
        {"sh", "-c", shell}, limits,
        [&](std::string_view piece) {
            all.output += piece;
            return all.output.find(wanted) != std::string::npos;
        },
        prepare, now);
    return all;
}

/// Runs with a clock that stands still until something has been said, and then moves by a second with every look.
run_result run_talking(const std::string& shell, const time_limits& limits) {
    run_result all;
    double time = 0;
    all.outcome = run_process(
        {"sh", "-c", shell}, limits,
        [&](std::string_view piece) {
            all.output += piece;
            return false;
        },
        nullptr, [&] { return all.output.empty() ? 0 : ++time; });
    return all;
}

TEST(console_process, hands_on_all_output_and_the_exit_status) {
    const auto done = run("echo out; echo err >&2; cat; exit 3");
    EXPECT_EQ(done.output, "out\nerr\n");
    EXPECT_EQ(done.outcome.how, ending::exited);
    EXPECT_EQ(done.outcome.status, 3);
    EXPECT_EQ(run("kill -KILL $$").outcome.status, 128 + SIGKILL);
    EXPECT_EQ(run("head -c 300000 /dev/zero").output.size(), 300000U);
}

TEST(console_process, is_ended_when_it_is_silent) {
    const auto done = run_talking("echo a; sleep 10000", {.silence = seconds(3), .total = seconds(20)});
    EXPECT_EQ(done.outcome.how, ending::silent);
    EXPECT_EQ(done.output, "a\n");
    EXPECT_LT(done.outcome.duration.count(), 10);
}

TEST(console_process, is_ended_when_it_takes_too_long) {
    const auto done = run_talking("while :; do echo a; done", {.silence = seconds(20), .total = seconds(10)});
    EXPECT_EQ(done.outcome.how, ending::overdue);
    EXPECT_LT(done.outcome.duration.count(), 20);
}

TEST(console_process, is_ended_when_it_has_said_enough) {
    const auto done = run("echo enough; sleep 10000", ample, "enough");
    EXPECT_EQ(done.outcome.how, ending::satisfied);
}

TEST(console_process, does_not_wait_for_those_who_hold_on_to_its_output) {
    const auto done = run("sleep 10000 & echo a; exit 2");
    EXPECT_EQ(done.outcome.how, ending::exited);
    EXPECT_EQ(done.outcome.status, 2);
}

TEST(console_process, may_live_on_without_output) {
    const auto done = run("exec >/dev/null 2>&1; sleep 0.2; exit 4");
    EXPECT_EQ(done.outcome.how, ending::exited);
    EXPECT_EQ(done.outcome.status, 4);
}

TEST(console_process, that_cannot_be_started_is_an_error) {
    EXPECT_THROW(run_process({"/no/such/program"}, ample, [](std::string_view) { return false; }), std::system_error);
    EXPECT_THROW(run("true", ample, "x",
                     [] {
                         errno = EPERM;
                         return false;
                     }),
                 std::system_error);
}

} // namespace
} // namespace bwcheck::programs

// Shrinking, on failures whose shortest form is known beforehand.
#include "counterexamples/replay/number_text.hpp"
#include "counterexamples/replay/shrink.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace bwcheck::counterexamples {
namespace {

using model::event;
using model::event_kind;

failing_run long_run() {
    failing_run run;
    run.part.nr_cpus = 16;
    run.part.setup = {{model::file::cpu_max, "20000 100000"}};
    run.part.writes = {{model::file::cpu_max, "max"}, {model::file::cpu_max_burst, "4711"}};
    for (int round = 0; round < 300; ++round) {
        const auto cpu = static_cast<model::cpu_id>(round % 16);
        run.events.push_back({.kind = event_kind::wake, .cpu = cpu});
        run.events.push_back({.kind = event_kind::tick, .amount = 1'234'567});
        run.events.push_back({.kind = event_kind::write, .index = static_cast<std::uint16_t>(round % 2)});
        run.events.push_back({.kind = event_kind::sleep, .cpu = cpu});
    }
    return run;
}

/// Fails after a burst write of at least 1000 that follows a wake-up by at least 3 ms.
std::optional<std::vector<event>> burst_after_wake(const model::scope_part& part, std::span<const event> events) {
    bool awake = false;
    std::uint64_t since = 0;
    for (std::size_t number = 0; number < events.size(); ++number) {
        const event& one = events[number];
        if (one.cpu >= part.nr_cpus)
            return std::nullopt;
        awake = awake || one.kind == event_kind::wake;
        if (awake && one.kind == event_kind::tick)
            since += one.amount;
        if (one.kind != event_kind::write || since < 3'000'000)
            continue;
        const model::scope_write& written = part.writes.at(one.index);
        const auto numbers = numbers_in(written.text);
        if (written.file == model::file::cpu_max_burst && !numbers.empty() && numbers[0].value >= 1000)
            return std::vector<event>(events.begin(), events.begin() + static_cast<std::ptrdiff_t>(number) + 1);
    }
    return std::nullopt;
}

// A property may ask what a write of the part would have done, though nobody made it.
TEST(shrink, keeps_the_writes_that_matter_though_no_event_makes_them) {
    failing_run run;
    run.part.writes = {{model::file::cpu_max, "1 100000"},
                       {model::file::cpu_max_burst, "7"},
                       {model::file::cpu_max_burst, "8"},
                       {model::file::cpu_max, "2 100000"}};
    run.events = {{.kind = event_kind::write, .index = 0}, {.kind = event_kind::write, .index = 3}};
    const auto the_other_is_there = [](const model::scope_part& part, std::span<const event> events) {
        const bool there = std::find(part.writes.begin(), part.writes.end(),
                                     model::scope_write{model::file::cpu_max_burst, "8"}) != part.writes.end();
        const bool made = std::any_of(events.begin(), events.end(), [&](const event& one) {
            return part.writes.at(one.index).text.starts_with("2");
        });
        return there && made ? std::optional(std::vector<event>(events.begin(), events.end())) : std::nullopt;
    };
    const shrunk_run done = shrink(run, the_other_is_there);
    ASSERT_EQ(done.run.events.size(), 1U);
    ASSERT_EQ(done.run.part.writes.size(), 2U);
    EXPECT_EQ(to_string(done.run.part.writes.at(done.run.events[0].index)).substr(0, 9), "cpu.max 2");
    EXPECT_EQ(to_string(done.run.part.writes[0]), "cpu.max.burst 8");
}

TEST(shrink, finds_the_shortest_run_on_the_smallest_machine_with_round_numbers) {
    const shrunk_run done = shrink(long_run(), burst_after_wake);
    ASSERT_EQ(done.run.events.size(), 3U);
    EXPECT_EQ(done.run.events[0], (event{.kind = event_kind::wake, .cpu = 0}));
    EXPECT_EQ(done.run.events[1].kind, event_kind::tick);
    EXPECT_EQ(significant_digits(done.run.events[1].amount), 1);
    EXPECT_EQ(done.run.events[2].kind, event_kind::write);
    EXPECT_EQ(done.run.part.nr_cpus, 1);
    EXPECT_TRUE(done.run.part.setup.empty());
    ASSERT_EQ(done.run.part.writes.size(), 1U);
    EXPECT_EQ(done.run.part.writes[0].text, "1000");
    EXPECT_LT(done.runs, 2000U);
}

TEST(shrink, says_which_numbers_did_not_matter) {
    const attempt any_burst = [](const model::scope_part& part, std::span<const event> events) {
        const auto is_burst = [&](const event& one) {
            return one.kind == event_kind::write && part.writes.at(one.index).file == model::file::cpu_max_burst;
        };
        const auto found = std::find_if(events.begin(), events.end(), is_burst);
        return found == events.end() ? std::nullopt : std::optional(std::vector<event>(events.begin(), found + 1));
    };
    const shrunk_run done = shrink(long_run(), any_burst);
    ASSERT_EQ(done.run.events.size(), 1U);
    ASSERT_EQ(done.did_not_matter.size(), 1U);
    EXPECT_TRUE(done.did_not_matter[0].starts_with("\"cpu.max.burst ")) << done.did_not_matter[0];

    EXPECT_TRUE(shrink(long_run(), burst_after_wake).did_not_matter.empty()) << "2 does not do there";
}

TEST(shrink, leaves_a_given_machine_alone) {
    const shrunk_run done = shrink(long_run(), burst_after_wake, {.keep_part = true});
    EXPECT_EQ(done.run.part.nr_cpus, 16);
    EXPECT_EQ(done.run.part.writes.size(), 2U);
    EXPECT_EQ(done.run.events.size(), 5U) << "a wake-up, three ticks, a write";
}

TEST(shrink, ends_with_its_runs) {
    const shrunk_run done = shrink(long_run(), burst_after_wake, {.most_runs = 7});
    EXPECT_EQ(done.runs, 7U);
    EXPECT_TRUE(burst_after_wake(done.run.part, done.run.events).has_value());
}

TEST(number_text, counts_digits_without_zeros_at_the_end) {
    EXPECT_EQ(significant_digits(0), 0);
    EXPECT_EQ(significant_digits(100'000), 1);
    EXPECT_EQ(significant_digits(1001), 4);
    EXPECT_EQ(significant_digits(18446744073709551615U), 20);
}

TEST(number_text, rounder_numbers_are_rounder) {
    for (const std::uint64_t number : {std::uint64_t{7}, std::uint64_t{1234}, std::uint64_t{18446744073709551615U}})
        for (const std::uint64_t rounder : rounder_than(number))
            EXPECT_LT(significant_digits(rounder), significant_digits(number)) << number << ' ' << rounder;
}

TEST(number_text, finds_numbers_and_puts_others_in_their_place) {
    const auto found = numbers_in("max 20 x300");
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[1].value, 300U);
    EXPECT_EQ(replaced("max 20 x300", found[0], 5), "max 5 x300");
    EXPECT_TRUE(numbers_in("99999999999999999999999").empty());
}

} // namespace
} // namespace bwcheck::counterexamples

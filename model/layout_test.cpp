#include "model/fields.hpp"
#include "model/layout.hpp"
#include "model/scope.hpp"
#include "text/input_error.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace bwcheck::model {
namespace {

constexpr std::uint64_t all_ones = std::numeric_limits<std::uint64_t>::max();

/// Numbers of these widths, all ones and all zeros in turn, written and read back.
void expect_round_trip(const std::vector<unsigned>& widths) {
    for (const bool ones_first : {true, false}) {
        std::array<std::uint64_t, 16> words{};
        words.fill(0xdead'beef'dead'beefU);
        const auto value_of = [&](std::size_t number) {
            const unsigned bits = widths[number];
            const bool ones = (number % 2 == 0) == ones_first;
            return !ones || bits == 0 ? 0 : bits == 64 ? all_ones : (std::uint64_t{1} << bits) - 1;
        };
        bit_writer out(words.data());
        for (std::size_t number = 0; number < widths.size(); ++number)
            out.put(value_of(number), widths[number]);
        out.finish();
        bit_reader in(words.data());
        for (std::size_t number = 0; number < widths.size(); ++number)
            EXPECT_EQ(in.get(widths[number]), value_of(number))
                << "number " << number << ", " << widths[number] << " bits";
    }
}

TEST(bit_writer, crosses_word_boundaries) {
    for (unsigned first = 1; first <= 64; ++first)
        for (unsigned second = 1; second <= 64; ++second)
            expect_round_trip({first, second, 3, 64, 1});
}

TEST(bit_writer, fills_words_exactly) {
    expect_round_trip({32, 32, 32, 32});
    expect_round_trip({64, 64});
    expect_round_trip({63, 1, 1, 63});
    expect_round_trip({0, 64, 0, 1, 0});
}

TEST(bit_writer, keeps_random_numbers) {
    std::mt19937_64 random(1);
    for (int round = 0; round < 2000; ++round) {
        std::array<std::uint64_t, 16> words{};
        std::vector<std::pair<std::uint64_t, unsigned>> numbers;
        bit_writer out(words.data());
        for (unsigned used = 0; used < 900;) {
            const auto bits = static_cast<unsigned>(random() % 65);
            const std::uint64_t value = bits == 0 ? 0 : random() >> (64 - bits);
            out.put(value, bits);
            numbers.emplace_back(value, bits);
            used += bits;
        }
        out.finish();
        bit_reader in(words.data());
        for (const auto& [value, bits] : numbers)
            ASSERT_EQ(in.get(bits), value);
    }
}

TEST(packed_range, takes_its_bounds_and_nothing_beyond) {
    const packed_range range(-3, 12);
    EXPECT_EQ(range.bits, 4U);
    std::array<std::uint64_t, 2> words{};
    for (std::int64_t value = -3; value <= 12; ++value) {
        bit_writer out(words.data());
        EXPECT_TRUE(range.put(out, value));
        out.finish();
        bit_reader in(words.data());
        EXPECT_EQ(range.get(in), value);
    }
    bit_writer out(words.data());
    EXPECT_FALSE(range.put(out, -4));
    EXPECT_FALSE(range.put(out, 13));
}

TEST(packed_table, stores_the_place_of_a_value) {
    const packed_table table({7, 100, all_ones});
    EXPECT_EQ(table.bits(), 2U);
    std::array<std::uint64_t, 2> words{};
    for (const std::uint64_t value : table.values()) {
        bit_writer out(words.data());
        EXPECT_TRUE(table.put(out, value));
        out.finish();
        bit_reader in(words.data());
        EXPECT_EQ(table.get(in), value);
    }
    bit_writer out(words.data());
    EXPECT_FALSE(table.put(out, 8));
    EXPECT_EQ(packed_table(std::vector<std::uint64_t>{5}).bits(), 0U);
}

/// The part of a scope file, with room for many states.
const scope_part& wide_part() {
    static const scope_part part = parse_scope(R"(
name = "wide"
[[part]]
name = "wide"
cpus = 3
setup = ["cpu.max 4 8", "cpu.max.burst 2"]
writes = ["cpu.max 6 12", "cpu.max max", "cpu.max.burst 0", "cpu.max.runtime 30"]
[part.constants]
nsec_per_usec = 1
sched_cfs_bandwidth_slice = 3
min_cfs_rq_runtime = 1
min_bandwidth_expiration = 1
cfs_bandwidth_slack_period = 2
default_cfs_period = 8
min_cfs_quota_period = 2
max_cfs_quota_period = 40
max_bw_runtime_us = 50
[part.environment]
tick = 1
max_unaccounted = 2
max_in_kernel = 1
max_lateness = 1
max_stalls = 3
hotplug = true
)",
                                               "wide")
                                       .parts.at(0);
    return part;
}

/// A state whose fields have nothing to do with each other, each within its range.
task_group<plain> random_state(const scope_part& part, const layout& packing, std::mt19937_64& random) {
    const auto one_of = [&](const packed_table& table) { return table.values()[random() % table.values().size()]; };
    const auto between = [&](std::int64_t least, std::int64_t greatest) {
        return least + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(greatest - least + 1));
    };
    task_group<plain> tg;
    tg.nr_cpus = static_cast<cpu_id>(part.nr_cpus);
    tg.cfs_bandwidth_used = between(0, 1) != 0;
    auto& cfs_b = tg.cfs_bandwidth;
    cfs_b.period = one_of(packing.periods());
    cfs_b.quota = one_of(packing.quotas());
    cfs_b.burst = one_of(packing.bursts());
    cfs_b.runtime = static_cast<std::uint64_t>(between(0, packing.max_runtime()));
    cfs_b.runtime_snap = static_cast<std::uint64_t>(between(0, packing.max_runtime()));
    cfs_b.idle = between(0, 1) != 0;
    cfs_b.period_active = between(0, 1) != 0;
    cfs_b.slack_started = between(0, 1) != 0;
    const auto lateness = static_cast<std::int64_t>(part.environment.max_lateness);
    cfs_b.period_timer = between(-lateness, static_cast<std::int64_t>(part.constants.default_cfs_period));
    cfs_b.slack_timer = between(-lateness, static_cast<std::int64_t>(part.constants.cfs_bandwidth_slack_period));
    for (cpu_id cpu = 0; cpu < tg.nr_cpus; ++cpu) {
        auto& cfs_rq = tg.cfs_rq(cpu);
        cfs_rq.runtime_remaining =
            between(-static_cast<std::int64_t>(part.environment.max_unaccounted), packing.max_remaining());
        for (bool* flag : {&cfs_rq.runtime_enabled, &cfs_rq.throttled, &cfs_rq.throttled_csd, &cfs_rq.online,
                           &cfs_rq.nr_queued, &cfs_rq.throttled_limbo, &cfs_rq.curr, &cfs_rq.sched_throttle_work})
            *flag = between(0, 1) != 0;
        cfs_rq.unaccounted =
            static_cast<std::uint64_t>(between(0, static_cast<std::int64_t>(part.environment.max_unaccounted)));
        cfs_rq.in_kernel =
            static_cast<std::uint64_t>(between(0, static_cast<std::int64_t>(part.environment.max_in_kernel)));
        if (between(0, 1) != 0)
            cfs_b.throttled_cfs_rq.push_back(cpu);
    }
    return tg;
}

void expect_states_survive(const scope_part& part, bool keep_runtime_snap) {
    layout packing(part);
    if (keep_runtime_snap)
        packing.keep(field::runtime_snap);
    std::mt19937_64 random(7);
    for (int round = 0; round < 3000; ++round) {
        const task_group<plain> before = random_state(part, packing, random);
        std::array<std::uint64_t, 16> words{};
        ASSERT_LE(packing.bits(), 64 * words.size());
        bit_writer out(words.data());
        ASSERT_TRUE(packing.pack(before, out)) << packing.misfit(before);
        EXPECT_EQ(packing.misfit(before), "");

        task_group<plain> after = random_state(part, packing, random);
        after.cfs_bandwidth.nr_periods = 5;
        out.finish();
        bit_reader in(words.data());
        packing.unpack(in, after);
        visit_fields(
            [&](field which, cpu_id cpu, const auto& was, const auto& is) {
                EXPECT_TRUE(was == is) << to_string(which) << " of " << static_cast<int>(cpu);
            },
            before, after);
        EXPECT_TRUE(same_state(before, after));
        EXPECT_EQ(after.cfs_bandwidth.nr_periods, 0);
        EXPECT_EQ(after.cfs_bandwidth.runtime_snap,
                  keep_runtime_snap ? before.cfs_bandwidth.runtime_snap : before.cfs_bandwidth.runtime);
        if (testing::Test::HasFailure())
            return;
    }
}

TEST(layout, keeps_random_states_of_every_named_scope) {
    for (const std::string_view name : scope_names())
        for (const scope_part& part : parse_scope(named_scope_text(name), name).parts)
            for (const bool keep_runtime_snap : {false, true}) {
                SCOPED_TRACE(std::string(name) + ", part " + part.name);
                expect_states_survive(part, keep_runtime_snap);
            }
}

TEST(layout, keeps_random_states_over_several_words) {
    expect_states_survive(wide_part(), true);
    EXPECT_GT(layout(wide_part()).bits(), 64U);
}

TEST(layout, needs_no_more_words_than_it_says) {
    const layout packing(wide_part());
    std::mt19937_64 random(3);
    constexpr std::uint64_t untouched = 0x5555'5555'5555'5555U;
    std::array<std::uint64_t, 16> words{};
    words.fill(untouched);
    bit_writer out(words.data());
    ASSERT_TRUE(packing.pack(random_state(wide_part(), packing, random), out));
    // A writer may clear the word after one that it has just filled.
    for (std::size_t word = packing.bits() / 64 + 1; word < words.size(); ++word)
        EXPECT_EQ(words[word], untouched) << word;
}

TEST(layout, has_room_for_what_writes_and_scaling_can_set) {
    const layout packing(wide_part());
    EXPECT_EQ(packing.quotas().values().back(), runtime_inf);
    const auto has = [](const packed_table& table, std::uint64_t value) {
        const auto& values = table.values();
        return std::find(values.begin(), values.end(), value) != values.end();
    };
    for (const std::uint64_t period : {8U, 12U, 16U, 24U, 32U})
        EXPECT_TRUE(has(packing.periods(), period)) << period;
    for (const std::uint64_t quota : {4U, 6U, 8U, 12U, 16U})
        EXPECT_TRUE(has(packing.quotas(), quota)) << quota;
    EXPECT_TRUE(has(packing.quotas(), runtime_inf - 1)) << "all ones, doubled";
    for (const std::uint64_t burst : {0U, 2U, 4U, 8U})
        EXPECT_TRUE(has(packing.bursts(), burst)) << burst;
}

TEST(layout, refuses_what_is_out_of_range_and_says_what) {
    const layout packing(wide_part());
    std::mt19937_64 random(5);
    std::array<std::uint64_t, 16> words{};
    const auto misfit_of = [&](auto&& change) {
        task_group<plain> tg = random_state(wide_part(), packing, random);
        change(tg);
        bit_writer out(words.data());
        EXPECT_FALSE(packing.pack(tg, out));
        return packing.misfit(tg);
    };
    EXPECT_EQ(misfit_of([](auto& tg) { tg.cfs_bandwidth.quota = 5; }),
              "quota = 5, a value that no write of the scope sets");
    EXPECT_EQ(misfit_of([](auto& tg) { tg.cfs_bandwidth.period = 9; }),
              "period = 9, a value that no write of the scope sets");
    const std::string pool = std::to_string(packing.max_runtime());
    EXPECT_EQ(misfit_of([](auto& tg) { tg.cfs_bandwidth.runtime = 1'000'000; }),
              "runtime = 1000000, outside 0 to " + pool);
    EXPECT_EQ(misfit_of([](auto& tg) { tg.cfs_bandwidth.runtime = runtime_inf; }),
              "runtime = 18446744073709551615, outside 0 to " + pool);
    const std::string debt = misfit_of([](auto& tg) { tg.cfs_rq(2).runtime_remaining = -1'000; });
    EXPECT_EQ(debt.substr(0, debt.find(',')), "runtime_remaining[cpu2] = -1000");
    const std::string unaccounted = misfit_of([](auto& tg) { tg.cfs_rq(0).unaccounted = 3; });
    EXPECT_EQ(unaccounted, "unaccounted[cpu0] = 3, outside 0 to 2");
}

TEST(layout, keeps_of_a_throttle_clock_whether_it_has_run) {
    for (const bool keep : {false, true}) {
        layout packing(wide_part());
        const unsigned bits = packing.bits();
        if (keep)
            packing.keep(field::throttled_clock);
        EXPECT_EQ(packing.bits(), bits + (keep ? 3 : 0)) << "one for each CPU";
        std::mt19937_64 random(11);
        task_group<plain> tg = random_state(wide_part(), packing, random);
        tg.cfs_rq(0).throttled_clock = 0;
        tg.cfs_rq(1).throttled_clock = 1;
        tg.cfs_rq(2).throttled_clock = 1'000'000;
        std::array<std::uint64_t, 16> words{};
        bit_writer out(words.data());
        ASSERT_TRUE(packing.pack(tg, out)) << "however long it has run";
        EXPECT_EQ(packing.misfit(tg), "");
        out.finish();
        bit_reader in(words.data());
        packing.unpack(in, tg);
        EXPECT_EQ(tg.cfs_rq(0).throttled_clock, 0U);
        EXPECT_EQ(tg.cfs_rq(1).throttled_clock, keep ? 1U : 0U);
        EXPECT_EQ(tg.cfs_rq(2).throttled_clock, keep ? 1U : 0U);
    }
}

TEST(layout, refuses_a_part_whose_numbers_are_too_large) {
    const auto refusal = [](const scope_part& part) {
        try {
            static_cast<void>(layout(part));
        } catch (const text::input_error& error) {
            return std::string(error.what());
        }
        return std::string("accepted");
    };
    scope_part part = wide_part();
    part.name = "big";
    part.constants.sched_cfs_bandwidth_slice = std::uint64_t{1} << 41U;
    EXPECT_EQ(refusal(part),
              "part big: slice = 2199023255552 ns is too large to explore; reduce it to at most 1099511627776");
    EXPECT_EQ(refusal(wide_part()), "accepted");
}

} // namespace
} // namespace bwcheck::model

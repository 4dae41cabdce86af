// The set alone: exactness under collisions, under growth, and under many threads at once.
#include "explorer/rendezvous.hpp"
#include "explorer/state_set.hpp"
#include "explorer/worker_team.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <set>
#include <vector>

using namespace bwcheck::explorer;

namespace {

/// Sends every state to the same place, with the same tag.
struct constant_hash {
    std::uint64_t operator()(const word* /*words*/, std::size_t /*count*/) const noexcept { return 0; }
};

/// Few different values, so that chains of equal tags form all over the table and also wrap around its end.
struct poor_hash {
    std::uint64_t operator()(const word* words, std::size_t /*count*/) const noexcept { return ~(words[0] % 5); }
};

template <class Hash>
insertion insert(state_set<Hash>& set, const std::vector<word>& words, std::size_t worker = 0) {
    return set.insert(set.writer_of(worker), words.data(), set.hash(words.data()));
}

template <class Hash>
void grow(state_set<Hash>& set) {
    ASSERT_TRUE(set.begin_growth());
    set.migrate();
    set.end_growth();
}

TEST(state_set, tells_new_from_known) {
    state_set<> set(2, 1, 1024, 0);
    EXPECT_EQ(insert(set, {1, 2}), insertion::inserted);
    EXPECT_EQ(insert(set, {2, 1}), insertion::inserted);
    EXPECT_EQ(insert(set, {1, 2}), insertion::present);
    EXPECT_EQ(insert(set, {0, 0}), insertion::inserted) << "zeros are a state like any other";
    EXPECT_EQ(insert(set, {0, 0}), insertion::present);
    EXPECT_EQ(set.size(), 3U);
}

TEST(state_set, rows_keep_the_order_of_insertion) {
    state_set<> set(1, 1, 4096, 0);
    for (word w = 0; w < 1000; ++w)
        ASSERT_EQ(insert(set, {w * 17}), insertion::inserted);
    word expected = 0;
    for (const auto& range : set.writer_of(0).take_filled()) {
        EXPECT_LE(range.size(), states_per_block);
        for (state_index i = range.begin; i != range.end; ++i)
            EXPECT_EQ(*set.row(i), 17 * expected++);
    }
    EXPECT_EQ(expected, 1000U);
    EXPECT_TRUE(set.writer_of(0).take_filled().empty()) << "told only once";
}

TEST(state_set, is_full_before_it_is_slow_and_goes_on_after_growing) {
    state_set<> set(1, 1, 1024, 0);
    word next = 0;
    while (insert(set, {next}) == insertion::inserted)
        ++next;
    EXPECT_EQ(next, 768U) << "three quarters of the table";
    EXPECT_EQ(insert(set, {0}), insertion::present) << "a full set still knows what it holds";
    grow(set);
    EXPECT_EQ(set.capacity(), 2048U);
    EXPECT_EQ(set.size(), 768U);
    for (word w = 0; w < next; ++w)
        ASSERT_EQ(insert(set, {w}), insertion::present) << "state " << w << " was lost by growing";
    EXPECT_EQ(insert(set, {next}), insertion::inserted);
}

TEST(state_set, growing_leaves_out_rows_not_yet_filled) {
    state_set<> set(1, 3, 4096, 0);
    EXPECT_EQ(insert(set, {7}, 0), insertion::inserted);
    EXPECT_EQ(insert(set, {8}, 2), insertion::inserted);
    grow(set);
    EXPECT_EQ(insert(set, {0}, 1), insertion::inserted) << "the zeros of an unused row are not a state";
    EXPECT_EQ(insert(set, {7}, 1), insertion::present);
    EXPECT_EQ(insert(set, {8}, 1), insertion::present);
    EXPECT_EQ(set.size(), 3U);
}

template <class Hash>
void expect_exact_in_spite_of_collisions() {
    state_set<Hash> set(2, 1, 16, 0);
    std::set<std::vector<word>> expected;
    for (word i = 0; i < 3000; ++i) {
        const std::vector<word> state{i * i % 1009, i % 2};
        insertion outcome = insertion::full;
        while ((outcome = insert(set, state)) == insertion::full)
            grow(set);
        EXPECT_EQ(outcome == insertion::inserted, expected.insert(state).second) << "insertion " << i;
    }
    EXPECT_EQ(set.size(), expected.size());
}

TEST(state_set, is_exact_when_all_hashes_are_equal) { expect_exact_in_spite_of_collisions<constant_hash>(); }
TEST(state_set, is_exact_when_hashes_are_poor) { expect_exact_in_spite_of_collisions<poor_hash>(); }

TEST(state_set, respects_its_memory_limit) {
    constexpr std::uint64_t limit = 1 << 20;
    state_set<> set(1, 1, 16, limit);
    for (word next = 0;; ++next) {
        ASSERT_LT(next, word{1} << 20) << "more states than fit the limit were taken";
        insertion outcome = insert(set, {next});
        if (outcome == insertion::full && !set.begin_growth())
            break;
        if (outcome == insertion::full) {
            set.migrate();
            set.end_growth();
        }
    }
    EXPECT_LE(set.memory_bytes(), limit);
    EXPECT_GT(set.memory_bytes(), limit / 4) << "it gave up too early";
    EXPECT_EQ(insert(set, {1}), insertion::present) << "and it can still be asked";
}

// All threads insert the same states, each in another order, into a table that must grow many times meanwhile.
template <class Hash>
void race(word states, std::size_t threads) {
    state_set<Hash> set(2, threads, 16, 0);
    worker_team team(threads);
    rendezvous meeting(set, threads);
    std::vector<std::atomic<int>> inserted(states);
    std::atomic<int> unexpected = 0;
    team.run(true, [&](std::size_t worker) {
        constexpr word strides[] = {1, 7, 11, 13};
        for (word i = 0; i < states; ++i) {
            const word which = i * strides[worker % 4] % states;
            const word words[] = {which, which / 3};
            if (meeting.growth_wanted())
                meeting.pause();
            insertion outcome = insertion::full;
            while ((outcome = set.insert(set.writer_of(worker), words, set.hash(words))) == insertion::full)
                meeting.pause();
            inserted[which] += outcome == insertion::inserted ? 1 : 0;
            // Whoever is told that a state is there must also be able to read it.
            unexpected += set.insert(set.writer_of(worker), words, set.hash(words)) == insertion::present ? 0 : 1;
        }
        meeting.finish();
    });
    EXPECT_EQ(unexpected, 0);
    EXPECT_EQ(set.size(), states);
    for (word which = 0; which < states; ++which)
        ASSERT_EQ(inserted[which], 1) << "how many threads were told that state " << which << " is new";
    std::set<word> stored;
    for (std::size_t worker = 0; worker < threads; ++worker) {
        for (const auto& range : set.writer_of(worker).take_filled()) {
            for (state_index i = range.begin; i != range.end; ++i) {
                EXPECT_EQ(set.row(i)[1], set.row(i)[0] / 3) << "a row was written twice";
                stored.insert(set.row(i)[0]);
            }
        }
    }
    EXPECT_EQ(stored.size(), states);
}

TEST(state_set, racing_threads_store_each_state_once) { race<word_hash>(100'003, 4); }
TEST(state_set, racing_threads_store_each_state_once_also_with_poor_hashes) { race<poor_hash>(2'003, 4); }

} // namespace

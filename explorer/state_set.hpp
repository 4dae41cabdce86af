// The set of all states seen, exact and shared by all workers without locks. It is the heart of the explorer: every
// transition ends with a question to it.
//
// LAYOUT. The states stand in an arena (state_arena.hpp). A table with open addressing and linear probing finds them:
// each entry is one 64-bit word, zero while empty, else 24 bits of the state's hash (the tag) above 40 bits of its
// index plus one. The tag saves most looks into the arena; it never decides: two states are the same only when all
// their words are. Nothing is ever removed and no entry ever changes again, except by growth (below).
//
// INSERTING. A worker walks from the state's home position to the first entry that is empty or holds an equal state.
// At an empty entry it writes the words into a row of the arena that only it owns, then puts row and tag into the entry
// with one compare-and-swap. If that fails another worker has just filled the entry; its state is compared like any
// other, and the row stays ours for the next state, so a lost race wastes nothing.
//
// WHY EACH STATE IS STORED ONCE. Equal states have equal hashes and hence walk the same sequence of positions. Suppose
// two workers both stored equal states, A at position p and B at position q of that sequence. If p = q, two
// compare-and-swaps from empty succeeded on one entry, which never becomes empty again: impossible. Otherwise let p
// come first. B walked past p, and one only walks past an entry after seeing it filled, be it by the load or by losing
// the compare-and-swap, with a state that differs. Entries never change, so A cannot have filled p: a contradiction.
// Hence exactly one of all workers that offer a state is told `inserted`.
//
// WHY A FOUND ROW CAN BE READ. The words are written before the compare-and-swap, which is a release; entries are
// loaded with acquire, also by the failing compare-and-swap. So whoever sees an entry sees the words behind it, and
// the pointer to the chunk they are in, which was set when the row was claimed, earlier still. Rows behind an entry
// are never written again.
//
// GROWTH. Rows are claimed in blocks under a mutex, and no block is given out that would let the claimed rows exceed
// three quarters of the table. Each occupied entry has a row of its own, so there is always an empty entry and every
// walk ends. A worker that gets no block is told `full`; all workers then meet at a safe point (rendezvous.hpp), one
// calls begin_growth(), all call migrate(), one calls end_growth(). Between these calls nobody inserts; the meeting
// orders them, and so the entries written by migrate() need no order of their own. A level may outgrow the table any
// number of times.
#pragma once

#include "explorer/hash.hpp"
#include "explorer/pages.hpp"
#include "explorer/state_arena.hpp"
#include "explorer/transition_system.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <new>
#include <utility>
#include <vector>

namespace bwcheck::explorer {

/// What became of an attempt to insert a state.
enum class insertion {
    inserted, ///< it was new, and this call stored it
    present,  ///< it was there already
    full,     ///< it is not there and cannot be stored before the set has grown
};

/// An exact set of packed states. `insert`, `prefetch*` and `row` are safe from any number of threads, each with its
/// own writer; the other members want everybody else to stand still.
template <packed_hash Hash = word_hash>
class state_set {
public:
    /// A worker's own rows. After a level, taken() says which rows it filled, in order of insertion.
    class alignas(64) writer {
    public:
        /// The rows filled since the last call, as ranges of at most a block.
        std::vector<index_range> take_filled() {
            close_range();
            return std::exchange(filled_, {});
        }

    private:
        friend state_set;

        void close_range() {
            if (next_ != range_begin_) {
                filled_.push_back({range_begin_, next_});
                range_begin_ = next_;
            }
        }

        state_index next_ = 0;
        state_index end_ = 0;
        state_index range_begin_ = 0;
        std::vector<index_range> filled_;
    };

    /// `capacity` is where the table starts, `memory_limit` in bytes (0: none) where growing ends.
    state_set(std::size_t words_per_state, std::size_t writers, std::size_t capacity, std::uint64_t memory_limit,
              Hash hash = {})
        : arena_(words_per_state), memory_limit_(memory_limit), hash_(std::move(hash)),
          table_(std::bit_ceil(std::max(capacity, std::size_t{2}))) {
        for (std::size_t i = 0; i < writers; ++i)
            writers_.push_back(std::make_unique<writer>());
    }

    [[nodiscard]] writer& writer_of(std::size_t worker) noexcept { return *writers_[worker]; }

    [[nodiscard]] std::uint64_t hash(const word* words) const noexcept {
        return hash_(words, arena_.words_per_state());
    }

    /// The words of a stored state.
    [[nodiscard]] const word* row(state_index index) const noexcept { return arena_.row(index); }

    /// Stores the state unless it is there. `hash` must be hash(words).
    insertion insert(writer& by, const word* words, std::uint64_t hash) {
        const std::size_t mask = table_.capacity - 1;
        for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
            std::atomic_ref<std::uint64_t> entry(table_.entries.data()[at]);
            std::uint64_t seen = entry.load(std::memory_order_acquire);
            if (seen == 0) {
                if (by.next_ == by.end_ && !claim_block(by))
                    return insertion::full;
                std::copy_n(words, arena_.words_per_state(), arena_.row(by.next_));
                if (entry.compare_exchange_strong(seen, entry_for(by.next_, hash), std::memory_order_release,
                                                  std::memory_order_acquire)) {
                    ++by.next_;
                    return insertion::inserted;
                }
            }
            if (tag_of(seen) == tag_of(hash) && same_state(words, index_of(seen)))
                return insertion::present;
        }
    }

    /// Asks for the entry an insertion will look at first, to be called some time before prefetch_row().
    void prefetch_entry(std::uint64_t hash) const noexcept {
        __builtin_prefetch(&table_.entries.data()[hash & (table_.capacity - 1)]);
    }

    /// Asks for the row an insertion will probably compare, to be called some time before insert().
    void prefetch_row(std::uint64_t hash) const noexcept {
        std::atomic_ref<std::uint64_t> entry(table_.entries.data()[hash & (table_.capacity - 1)]);
        const std::uint64_t seen = entry.load(std::memory_order_acquire);
        if (seen != 0 && tag_of(seen) == tag_of(hash))
            __builtin_prefetch(arena_.row(index_of(seen)));
    }

    /// The number of states.
    [[nodiscard]] std::uint64_t size() const noexcept {
        std::uint64_t unused = 0;
        for (const auto& w : writers_)
            unused += w->end_ - w->next_;
        return arena_.claimed() - unused;
    }

    [[nodiscard]] std::size_t capacity() const noexcept { return table_.capacity; }

    /// Bytes of table and arena; safe to call while others insert.
    [[nodiscard]] std::uint64_t memory_bytes() const noexcept {
        return memory_bytes_.load(std::memory_order_relaxed) + table_.capacity * sizeof(std::uint64_t);
    }

    /// Prepares a table with room for a block for each writer. False when the memory limit, or the system, forbids it;
    /// nothing has changed then.
    bool begin_growth() {
        std::size_t larger = table_.capacity;
        do {
            larger *= 2;
        } while (row_limit(larger) < arena_.claimed() + writers_.size() * states_per_block);
        const std::uint64_t while_growing = memory_bytes() + larger * sizeof(std::uint64_t);
        if (larger > index_mask || (memory_limit_ != 0 && while_growing > memory_limit_))
            return false;
        try {
            grown_ = table(larger);
        } catch (const std::bad_alloc&) {
            return false;
        }
        migrated_.store(0, std::memory_order_relaxed);
        return true;
    }

    /// Fills the new table; any number of threads share the work.
    void migrate() noexcept {
        constexpr std::uint64_t stripe = 16 * states_per_block;
        for (;;) {
            const state_index begin = migrated_.fetch_add(stripe, std::memory_order_relaxed);
            if (begin >= arena_.claimed())
                return;
            migrate_rows(begin, std::min(begin + stripe, arena_.claimed()));
        }
    }

    /// Puts the new table in place of the old one.
    void end_growth() noexcept { table_ = std::exchange(grown_, {}); }

private:
    static constexpr int index_bits = 40;
    static constexpr std::uint64_t index_mask = (std::uint64_t{1} << index_bits) - 1;

    struct table {
        table() = default;
        explicit table(std::size_t entry_count) : entries(entry_count), capacity(entry_count) {}

        pages entries;
        std::size_t capacity = 0;
    };

    static std::uint64_t tag_of(std::uint64_t bits) noexcept { return bits >> index_bits; }
    static state_index index_of(std::uint64_t entry) noexcept { return (entry & index_mask) - 1; }
    static std::uint64_t entry_for(state_index index, std::uint64_t hash) noexcept {
        return (hash & ~index_mask) | (index + 1);
    }
    static std::uint64_t row_limit(std::size_t capacity) noexcept { return capacity / 4 * 3; }

    [[nodiscard]] bool same_state(const word* words, state_index index) const noexcept {
        return std::equal(words, words + arena_.words_per_state(), arena_.row(index));
    }

    bool claim_block(writer& by) {
        const std::uint64_t block_bytes = states_per_block * arena_.words_per_state() * sizeof(word);
        const std::scoped_lock lock(claiming_);
        if (arena_.claimed() + states_per_block > row_limit(table_.capacity) ||
            (memory_limit_ != 0 && memory_bytes() + block_bytes > memory_limit_))
            return false;
        const index_range block = arena_.claim();
        memory_bytes_.fetch_add(block_bytes, std::memory_order_relaxed);
        by.close_range();
        by.next_ = by.range_begin_ = block.begin;
        by.end_ = block.end;
        return true;
    }

    // Rows claimed but not yet filled must be left out. They are the tails of the writers' blocks.
    [[nodiscard]] bool is_filled(state_index index) const noexcept {
        return std::none_of(writers_.begin(), writers_.end(),
                            [&](const auto& w) { return w->next_ <= index && index < w->end_; });
    }

    // In batches, so that the entries' cache lines come while the next states are hashed.
    void migrate_rows(state_index begin, state_index end) noexcept {
        std::array<std::uint64_t, 32> entries{};
        std::array<std::size_t, 32> homes{};
        while (begin != end) {
            std::size_t count = 0;
            for (; begin != end && count != entries.size(); ++begin) {
                if (is_filled(begin)) {
                    const std::uint64_t h = hash(arena_.row(begin));
                    entries[count] = entry_for(begin, h);
                    homes[count] = h & (grown_.capacity - 1);
                    __builtin_prefetch(&grown_.entries.data()[homes[count]], 1);
                    ++count;
                }
            }
            for (std::size_t i = 0; i < count; ++i)
                place(entries[i], homes[i]);
        }
    }

    // All states that move are distinct, so any empty entry will do.
    void place(std::uint64_t entry, std::size_t home) noexcept {
        const std::size_t mask = grown_.capacity - 1;
        for (std::size_t at = home;; at = (at + 1) & mask) {
            std::atomic_ref<std::uint64_t> slot(grown_.entries.data()[at]);
            std::uint64_t empty = 0;
            if (slot.load(std::memory_order_relaxed) == 0 &&
                slot.compare_exchange_strong(empty, entry, std::memory_order_relaxed))
                return;
        }
    }

    state_arena arena_;
    std::uint64_t memory_limit_;
    Hash hash_;
    table table_;
    table grown_;
    std::vector<std::unique_ptr<writer>> writers_;
    std::mutex claiming_;
    std::atomic<std::uint64_t> memory_bytes_ = 0;
    std::atomic<state_index> migrated_ = 0;
};

} // namespace bwcheck::explorer

// Where packed states live. They never move once written, so that an index stays good for the whole exploration and
// any thread may read a state while others add new ones.
#pragma once

#include "explorer/pages.hpp"
#include "explorer/transition_system.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace bwcheck::explorer {

/// Names a stored state; dense, in order of claiming.
using state_index = std::uint64_t;

/// Consecutive states [begin, end), never more than one block, hence also consecutive in memory.
struct index_range {
    state_index begin = 0;
    state_index end = 0;

    [[nodiscard]] std::uint64_t size() const noexcept { return end - begin; }
};

/// States are claimed, and handed out as work, this many at a time.
inline constexpr std::uint64_t states_per_block = 256;

/// Rows of packed states, claimed block by block.
///
/// The memory is a few chunks, each twice as large as the one before, so that finding a row is arithmetic on the index
/// and one load from a table that fits a few cache lines. Untouched parts of the last chunk cost address space only.
///
/// The arena does not lock: claim() needs the caller's mutual exclusion. row() may run beside claim(), for any index
/// whose claiming happened before; it then reads a chunk pointer that is never written again.
class state_arena {
public:
    explicit state_arena(std::size_t words_per_state) : words_per_state_(words_per_state) {}

    [[nodiscard]] std::size_t words_per_state() const noexcept { return words_per_state_; }

    /// The next block of rows, its memory ready. Throws std::bad_alloc.
    index_range claim() {
        const std::size_t chunk = chunk_of(claimed_);
        if (chunks_[chunk].data() == nullptr)
            chunks_[chunk] = pages((first_chunk << chunk) * words_per_state_);
        const index_range block{claimed_, claimed_ + states_per_block};
        claimed_ = block.end;
        return block;
    }

    /// How many rows have been claimed; the next block begins here.
    [[nodiscard]] std::uint64_t claimed() const noexcept { return claimed_; }

    [[nodiscard]] word* row(state_index index) const noexcept {
        const std::size_t chunk = chunk_of(index);
        return chunks_[chunk].data() + (index + first_chunk - (first_chunk << chunk)) * words_per_state_;
    }

private:
    // A multiple of the block size, so that no block straddles two chunks.
    static constexpr std::uint64_t first_chunk = std::uint64_t{1} << 14;
    static_assert(first_chunk % states_per_block == 0);

    // Chunk k begins at row first_chunk * (2^k - 1).
    static std::size_t chunk_of(state_index index) noexcept {
        return static_cast<std::size_t>(std::bit_width(index / first_chunk + 1) - 1);
    }

    std::size_t words_per_state_;
    std::uint64_t claimed_ = 0;
    std::array<pages, 28> chunks_;
};

} // namespace bwcheck::explorer

// Which states were found at which depth. Nothing else is remembered about how a state was reached: traces are rebuilt
// from this afterwards (trace_rebuild.hpp), which keeps eight bytes per state free.
#pragma once

#include "explorer/state_arena.hpp"

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

namespace bwcheck::explorer {

/// The levels of a breadth-first search, each as ranges of rows. Workers fill blocks of their own and carry a block
/// over into the next level, so a level is not one stretch of the arena, but wastes no row of it either.
class level_index {
public:
    /// Appends a level; returns how many states it has.
    std::uint64_t add(std::span<const index_range> ranges) {
        ranges_.insert(ranges_.end(), ranges.begin(), ranges.end());
        ends_.push_back(ranges_.size());
        widths_.push_back(std::accumulate(ranges.begin(), ranges.end(), std::uint64_t{0},
                                          [](std::uint64_t sum, const index_range& r) { return sum + r.size(); }));
        return widths_.back();
    }

    [[nodiscard]] std::span<const index_range> level(std::size_t depth) const noexcept {
        const std::size_t begin = depth == 0 ? 0 : ends_[depth - 1];
        return std::span(ranges_).subspan(begin, ends_[depth] - begin);
    }

    /// The number of states of each level.
    [[nodiscard]] const std::vector<std::uint64_t>& widths() const noexcept { return widths_; }

    [[nodiscard]] std::uint64_t memory_bytes() const noexcept {
        return ranges_.capacity() * sizeof(index_range) + (ends_.capacity() + widths_.capacity()) * sizeof(std::size_t);
    }

private:
    std::vector<index_range> ranges_;
    std::vector<std::size_t> ends_;
    std::vector<std::uint64_t> widths_;
};

} // namespace bwcheck::explorer

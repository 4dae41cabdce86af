// States on their way into the set. Each look-up misses the cache twice, in the table and in the arena; gathered here
// and asked for ahead, the misses of many look-ups overlap.
#pragma once

#include "explorer/transition_system.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace bwcheck::explorer {

/// Packed states with their hashes. Grows to the largest number ever needed, then allocates no more.
class candidate_batch {
public:
    explicit candidate_batch(std::size_t words_per_state)
        : words_per_state_(words_per_state), words_(words_per_state) {}

    /// Where the next candidate can be packed. It only counts once push() is called.
    [[nodiscard]] word* room() noexcept { return words_.data() + size() * words_per_state_; }

    void push(std::uint64_t hash) {
        hashes_.push_back(hash);
        if (words_.size() < (size() + 1) * words_per_state_)
            words_.resize(2 * words_.size());
    }

    void clear() noexcept { hashes_.clear(); }

    [[nodiscard]] std::size_t size() const noexcept { return hashes_.size(); }
    [[nodiscard]] const word* words(std::size_t i) const noexcept { return words_.data() + i * words_per_state_; }
    [[nodiscard]] std::uint64_t hash(std::size_t i) const noexcept { return hashes_[i]; }

private:
    std::size_t words_per_state_;
    std::vector<word> words_;
    std::vector<std::uint64_t> hashes_;
};

} // namespace bwcheck::explorer

// Where a packed state is looked for first. A hash here only ever decides where to look, never whether two states are
// the same, so a poor one costs time and nothing else.
#pragma once

#include "explorer/transition_system.hpp"

#include <concepts>
#include <cstddef>
#include <cstdint>

namespace bwcheck::explorer {

/// Maps a packed state to 64 bits, all of which are used: low ones as a position, high ones as a tag.
template <class H>
concept packed_hash = std::copyable<H> && requires(const H& hash, const word* words, std::size_t count) {
    { hash(words, count) }
    noexcept->std::same_as<std::uint64_t>;
};

/// Each word is mixed in by a multiplication, which carries differences upwards, and a shift, which brings them down
/// again; a last round lets the final word reach every bit. The multipliers are the fractional digits of the golden
/// ratio and of the square roots of two and three: odd, and without pattern.
struct word_hash {
    std::uint64_t operator()(const word* words, std::size_t count) const noexcept {
        std::uint64_t mixed = 0x9e3779b97f4a7c15;
        for (std::size_t i = 0; i < count; ++i) {
            mixed = (mixed ^ words[i]) * 0x6a09e667f3bcc909;
            mixed ^= mixed >> 32;
        }
        mixed *= 0xbb67ae8584caa73b;
        return mixed ^ (mixed >> 29);
    }
};

static_assert(packed_hash<word_hash>);

} // namespace bwcheck::explorer

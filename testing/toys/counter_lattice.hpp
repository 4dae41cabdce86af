// Several counters, each counting up to a limit. Everything about it is a formula, at any size: n counters up to m have
// (m+1)^n states, n m (m+1)^(n-1) transitions and n m + 1 levels.
#pragma once

#include "explorer/transition_system.hpp"

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>

namespace bwcheck::explorer::toys {

class counter_lattice {
public:
    static constexpr std::size_t most = 16;

    struct state {
        std::array<std::uint8_t, most> counters{};
        auto operator<=>(const state&) const = default;
    };

    using event = std::uint8_t; ///< the counter that counts

    /// Counts its own calls, so that tests can tell whether each state was judged once.
    struct tally {
        std::uint64_t judged = 0;
        std::uint64_t expanded = 0;
        void merge(const tally& other) {
            judged += other.judged;
            expanded += other.expanded;
        }
    };

    /// `words` spreads the counters over that many words, to try states of any size.
    counter_lattice(std::size_t counters, unsigned limit, std::size_t words = 1)
        : count_(counters), limit_(limit), words_(words) {}

    /// Property 0: the counters are never all at their limit.
    [[nodiscard]] std::size_t property_count() const { return 1; }
    [[nodiscard]] std::size_t packed_words() const { return words_; }

    bool pack(const state& s, word* words) const {
        for (std::size_t w = 0; w < words_; ++w)
            words[w] = 0;
        for (std::size_t i = 0; i < count_; ++i)
            words[i % words_] |= word{s.counters[i]} << (8 * (i / words_));
        return true;
    }

    void unpack(const word* words, state& s) const {
        s = {};
        for (std::size_t i = 0; i < count_; ++i)
            s.counters[i] = static_cast<std::uint8_t>(words[i % words_] >> (8 * (i / words_)));
    }

    void initial_states(auto&& visit) const { visit(state{}); }

    void successors(const state& from, tally& counts, auto&& visit) const {
        ++counts.expanded;
        for (std::size_t i = 0; i < count_; ++i) {
            if (from.counters[i] < limit_) {
                state to = from;
                ++to.counters[i];
                visit(static_cast<event>(i), to, findings{});
            }
        }
    }

    findings judge(const state& s, tally& counts) const {
        ++counts.judged;
        for (std::size_t i = 0; i < count_; ++i)
            if (s.counters[i] != limit_)
                return {};
        return {.triggered = 1, .violated = 1};
    }

private:
    std::size_t count_;
    unsigned limit_;
    std::size_t words_;
};

} // namespace bwcheck::explorer::toys

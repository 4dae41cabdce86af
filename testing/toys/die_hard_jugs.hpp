// Two jugs of 3 and 5 gallons, a tap and a drain; measure exactly 4. Small enough to be done on paper: 16 of the 24
// fillings can be reached, and the shortest way to 4 gallons takes 6 steps.
#pragma once

#include "explorer/transition_system.hpp"

#include <algorithm>
#include <compare>
#include <cstddef>
#include <ostream>

namespace bwcheck::explorer::toys {

struct die_hard_jugs {
    struct state {
        int small = 0;
        int big = 0;
        auto operator<=>(const state&) const = default;
    };

    enum class event { fill_small, fill_big, empty_small, empty_big, small_to_big, big_to_small };

    struct tally {
        void merge(const tally& /*other*/) {}
    };

    static constexpr int small_size = 3;
    static constexpr int big_size = 5;

    /// Property 0: there are never 4 gallons in the big jug. Its violation is the solution of the puzzle.
    [[nodiscard]] std::size_t property_count() const { return 1; }
    [[nodiscard]] std::size_t packed_words() const { return 1; }

    bool pack(const state& s, word* words) const {
        words[0] = static_cast<word>(s.small) | static_cast<word>(s.big) << 2;
        return true;
    }

    void unpack(const word* words, state& s) const {
        s.small = static_cast<int>(words[0] & 3);
        s.big = static_cast<int>(words[0] >> 2);
    }

    void initial_states(auto&& visit) const { visit(state{}); }

    void successors(const state& from, tally& /*counts*/, auto&& visit) const {
        const int to_big = std::min(from.small, big_size - from.big);
        const int to_small = std::min(from.big, small_size - from.small);
        visit(event::fill_small, state{small_size, from.big}, findings{});
        visit(event::fill_big, state{from.small, big_size}, findings{});
        visit(event::empty_small, state{0, from.big}, findings{});
        visit(event::empty_big, state{from.small, 0}, findings{});
        visit(event::small_to_big, state{from.small - to_big, from.big + to_big}, findings{});
        visit(event::big_to_small, state{from.small + to_small, from.big - to_small}, findings{});
    }

    findings judge(const state& s, tally& /*counts*/) const {
        return {.triggered = 1, .violated = s.big == 4 ? 1U : 0U};
    }
};

inline std::ostream& operator<<(std::ostream& out, die_hard_jugs::event e) {
    constexpr const char* names[] = {"fill small", "fill big",          "empty small",
                                     "empty big",  "pour small to big", "pour big to small"};
    return out << names[static_cast<std::size_t>(e)];
}

} // namespace bwcheck::explorer::toys

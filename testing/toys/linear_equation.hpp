// Find x and y with a x + b y = c modulo 256 by counting them up from zero. All 65,536 pairs can be reached, and number
// theory says how many of them are solutions.
#pragma once

#include "explorer/transition_system.hpp"

#include <compare>
#include <cstddef>
#include <cstdint>

namespace bwcheck::explorer::toys {

class linear_equation {
public:
    struct state {
        std::uint8_t x = 0;
        std::uint8_t y = 0;
        auto operator<=>(const state&) const = default;
    };

    enum class event { increase_x, increase_y };

    struct tally {
        void merge(const tally& /*other*/) {}
    };

    constexpr linear_equation(unsigned a, unsigned b, unsigned c) : a_(a), b_(b), c_(c) {}

    /// Property 0: the equation does not hold. A violation is a solution.
    [[nodiscard]] std::size_t property_count() const { return 1; }
    [[nodiscard]] std::size_t packed_words() const { return 1; }

    bool pack(const state& s, word* words) const {
        words[0] = word{s.x} << 8 | s.y;
        return true;
    }

    void unpack(const word* words, state& s) const {
        s = {static_cast<std::uint8_t>(words[0] >> 8), static_cast<std::uint8_t>(words[0])};
    }

    void initial_states(auto&& visit) const { visit(state{}); }

    void successors(const state& from, tally& /*counts*/, auto&& visit) const {
        visit(event::increase_x, state{static_cast<std::uint8_t>(from.x + 1), from.y}, findings{});
        visit(event::increase_y, state{from.x, static_cast<std::uint8_t>(from.y + 1)}, findings{});
    }

    findings judge(const state& s, tally& /*counts*/) const {
        const bool solved = (a_ * s.x + b_ * s.y) % 256 == c_;
        return {.triggered = 1, .violated = solved ? 1U : 0U};
    }

private:
    unsigned a_;
    unsigned b_;
    unsigned c_;
};

} // namespace bwcheck::explorer::toys

// Philosophers who take the left fork, then the right one, and may starve each other. The one deadlock is known, and so
// is the number of states: all in which no fork is held twice, which for n >= 2 is (1 + sqrt 2)^n + (1 - sqrt 2)^n, or
// 6, 14, 34, 82, 198 ...
#pragma once

#include "explorer/transition_system.hpp"

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>

namespace bwcheck::explorer::toys {

class dining_philosophers {
public:
    static constexpr std::size_t most = 16;

    /// How many forks each holds: the left one first.
    struct state {
        std::array<std::uint8_t, most> forks{};
        auto operator<=>(const state&) const = default;
    };

    struct event {
        std::uint8_t philosopher = 0;
        bool lays_down = false;
        bool operator==(const event&) const = default;
    };

    struct tally {
        std::uint64_t meals = 0;
        void merge(const tally& other) { meals += other.meals; }
    };

    explicit dining_philosophers(std::size_t count) : count_(count) {}

    [[nodiscard]] std::size_t property_count() const { return 0; }
    [[nodiscard]] std::size_t packed_words() const { return 1; }

    bool pack(const state& s, word* words) const {
        words[0] = 0;
        for (std::size_t i = 0; i < count_; ++i)
            words[0] |= word{s.forks[i]} << (2 * i);
        return true;
    }

    void unpack(const word* words, state& s) const {
        s = {};
        for (std::size_t i = 0; i < count_; ++i)
            s.forks[i] = static_cast<std::uint8_t>((words[0] >> (2 * i)) & 3);
    }

    void initial_states(auto&& visit) const { visit(state{}); }

    void successors(const state& from, tally& counts, auto&& visit) const {
        for (std::size_t i = 0; i < count_; ++i) {
            const auto who = static_cast<std::uint8_t>(i);
            const std::size_t left = (i + count_ - 1) % count_;
            const std::size_t right = (i + 1) % count_;
            state to = from;
            if (from.forks[i] == 2) {
                ++counts.meals;
                to.forks[i] = 0;
                visit(event{who, true}, to, findings{});
            } else if (from.forks[i] == 0 ? from.forks[left] != 2 : from.forks[right] == 0) {
                ++to.forks[i];
                visit(event{who, false}, to, findings{});
            }
        }
    }

    findings judge(const state& /*s*/, tally& /*counts*/) const { return {}; }

private:
    std::size_t count_;
};

} // namespace bwcheck::explorer::toys

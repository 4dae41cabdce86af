// A binary tree that never ends within the memory of any machine: for what happens when a search must end early.
#pragma once

#include "explorer/transition_system.hpp"

#include <compare>
#include <cstddef>
#include <cstdint>

namespace bwcheck::explorer::toys {

struct endless_tree {
    /// Nodes are numbered from 1; node n has the children 2n and 2n + 1.
    struct state {
        std::uint64_t node = 1;
        auto operator<=>(const state&) const = default;
    };

    enum class event : bool { left, right };

    struct tally {
        std::uint64_t judged = 0;
        void merge(const tally& other) { judged += other.judged; }
    };

    /// Property 0: no node has the remainder 5 modulo 7. Node 5 breaks it first, after left and right.
    [[nodiscard]] std::size_t property_count() const { return 1; }
    [[nodiscard]] std::size_t packed_words() const { return 1; }

    bool pack(const state& s, word* words) const {
        words[0] = s.node;
        return true;
    }

    void unpack(const word* words, state& s) const { s.node = words[0]; }
    void initial_states(auto&& visit) const { visit(state{}); }

    void successors(const state& from, tally& /*counts*/, auto&& visit) const {
        visit(event::left, state{2 * from.node}, findings{});
        visit(event::right, state{2 * from.node + 1}, findings{});
    }

    findings judge(const state& s, tally& counts) const {
        ++counts.judged;
        return {.triggered = 1, .violated = s.node % 7 == 5 ? 1U : 0U};
    }
};

} // namespace bwcheck::explorer::toys

// Two-phase commit as Gray and Lamport specify it in TLA+: resource managers, a transaction manager, and messages that
// are never taken back. How many states it has is published: 288 for three managers and 8832 for five.
#pragma once

#include "explorer/transition_system.hpp"

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>

namespace bwcheck::explorer::toys {

class two_phase_commit {
public:
    static constexpr std::size_t most = 8;

    enum class manager : std::uint8_t { working, prepared, committed, aborted };
    enum class transaction : std::uint8_t { open, committed, aborted };

    struct state {
        std::array<manager, most> managers{};
        transaction decision = transaction::open;
        std::uint8_t heard = 0; ///< bit per manager known to the transaction manager as prepared
        std::uint8_t sent = 0;  ///< bit per manager that has sent its message
        auto operator<=>(const state&) const = default;
    };

    enum class action : std::uint8_t { hear, commit, abort, prepare, give_up, obey_commit, obey_abort, lose_patience };

    struct event {
        action what{};
        std::uint8_t who = 0;
        bool operator==(const event&) const = default;
    };

    struct tally {
        void merge(const tally& /*other*/) {}
    };

    /// With `impatient` a prepared manager may abort by itself: the mistake the protocol exists to avoid.
    explicit two_phase_commit(std::size_t managers, bool impatient = false) : count_(managers), impatient_(impatient) {}

    /// Property 0: no manager commits while another aborts. Property 1: nobody ever commits, which is not true.
    [[nodiscard]] std::size_t property_count() const { return 2; }
    [[nodiscard]] std::size_t packed_words() const { return 1; }

    bool pack(const state& s, word* words) const {
        words[0] = word{s.heard} | word{s.sent} << 8 | static_cast<word>(s.decision) << 16;
        for (std::size_t i = 0; i < count_; ++i)
            words[0] |= static_cast<word>(s.managers[i]) << (18 + 2 * i);
        return true;
    }

    void unpack(const word* words, state& s) const {
        s = {};
        s.heard = static_cast<std::uint8_t>(words[0]);
        s.sent = static_cast<std::uint8_t>(words[0] >> 8);
        s.decision = static_cast<transaction>((words[0] >> 16) & 3);
        for (std::size_t i = 0; i < count_; ++i)
            s.managers[i] = static_cast<manager>((words[0] >> (18 + 2 * i)) & 3);
    }

    void initial_states(auto&& visit) const { visit(state{}); }

    void successors(const state& from, tally& /*counts*/, auto&& visit) const {
        const auto go = [&](action what, std::size_t who, auto change) {
            state to = from;
            change(to);
            visit(event{what, static_cast<std::uint8_t>(who)}, to, findings{});
        };
        if (from.decision == transaction::open) {
            if (from.heard == (1U << count_) - 1)
                go(action::commit, 0, [](state& s) { s.decision = transaction::committed; });
            go(action::abort, 0, [](state& s) { s.decision = transaction::aborted; });
        }
        for (std::size_t i = 0; i < count_; ++i) {
            const auto bit = static_cast<std::uint8_t>(1U << i);
            if (from.decision == transaction::open && (from.sent & bit) != 0)
                go(action::hear, i, [&](state& s) { s.heard = static_cast<std::uint8_t>(s.heard | bit); });
            if (from.managers[i] == manager::working) {
                go(action::prepare, i, [&](state& s) {
                    s.managers[i] = manager::prepared;
                    s.sent = static_cast<std::uint8_t>(s.sent | bit);
                });
                go(action::give_up, i, [&](state& s) { s.managers[i] = manager::aborted; });
            }
            if (from.decision == transaction::committed)
                go(action::obey_commit, i, [&](state& s) { s.managers[i] = manager::committed; });
            if (from.decision == transaction::aborted)
                go(action::obey_abort, i, [&](state& s) { s.managers[i] = manager::aborted; });
            if (impatient_ && from.managers[i] == manager::prepared)
                go(action::lose_patience, i, [&](state& s) { s.managers[i] = manager::aborted; });
        }
    }

    findings judge(const state& s, tally& /*counts*/) const {
        bool committed = false;
        bool aborted = false;
        for (std::size_t i = 0; i < count_; ++i) {
            committed |= s.managers[i] == manager::committed;
            aborted |= s.managers[i] == manager::aborted;
        }
        findings findings;
        findings.triggered = (committed || aborted ? 1U : 0U) | 2U;
        findings.violated = (committed && aborted ? 1U : 0U) | (committed ? 2U : 0U);
        return findings;
    }

private:
    std::size_t count_;
    bool impatient_;
};

} // namespace bwcheck::explorer::toys

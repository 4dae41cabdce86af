// A system seen through a window that remembers which states were judged. With it a test can compare the very sets two
// searches have found, not only how large they are.
#pragma once

#include "explorer/transition_system.hpp"

#include <cstddef>
#include <cstdint>
#include <set>

namespace bwcheck::explorer {

/// `System`, with a tally that also holds the set of all states judged and how many judgements there were.
template <transition_system System>
class recording {
public:
    using state = typename System::state;
    using event = typename System::event;

    struct tally {
        typename System::tally inner{};
        std::set<state> judged;
        std::uint64_t judgements = 0;

        void merge(const tally& other) {
            inner.merge(other.inner);
            judged.insert(other.judged.begin(), other.judged.end());
            judgements += other.judgements;
        }
    };

    explicit recording(const System& system) : system_(system) {}

    [[nodiscard]] std::size_t property_count() const { return system_.property_count(); }
    [[nodiscard]] std::size_t packed_words() const { return system_.packed_words(); }
    bool pack(const state& s, word* words) const { return system_.pack(s, words); }
    void unpack(const word* words, state& s) const { system_.unpack(words, s); }
    void initial_states(auto&& visit) const { system_.initial_states(visit); }
    void successors(const state& from, tally& counts, auto&& visit) const {
        system_.successors(from, counts.inner, visit);
    }

    findings judge(const state& s, tally& counts) const {
        counts.judged.insert(s);
        ++counts.judgements;
        return system_.judge(s, counts.inner);
    }

private:
    const System& system_;
};

} // namespace bwcheck::explorer

// Where time stands still for good: states from which no transition in which time passes can be reached. Whatever is
// said to hold in such a part holds only as long as the clock does not move.
//
// While a search goes on, a system is asked for a quick look at each state in which time cannot pass at once
// (expander.hpp). Nearly all go on in a few events, and are forgotten. The others are looked at here, once all states
// are known: one goes on if some successor does, and so on, until nothing changes. What is left goes nowhere.
#pragma once

#include "explorer/state_arena.hpp"
#include "explorer/state_set.hpp"
#include "explorer/transition_system.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace bwcheck::explorer {

/// A stored state that the quick look did not see to go on.
struct suspect {
    state_index at = 0;
    std::uint64_t depth = 0; ///< its level
};

template <timed_transition_system S, packed_hash Hash>
class standstill_search {
public:
    standstill_search(const S& system, const state_set<Hash>& set) : system_(system), set_(set) {}

    /// Those of `suspects` from which time never passes again, the least first, by depth and then by packed state.
    /// `suspects`: of a search that came to its end.
    [[nodiscard]] std::vector<suspect> stuck(std::vector<suspect> suspects) const {
        const auto words_less = [this](const suspect& a, const suspect& b) { return less(row(a), row(b)); };
        std::sort(suspects.begin(), suspects.end(), words_less);
        for (std::size_t before = suspects.size() + 1; before != suspects.size();) {
            before = suspects.size();
            std::vector<suspect> left;
            for (const suspect& each : suspects)
                if (!goes_on(each, suspects))
                    left.push_back(each);
            suspects = std::move(left);
        }
        std::stable_sort(suspects.begin(), suspects.end(),
                         [](const suspect& a, const suspect& b) { return a.depth < b.depth; });
        return suspects;
    }

private:
    [[nodiscard]] const word* row(const suspect& of) const { return set_.row(of.at); }
    [[nodiscard]] bool less(const word* a, const word* b) const {
        const std::size_t words = system_.packed_words();
        return std::lexicographical_compare(a, a + words, b, b + words);
    }

    // Nobody knows what lies behind a successor that does not fit; the search has reported it.
    [[nodiscard]] bool goes_on(const suspect& from, const std::vector<suspect>& stuck) const {
        typename S::state state{};
        typename S::tally discarded{};
        packed_state packed{};
        bool found = false;
        system_.unpack(row(from), state);
        system_.successors(state, discarded, [&](const auto& by, const auto& to, findings) {
            if (!found)
                found = system_.passes_time(by) || !system_.pack(to, packed.data()) || !contains(stuck, packed.data());
        });
        return found;
    }
    [[nodiscard]] bool contains(const std::vector<suspect>& sorted, const word* words) const {
        const auto place =
            std::lower_bound(sorted.begin(), sorted.end(), words,
                             [this](const suspect& each, const word* wanted) { return less(row(each), wanted); });
        return place != sorted.end() && !less(words, row(*place));
    }

    const S& system_;
    const state_set<Hash>& set_;
};

} // namespace bwcheck::explorer

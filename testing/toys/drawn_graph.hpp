// A graph drawn by hand, arrow by arrow, for what the other toys cannot show: escapes, cuts, properties of transitions,
// properties never triggered, several shortest ways to the same place.
#pragma once

#include "explorer/transition_system.hpp"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace bwcheck::explorer::toys {

class drawn_graph {
public:
    struct state {
        std::uint64_t node = 0;
        auto operator<=>(const state&) const = default;
    };

    using event = int; ///< the label of the arrow

    struct tally {
        std::uint64_t judged = 0;
        void merge(const tally& other) { judged += other.judged; }
    };

    /// Nodes from `outside` on do not fit.
    explicit drawn_graph(std::size_t properties, std::uint64_t outside = std::uint64_t{1} << 32)
        : properties_(properties), outside_(outside) {}

    drawn_graph& start(std::uint64_t node) {
        starts_.push_back(node);
        return *this;
    }

    drawn_graph& arrow(std::uint64_t from, int label, std::uint64_t to, findings findings = {}) {
        arrows_[from].push_back({label, to, findings});
        return *this;
    }

    drawn_graph& judged(std::uint64_t node, findings findings) {
        nodes_[node] = findings;
        return *this;
    }

    [[nodiscard]] std::size_t property_count() const { return properties_; }
    [[nodiscard]] std::size_t packed_words() const { return 1; }

    bool pack(const state& s, word* words) const {
        words[0] = s.node;
        return s.node < outside_;
    }

    void unpack(const word* words, state& s) const { s.node = words[0]; }

    void initial_states(auto&& visit) const {
        for (const std::uint64_t node : starts_)
            visit(state{node});
    }

    void successors(const state& from, tally& /*counts*/, auto&& visit) const {
        if (const auto drawn = arrows_.find(from.node); drawn != arrows_.end())
            for (const auto& a : drawn->second)
                visit(a.label, state{a.to}, a.found);
    }

    findings judge(const state& s, tally& counts) const {
        ++counts.judged;
        const auto marked = nodes_.find(s.node);
        return marked == nodes_.end() ? findings{} : marked->second;
    }

private:
    struct drawn_arrow {
        int label;
        std::uint64_t to;
        findings found;
    };

    std::size_t properties_;
    std::uint64_t outside_;
    std::vector<std::uint64_t> starts_;
    std::map<std::uint64_t, std::vector<drawn_arrow>> arrows_;
    std::map<std::uint64_t, findings> nodes_;
};

} // namespace bwcheck::explorer::toys

// The same exploration by somebody else's algorithm: breadth_first_visit() of Boost.Graph walks over a system as it is,
// and says which states there are and how far away each is.
#pragma once

#include "explorer/transition_system.hpp"

#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/graph_traits.hpp>
#include <boost/graph/visitors.hpp>
#include <boost/pending/queue.hpp>
#include <boost/property_map/property_map.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace bwcheck::explorer {

/// A system as a graph whose nodes are its states. Nobody knows them beforehand: they are met on the way.
template <transition_system S>
class state_graph {
public:
    using state = typename S::state;

    struct edge {
        state from;
        state to;

        friend bool operator==(const edge&, const edge&) = default;
    };

    explicit state_graph(const S& system) : system_(system) {}

    /// The edges that leave a state, to states that fit; kept, because Boost.Graph holds on to their places.
    [[nodiscard]] const std::vector<edge>& edges_from(const state& from) const {
        const auto [entry, is_new] = edges_.try_emplace(from);
        if (is_new) {
            typename S::tally unused{};
            system_.successors(from, unused,
                               [&, edges = &entry->second](const auto& /*event*/, const state& to, findings /*found*/) {
                                   packed_state packed{};
                                   if (system_.pack(to, packed.data()))
                                       edges->push_back({from, to});
                               });
        }
        return entry->second;
    }

    // What boost::graph_traits asks for.
    using vertex_descriptor = state;
    using edge_descriptor = edge;
    using directed_category = boost::directed_tag;
    using edge_parallel_category = boost::allow_parallel_edge_tag;
    using traversal_category = boost::incidence_graph_tag;
    using out_edge_iterator = typename std::vector<edge_descriptor>::const_iterator;
    using degree_size_type = std::size_t;

private:
    const S& system_;
    mutable std::map<state, std::vector<edge>> edges_;
};

template <class S>
[[nodiscard]] auto source(const typename state_graph<S>::edge_descriptor& e, const state_graph<S>& /*g*/) {
    return e.from;
}
template <class S>
[[nodiscard]] auto target(const typename state_graph<S>::edge_descriptor& e, const state_graph<S>& /*g*/) {
    return e.to;
}
template <class S>
[[nodiscard]] auto out_edges(const typename S::state& from, const state_graph<S>& g) {
    const auto& edges = g.edges_from(from);
    return std::pair(edges.begin(), edges.end());
}
template <class S>
[[nodiscard]] std::size_t out_degree(const typename S::state& from, const state_graph<S>& g) {
    return g.edges_from(from).size();
}

/// What Boost.Graph finds; the names are those of `result`.
struct boost_result {
    std::size_t states = 0;
    std::vector<std::uint64_t> states_per_level;
    std::map<std::size_t, std::size_t> shortest_violation; ///< by a state, in transitions, per violated property
};

template <transition_system S>
[[nodiscard]] boost_result boost_search(const S& system) {
    using state = typename S::state;
    const state_graph<S> graph(system);
    std::map<state, boost::default_color_type> colours; // new ones are white
    std::map<state, std::size_t> distances;
    std::vector<state> begin;
    system.initial_states([&](const state& initial) {
        begin.push_back(initial);
        distances[initial] = 0;
    });
    boost::queue<state> to_visit;
    boost::breadth_first_visit(graph, begin.begin(), begin.end(), to_visit,
                               boost::make_bfs_visitor(boost::record_distances(
                                   boost::make_assoc_property_map(distances), boost::on_tree_edge())),
                               boost::make_assoc_property_map(colours));

    boost_result searched;
    searched.states = distances.size();
    for (const auto& [reached, distance] : distances) {
        searched.states_per_level.resize(std::max(searched.states_per_level.size(), distance + 1));
        ++searched.states_per_level[distance];
        typename S::tally unused{};
        const auto violated = system.judge(reached, unused).violated;
        for (std::size_t property = 0; property < system.property_count(); ++property) {
            if (((violated >> property) & 1U) == 0)
                continue;
            const auto [known, is_new] = searched.shortest_violation.try_emplace(property, distance);
            known->second = std::min(known->second, distance);
        }
    }
    return searched;
}

} // namespace bwcheck::explorer

// A finite graph of events, as Boost.Graph sees it: each node has a number, and knows the edges that leave it and those
// that lead to it.
#pragma once

#include <boost/graph/graph_traits.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/property_map/property_map.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace bwcheck::counterexamples {

class timed_graph {
public:
    using node = std::uint32_t;

    struct edge {
        node from = 0;
        node to = 0;
        bool ticks = false; ///< time passes on it

        friend bool operator==(const edge&, const edge&) = default;
    };

    [[nodiscard]] std::size_t size() const { return nodes_.size(); }
    /// Adds a node, and returns its number: the first is 0.
    node add_node() {
        nodes_.emplace_back();
        return static_cast<node>(nodes_.size() - 1);
    }
    /// Both nodes must be there.
    void add_edge(const edge& more) {
        nodes_[more.from].out.push_back(more);
        nodes_[more.to].in.push_back(more);
    }
    [[nodiscard]] const std::vector<edge>& out(node from) const { return nodes_[from].out; }
    [[nodiscard]] const std::vector<edge>& in(node to) const { return nodes_[to].in; }

    // What boost::graph_traits asks for.
    using vertex_descriptor = node;
    using edge_descriptor = edge;
    using directed_category = boost::bidirectional_tag;
    using edge_parallel_category = boost::allow_parallel_edge_tag;
    struct traversal_category : boost::vertex_list_graph_tag, boost::bidirectional_graph_tag {};
    using vertex_iterator = boost::counting_iterator<node>;
    using out_edge_iterator = std::vector<edge>::const_iterator;
    using in_edge_iterator = out_edge_iterator;
    using edge_iterator = out_edge_iterator; // named, never used
    using vertices_size_type = std::size_t;
    using edges_size_type = std::size_t;
    using degree_size_type = std::size_t;
    static node null_vertex() { return std::numeric_limits<node>::max(); }

private:
    struct edges_of_a_node {
        std::vector<edge> out;
        std::vector<edge> in;
    };

    std::vector<edges_of_a_node> nodes_;
};

// The functions by which Boost.Graph walks over it.
[[nodiscard]] inline timed_graph::node source(const timed_graph::edge& e, const timed_graph& /*g*/) { return e.from; }
[[nodiscard]] inline timed_graph::node target(const timed_graph::edge& e, const timed_graph& /*g*/) { return e.to; }
[[nodiscard]] inline auto out_edges(timed_graph::node n, const timed_graph& g) {
    return std::pair(g.out(n).begin(), g.out(n).end());
}
[[nodiscard]] inline auto in_edges(timed_graph::node n, const timed_graph& g) {
    return std::pair(g.in(n).begin(), g.in(n).end());
}
[[nodiscard]] inline std::size_t out_degree(timed_graph::node n, const timed_graph& g) { return g.out(n).size(); }
[[nodiscard]] inline std::size_t in_degree(timed_graph::node n, const timed_graph& g) { return g.in(n).size(); }
[[nodiscard]] inline std::size_t degree(timed_graph::node n, const timed_graph& g) {
    return g.out(n).size() + g.in(n).size();
}
[[nodiscard]] inline std::size_t num_vertices(const timed_graph& g) { return g.size(); }
[[nodiscard]] inline auto vertices(const timed_graph& g) {
    return std::pair(timed_graph::vertex_iterator(0),
                     timed_graph::vertex_iterator(static_cast<timed_graph::node>(g.size())));
}

/// What is known of each node, by its number, as Boost.Graph takes it.
template <class Value>
[[nodiscard]] auto by_node(std::vector<Value>& values) {
    return boost::make_iterator_property_map(values.begin(), boost::typed_identity_property_map<timed_graph::node>());
}

} // namespace bwcheck::counterexamples

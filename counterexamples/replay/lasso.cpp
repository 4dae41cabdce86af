// Time passes on a cycle exactly if an edge on which it passes stays within one strongly connected component.
#include "counterexamples/replay/lasso.hpp"

#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/reverse_graph.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/pending/queue.hpp>

#include <cstdint>

namespace bwcheck::counterexamples {

namespace {

using node = timed_graph::node;

std::vector<node> components_of(const timed_graph& graph) {
    std::vector<node> component(graph.size());
    std::vector<node> root(graph.size());
    std::vector<node> discovered(graph.size());
    std::vector<boost::default_color_type> colour(graph.size());
    boost::strong_components(graph, by_node(component),
                             boost::root_map(by_node(root))
                                 .discover_time_map(by_node(discovered))
                                 .color_map(by_node(colour))
                                 .vertex_index_map(boost::typed_identity_property_map<node>()));
    return component;
}

} // namespace

std::vector<bool> on_timed_cycles(const timed_graph& graph) {
    const std::vector<node> component = components_of(graph);
    std::vector<bool> timed(graph.size()); // by component
    for (node from = 0; from < graph.size(); ++from)
        for (const timed_graph::edge& edge : graph.out(from))
            if (edge.ticks && component[from] == component[edge.to])
                timed[component[from]] = true;
    std::vector<bool> found(graph.size());
    for (node each = 0; each < graph.size(); ++each)
        found[each] = timed[component[each]];
    return found;
}

std::vector<bool> leading_to(const std::vector<bool>& wanted, const timed_graph& graph) {
    std::vector<node> begin;
    for (node each = 0; each < graph.size(); ++each)
        if (wanted[each])
            begin.push_back(each);
    std::vector<boost::default_color_type> colour(graph.size(), boost::white_color);
    boost::queue<node> to_visit;
    boost::breadth_first_visit(boost::make_reverse_graph(graph), begin.begin(), begin.end(), to_visit,
                               boost::default_bfs_visitor(), by_node(colour));
    std::vector<bool> found(graph.size());
    for (node each = 0; each < graph.size(); ++each)
        found[each] = colour[each] != boost::white_color;
    return found;
}

} // namespace bwcheck::counterexamples

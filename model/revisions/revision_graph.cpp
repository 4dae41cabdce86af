#include "model/revisions/revision_graph.hpp"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/graph/topological_sort.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <stdexcept>
#include <string_view>

namespace bwcheck::model {

namespace {

enum class need : std::uint8_t { base, posted_on };

/// An edge goes from what is needed to the one that needs it. Nodes are places in `infos`.
using need_graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS, boost::no_property, need>;

need_graph graph_of(std::span<const revision_info> infos) {
    need_graph graph(infos.size());
    const auto add = [&](std::size_t to, std::string_view id, need why) {
        if (id.empty())
            return;
        const auto same = [&](const revision_info& other) { return other.id == id; };
        const auto from = std::find_if(infos.begin(), infos.end(), same);
        if (from == infos.end())
            throw std::invalid_argument(fmt::format("{} {} {}, which is no revision", infos[to].id,
                                                    why == need::base ? "changes" : "is posted on", id));
        boost::add_edge(static_cast<std::size_t>(from - infos.begin()), to, why, graph);
    };
    for (std::size_t to = 0; to < infos.size(); ++to) {
        add(to, infos[to].base, need::base);
        add(to, infos[to].posted_on, need::posted_on);
    }
    return graph;
}

/// Those of one circle. There is one.
std::vector<std::string_view> circle_in(const need_graph& graph, std::span<const revision_info> infos) {
    std::vector<std::size_t> component(infos.size());
    const auto number_of = boost::make_iterator_property_map(component.begin(), boost::get(boost::vertex_index, graph));
    boost::strong_components(graph, number_of);
    const auto edges = boost::make_iterator_range(boost::edges(graph));
    const auto on_circle = std::find_if(edges.begin(), edges.end(), [&](const auto& edge) {
        return component[boost::source(edge, graph)] == component[boost::target(edge, graph)];
    });
    std::vector<std::string_view> ids;
    for (std::size_t node = 0; node < infos.size(); ++node)
        if (component[node] == component[boost::source(*on_circle, graph)])
            ids.push_back(infos[node].id);
    return ids;
}

std::vector<std::size_t> order_of(const need_graph& graph, std::span<const revision_info> infos) {
    std::vector<std::size_t> backwards;
    try {
        boost::topological_sort(graph, std::back_inserter(backwards));
    } catch (const boost::not_a_dag&) {
        throw std::invalid_argument(
            fmt::format("these revisions need each other in a circle: {}", fmt::join(circle_in(graph, infos), ", ")));
    }
    return {backwards.rbegin(), backwards.rend()};
}

/// As Graphviz reads it.
std::string dot_text(std::string_view text) {
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            quoted += '\\';
        quoted += c;
    }
    return quoted + '"';
}

} // namespace

std::vector<std::size_t> in_order_of_need(std::span<const revision_info> infos) {
    return order_of(graph_of(infos), infos);
}

std::string revisions_as_dot(std::span<const revision_info> infos) {
    const need_graph graph = graph_of(infos);
    static_cast<void>(order_of(graph, infos)); // a circle is told, not drawn
    // Written here: boost::write_graphviz() brings a parser along, which takes longer to compile than all of this room.
    std::string text = "digraph G {\ngraph [rankdir=LR];\nnode [shape=box];\n";
    for (std::size_t node = 0; node < infos.size(); ++node)
        text +=
            fmt::format("{}[label={}, tooltip={}];\n", node, dot_text(infos[node].id), dot_text(infos[node].summary));
    for (const auto& edge : boost::make_iterator_range(boost::edges(graph)))
        text += fmt::format("{}->{} {};\n", boost::source(edge, graph), boost::target(edge, graph),
                            graph[edge] == need::posted_on ? "[style=dashed, label=\"posted on\"]" : "");
    return text + "}\n";
}

} // namespace bwcheck::model

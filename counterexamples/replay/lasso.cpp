// Tarjan's strongly connected components, without recursion: time passes on a cycle exactly if an edge on which it
// passes stays within one component.
#include "counterexamples/replay/lasso.hpp"

#include <algorithm>
#include <limits>

namespace bwcheck::counterexamples {

namespace {

constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

class component_search {
public:
    explicit component_search(const timed_graph& graph)
        : graph_(graph), order_(graph.size(), none), low_(graph.size(), none), component_(graph.size(), none) {
        for (std::uint32_t node = 0; node < graph.size(); ++node)
            if (order_[node] == none)
                search_from(node);
    }

    [[nodiscard]] const std::vector<std::uint32_t>& component() const { return component_; }

private:
    struct visit {
        std::uint32_t node;
        std::size_t next_edge;
    };

    void enter(std::uint32_t node) {
        order_[node] = low_[node] = entered_++;
        open_.push_back(node);
        path_.push_back({node, 0});
    }

    void search_from(std::uint32_t root) {
        enter(root);
        while (!path_.empty()) {
            const std::uint32_t node = path_.back().node;
            if (path_.back().next_edge < graph_[node].size()) {
                const std::uint32_t to = graph_[node][path_.back().next_edge++].to;
                if (order_[to] == none)
                    enter(to);
                else if (component_[to] == none)
                    low_[node] = std::min(low_[node], order_[to]);
                continue;
            }
            path_.pop_back();
            if (!path_.empty())
                low_[path_.back().node] = std::min(low_[path_.back().node], low_[node]);
            if (low_[node] == order_[node])
                close(node);
        }
    }

    void close(std::uint32_t root) {
        std::uint32_t node = none;
        do {
            node = open_.back();
            open_.pop_back();
            component_[node] = root;
        } while (node != root);
    }

    const timed_graph& graph_;
    std::vector<std::uint32_t> order_;
    std::vector<std::uint32_t> low_;
    std::vector<std::uint32_t> component_;
    std::vector<std::uint32_t> open_;
    std::vector<visit> path_;
    std::uint32_t entered_ = 0;
};

} // namespace

bool has_timed_cycle(const timed_graph& graph) {
    const component_search search(graph);
    for (std::size_t node = 0; node < graph.size(); ++node)
        for (const timed_edge& edge : graph[node])
            if (edge.ticks && search.component()[node] == search.component()[edge.to])
                return true;
    return false;
}

} // namespace bwcheck::counterexamples

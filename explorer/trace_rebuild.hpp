// From the end of a path back to its beginning. The search stores no predecessors; instead, once it is over, the levels
// are expanded once more, last to first, and each end asks of each level which of its states leads there. One pass
// serves all ends. Of several predecessors the one with the least packed state and the earliest successor is taken, so
// that the trace does not depend on who was first to find a state.
#pragma once

#include "explorer/level_index.hpp"
#include "explorer/progress_meter.hpp"
#include "explorer/result.hpp"
#include "explorer/sighting.hpp"
#include "explorer/state_set.hpp"
#include "explorer/worker_team.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <tuple>
#include <utility>
#include <vector>

namespace bwcheck::explorer {

template <transition_system S, packed_hash Hash>
class trace_rebuilder {
public:
    trace_rebuilder(const S& system, const state_set<Hash>& set, const level_index& levels, worker_team& team,
                    progress_meter& meter)
        : system_(system), set_(set), levels_(levels), team_(team), meter_(meter) {}

    /// Shortest traces that end as the sightings do, in their order.
    std::vector<trace<S>> rebuild(const std::vector<sighting<S>>& ends) {
        std::vector<path> paths;
        std::size_t deepest = 0;
        for (const auto& end : ends) {
            paths.emplace_back(end);
            deepest = std::max(deepest, paths.back().depth);
        }
        for (std::size_t depth = deepest; depth > 0; --depth)
            step_back(paths, depth);
        std::vector<trace<S>> traces;
        traces.reserve(paths.size());
        for (auto& p : paths)
            traces.push_back(finish(p));
        return traces;
    }

private:
    using state = typename S::state;
    using event = typename S::event;

    // A path known from its end back to `at`, a state of level `depth`. Its events stand in reverse order.
    struct path {
        explicit path(const sighting<S>& end)
            : at(end.at), depth(static_cast<std::size_t>(end.length) - (end.last ? 1 : 0)), odd(end.odd) {
            if (end.last)
                steps.emplace_back(end.last->event, end.last->to);
        }

        packed_state at;
        std::size_t depth;
        std::optional<state> odd;
        std::vector<std::pair<event, state>> steps;
    };

    struct predecessor {
        packed_state from;
        std::uint64_t ordinal;
        event by;

        [[nodiscard]] bool better_than(const predecessor& other) const {
            return std::tie(from, ordinal) < std::tie(other.from, other.ordinal);
        }
    };

    using predecessors = std::vector<std::optional<predecessor>>;

    // Nearly all successors are none of the states looked for; a few bits of their hash tell so.
    class filter {
    public:
        void add(std::uint64_t hash) { marks_[hash % marks_.size()] = true; }
        [[nodiscard]] bool may_contain(std::uint64_t hash) const { return marks_[hash % marks_.size()]; }

    private:
        std::array<bool, 4096> marks_{};
    };

    void step_back(std::vector<path>& paths, std::size_t depth) {
        filter wanted;
        for (const auto& p : paths)
            if (p.depth == depth)
                wanted.add(set_.hash(p.at.data()));
        const auto ranges = levels_.level(depth - 1);
        std::atomic<std::size_t> next_range = 0;
        std::vector<predecessors> found(team_.size(), predecessors(paths.size()));
        team_.run(levels_.widths()[depth - 1] > states_per_block, [&](std::size_t worker) {
            typename S::tally discarded{};
            state from{};
            for (;;) {
                const std::size_t r = next_range.fetch_add(1, std::memory_order_relaxed);
                if (r >= ranges.size())
                    return;
                for (state_index i = ranges[r].begin; i != ranges[r].end; ++i)
                    look(paths, depth, wanted, set_.row(i), from, discarded, found[worker]);
                if (worker == 0)
                    meter_.report(levels_, set_.memory_bytes(), true);
            }
        });
        for (std::size_t p = 0; p < paths.size(); ++p)
            if (paths[p].depth == depth)
                go_back(paths[p], p, found);
    }

    void look(const std::vector<path>& paths, std::size_t depth, const filter& wanted, const word* row, state& from,
              typename S::tally& discarded, predecessors& found) const {
        system_.unpack(row, from);
        std::uint64_t successors = 0;
        packed_state packed{};
        system_.successors(from, discarded, [&](const event& by, const state& to, findings) {
            const std::uint64_t ordinal = successors++;
            if (!system_.pack(to, packed.data()) || !wanted.may_contain(set_.hash(packed.data()))) [[likely]]
                return;
            for (std::size_t p = 0; p < paths.size(); ++p) {
                if (paths[p].depth == depth && paths[p].at == packed) {
                    const predecessor candidate{copy(row), ordinal, by};
                    if (!found[p] || candidate.better_than(*found[p]))
                        found[p] = candidate;
                }
            }
        });
    }

    void go_back(path& p, std::size_t number, const std::vector<predecessors>& found) const {
        std::optional<predecessor> best;
        for (const auto& by_worker : found) {
            const auto& candidate = by_worker[number];
            if (candidate && (!best || candidate->better_than(*best)))
                best = candidate;
        }
        if (!best) {
            throw std::logic_error("bwcheck: a state was reached, but expanding its level again does not reach it; "
                                   "successors() does not always give the same answer");
        }
        p.steps.emplace_back(best->by, unpack(p.at));
        p.at = best->from;
        --p.depth;
    }

    [[nodiscard]] trace<S> finish(path& p) const {
        trace<S> rebuilt{p.odd ? *p.odd : unpack(p.at), {}, {}};
        for (auto step = p.steps.rbegin(); step != p.steps.rend(); ++step) {
            rebuilt.events.push_back(step->first);
            rebuilt.states.push_back(step->second);
        }
        return rebuilt;
    }

    [[nodiscard]] state unpack(const packed_state& packed) const {
        state unpacked{};
        system_.unpack(packed.data(), unpacked);
        return unpacked;
    }

    [[nodiscard]] packed_state copy(const word* words) const {
        packed_state packed{};
        std::copy_n(words, system_.packed_words(), packed.begin());
        return packed;
    }

    const S& system_;
    const state_set<Hash>& set_;
    const level_index& levels_;
    worker_team& team_;
    progress_meter& meter_;
};

} // namespace bwcheck::explorer

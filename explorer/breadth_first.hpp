// The exploration itself: exact, breadth first, level by level, with any number of workers. In short:
//
//     level = the initial states
//     while level is not empty:
//         for each state of level, in parallel:
//             for each transition of the state:
//                 note what it violates
//                 if its target is not in the set: put it there, judge it, and add it to the next level
//         level = the next level
//     rebuild a shortest trace for each thing noted
//
// The levels are barriers, so what is found in level n is found by a path of n transitions, and no shorter one exists.
// Within a level the workers race, and nothing reported may depend on who wins: what is counted is counted per
// transition and per distinct state, and what is shown is the least by an order of its own (sighting.hpp).
#pragma once

#include "explorer/expander.hpp"
#include "explorer/hash.hpp"
#include "explorer/level_index.hpp"
#include "explorer/progress.hpp"
#include "explorer/progress_meter.hpp"
#include "explorer/rendezvous.hpp"
#include "explorer/result.hpp"
#include "explorer/state_set.hpp"
#include "explorer/stop_signal.hpp"
#include "explorer/trace_rebuild.hpp"
#include "explorer/transition_system.hpp"
#include "explorer/worker_team.hpp"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace bwcheck::explorer {

template <transition_system S, packed_hash Hash>
class breadth_first_search {
public:
    breadth_first_search(const S& system, const options& options, const progress_callback& callback, const Hash& hash)
        : system_(system),
          set_(system.packed_words(), options.jobs, options.table_capacity, options.memory_limit, hash),
          memory_limit_(options.memory_limit), until_violated_(options.until_violated),
          most_states_(options.most_states), team_(options.jobs),
          meter_(callback, options.budget_seconds, options.now) {
        const search_context<S, Hash> context{system_, set_, stop_, options.check_deadlock};
        for (std::size_t worker = 0; worker < options.jobs; ++worker)
            workers_.push_back(std::make_unique<member>(context, worker));
    }

    result<S> run() {
        work(false, [&](member& self, auto& meeting) { self.part.begin(meeting); });
        for (std::size_t depth = 0; close_level() != 0 && !stop_.raised(); ++depth) {
            expand_level(depth);
            if (until_violated_ != 0 && (until_violated_ & ~violated()) == 0)
                stop_.raise(stop_reason::violated);
            else if (most_states_ != 0 && set_.size() > most_states_)
                stop_.raise(stop_reason::states);
        }
        return summarize();
    }

private:
    using part = expander<S, Hash>;

    struct member {
        member(const search_context<S, Hash>& context, std::size_t worker) : part(context, worker), number(worker) {}

        expander<S, Hash> part;
        expansion_counts told;
        std::size_t number;
    };

    // Each worker that takes part must come to the end of the level, however it ends: the others wait for it there.
    template <class F>
    void work(bool together, F task) {
        typename part::meeting meeting(set_, together ? team_.size() : 1);
        team_.run(together, [&](std::size_t worker) {
            try {
                task(*workers_[worker], meeting);
                meter_.add(workers_[worker]->part.counts, workers_[worker]->told);
            } catch (...) {
                abandoned_.store(true, std::memory_order_relaxed);
                meeting.finish();
                throw;
            }
            meeting.finish();
        });
    }

    void expand_level(std::size_t depth) {
        const auto ranges = levels_.level(depth);
        std::atomic<std::size_t> next_range = 0;
        // Waking the others takes longer than a block does.
        const bool together = levels_.widths().back() > states_per_block;
        work(together, [&](member& self, auto& meeting) {
            for (;;) {
                const std::size_t r = next_range.fetch_add(1, std::memory_order_relaxed);
                if (r >= ranges.size())
                    break;
                if (meter_.over_budget())
                    stop_.raise(stop_reason::budget);
                if (stop_.raised() || abandoned_.load(std::memory_order_relaxed))
                    break;
                self.part.expand(ranges[r], depth, meeting);
                meter_.add(self.part.counts, self.told);
                if (self.number == 0)
                    meter_.report(levels_, memory_bytes());
            }
            self.part.insert_batch(meeting);
        });
    }

    // What the workers have stored since the last call becomes a level.
    std::uint64_t close_level() {
        std::vector<index_range> ranges;
        for (const auto& worker : workers_) {
            const auto filled = worker->part.take_filled();
            ranges.insert(ranges.end(), filled.begin(), filled.end());
        }
        const std::uint64_t width = levels_.add(ranges);
        // The set watches its own size only; many narrow levels can make the index the larger part.
        if (memory_limit_ != 0 && width != 0 && memory_bytes() > memory_limit_)
            stop_.raise(stop_reason::memory);
        return width;
    }

    [[nodiscard]] std::uint64_t memory_bytes() const noexcept { return set_.memory_bytes() + levels_.memory_bytes(); }

    [[nodiscard]] property_set violated() const {
        property_set all = 0;
        for (const auto& worker : workers_)
            for (std::size_t i = 0; i < system_.property_count(); ++i)
                all |= property_set{worker->part.seen.violations[i].best().has_value()} << i;
        return all;
    }

    result<S> summarize() {
        result<S> r;
        sightings<S> seen;
        r.properties.resize(system_.property_count());
        for (const auto& worker : workers_) {
            const part& done = worker->part;
            r.transitions += done.counts.transitions;
            r.deadlocks += done.counts.deadlocks;
            r.cut += done.counts.cut;
            r.escaped += done.counts.escaped;
            r.tally.merge(done.tally);
            seen.merge(done.seen);
            for (std::size_t i = 0; i < r.properties.size(); ++i) {
                r.properties[i].triggered += done.triggered.count(i);
                r.properties[i].violating_transitions += done.violating_transitions.count(i);
                r.properties[i].violating_states += done.violating_states.count(i);
            }
        }
        for (std::size_t i = 0; i < r.properties.size(); ++i) {
            r.triggered |= property_set{r.properties[i].triggered != 0} << i;
            r.violated |= property_set{r.properties[i].violated()} << i;
        }
        r.states = set_.size();
        r.states_per_level = levels_.widths();
        if (r.states_per_level.back() == 0)
            r.states_per_level.pop_back();
        r.depth = r.states_per_level.size();
        r.widest_level = r.depth == 0 ? 0 : *std::max_element(r.states_per_level.begin(), r.states_per_level.end());
        r.reason = stop_.reason();
        r.complete = r.reason == stop_reason::exhausted;
        if constexpr (timed_transition_system<S>)
            if (r.complete)
                look_for_standstills(seen, r);
        r.memory_bytes = memory_bytes();
        rebuild_traces(seen, r);
        r.seconds = meter_.seconds();
        return r;
    }

    void look_for_standstills(sightings<S>& seen, result<S>& r) const {
        std::vector<suspect> suspects;
        for (const auto& worker : workers_)
            suspects.insert(suspects.end(), worker->part.suspects.begin(), worker->part.suspects.end());
        const auto stuck = standstill_search<S, Hash>(system_, set_).stuck(std::move(suspects));
        r.standstills = stuck.size();
        if (stuck.empty())
            return;
        sighting<S> nearest{.length = stuck.front().depth};
        std::copy_n(set_.row(stuck.front().at), system_.packed_words(), nearest.at.begin());
        seen.standstill.offer(nearest);
    }

    void rebuild_traces(const sightings<S>& seen, result<S>& r) {
        std::vector<sighting<S>> ends;
        std::vector<std::optional<trace<S>>*> places;
        const auto want = [&](const best_sighting<S>& best, std::optional<trace<S>>& place) {
            if (best.best()) {
                ends.push_back(*best.best());
                places.push_back(&place);
            }
        };
        for (std::size_t i = 0; i < r.properties.size(); ++i)
            want(seen.violations[i], r.properties[i].counterexample);
        want(seen.deadlock, r.deadlock);
        want(seen.escape, r.escape);
        want(seen.standstill, r.standstill);
        auto traces = trace_rebuilder<S, Hash>(system_, set_, levels_, team_, meter_).rebuild(ends);
        for (std::size_t i = 0; i < traces.size(); ++i)
            *places[i] = std::move(traces[i]);
    }

    const S& system_;
    state_set<Hash> set_;
    std::uint64_t memory_limit_;
    property_set until_violated_;
    std::uint64_t most_states_;
    level_index levels_;
    worker_team team_;
    progress_meter meter_;
    stop_signal stop_;
    std::atomic<bool> abandoned_ = false;
    std::vector<std::unique_ptr<member>> workers_;
};

/// Explores everything `system` can reach, or as much as the options allow.
///
/// Throws what the system or the callback throws, and std::invalid_argument for a system or options out of range.
/// `callback` may be empty. `hash` only matters for speed.
template <transition_system S, packed_hash Hash = word_hash>
result<S> explore(const S& system, const options& options = {}, const progress_callback& callback = {},
                  const Hash& hash = {}) {
    if (system.property_count() > max_properties) {
        throw std::invalid_argument("bwcheck: at most " + std::to_string(max_properties) +
                                    " properties can be explored at once");
    }
    if (system.packed_words() < 1 || system.packed_words() > max_packed_words)
        throw std::invalid_argument("bwcheck: a packed state has 1 to 16 words");
    if (options.jobs < 1)
        throw std::invalid_argument("bwcheck: exploring needs at least one job");
    return breadth_first_search<S, Hash>(system, options, callback, hash).run();
}

} // namespace bwcheck::explorer

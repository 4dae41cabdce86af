// One worker's part of a level: expand states, put what follows into the set, judge what is new, remember what is worth
// reporting. This is the hot loop; nothing in it allocates, locks or calls through a pointer.
#pragma once

#include "explorer/candidate_batch.hpp"
#include "explorer/mask_counter.hpp"
#include "explorer/rendezvous.hpp"
#include "explorer/result.hpp"
#include "explorer/sighting.hpp"
#include "explorer/standstill.hpp"
#include "explorer/state_set.hpp"
#include "explorer/stop_signal.hpp"
#include "explorer/transition_system.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace bwcheck::explorer {

/// What a worker counts; sums over workers.
struct expansion_counts {
    std::uint64_t states = 0; ///< new ones found
    std::uint64_t expanded = 0;
    std::uint64_t transitions = 0;
    std::uint64_t deadlocks = 0;
    std::uint64_t cut = 0;
    std::uint64_t escaped = 0;
};

/// What a worker needs of the search it is part of.
template <transition_system S, packed_hash Hash>
struct search_context {
    const S& system;
    state_set<Hash>& set;
    stop_signal& stop;
    bool check_deadlock;
};

template <transition_system S, packed_hash Hash>
class expander {
public:
    using state = typename S::state;
    using event = typename S::event;
    using meeting = rendezvous<state_set<Hash>>;

    expander(const search_context<S, Hash>& context, std::size_t worker)
        : context_(context), writer_(context.set.writer_of(worker)), batch_(context.system.packed_words()) {}

    /// Puts the initial states into the set.
    void begin(meeting& growth) {
        found_length_ = 0;
        context_.system.initial_states([&](const state& initial) {
            if (context_.system.pack(initial, batch_.room())) {
                offer();
            } else {
                ++counts.escaped;
                seen.escape.offer({.length = 0, .odd = initial});
            }
        });
        insert_batch(growth);
    }

    /// Expands the states of one range of level `depth`.
    void expand(index_range range, std::uint64_t depth, meeting& growth) {
        found_length_ = depth + 1;
        for (state_index i = range.begin; i != range.end && !context_.stop.raised(); ++i) {
            expand(i);
            if (batch_.size() >= batch_enough)
                insert_batch(growth);
        }
    }

    /// Puts what is still gathered into the set.
    void insert_batch(meeting& growth) {
        if (growth.growth_wanted() && !growth.pause()) {
            give_up();
            return;
        }
        for (std::size_t i = 0; i < batch_.size(); ++i)
            context_.set.prefetch_row(batch_.hash(i));
        for (std::size_t i = 0; i < batch_.size(); ++i) {
            const word* words = batch_.words(i);
            insertion outcome{};
            while ((outcome = context_.set.insert(writer_, words, batch_.hash(i))) == insertion::full) {
                if (!growth.pause()) {
                    give_up();
                    return;
                }
            }
            if (outcome == insertion::inserted)
                welcome(words);
        }
        batch_.clear();
    }

    /// The rows this worker has filled since the last call.
    std::vector<index_range> take_filled() { return writer_.take_filled(); }

    expansion_counts counts;
    sightings<S> seen;
    std::vector<suspect> suspects; ///< of a timed system
    mask_counter triggered;
    mask_counter violating_transitions;
    mask_counter violating_states;
    typename S::tally tally{};

private:
    // Enough misses to overlap, few enough that what was asked for is still in the cache when it is used.
    static constexpr std::size_t batch_enough = 64;

    void expand(state_index number) {
        const word* const from = context_.set.row(number);
        context_.system.unpack(from, from_);
        std::uint64_t successors = 0;
        bool time_passes = false;
        context_.system.successors(from_, tally, [&](const event& by, const state& to, findings says) {
            const std::uint64_t ordinal = successors++;
            if constexpr (timed_transition_system<S>)
                time_passes = time_passes || context_.system.passes_time(by);
            if (context_.system.pack(to, batch_.room())) [[likely]]
                offer();
            else
                says = refuse(from, ordinal, by, to, says);
            triggered.add(says.triggered);
            if (says.violated != 0) [[unlikely]] {
                violating_transitions.add(says.violated);
                seen.offer_violations(says.violated, found_length_, [&] { return step(from, ordinal, by, to); });
            }
        });
        if constexpr (timed_transition_system<S>)
            if (!time_passes && !context_.system.seen_to_go_on(from_)) [[unlikely]]
                suspects.push_back({number, found_length_ - 1});
        counts.transitions += successors;
        ++counts.expanded;
        if (successors == 0 && context_.check_deadlock) [[unlikely]] {
            ++counts.deadlocks;
            if (seen.deadlock.interested(found_length_ - 1))
                seen.deadlock.offer({.length = found_length_ - 1, .at = copy(from)});
        }
    }

    void offer() {
        const std::uint64_t hash = context_.set.hash(batch_.room());
        context_.set.prefetch_entry(hash);
        batch_.push(hash);
    }

    // A state that does not fit is never stored, hence never judged as others are: it is judged here, whatever the
    // transition broke, without a tally, for it is not one of the distinct states.
    findings refuse(const word* from, std::uint64_t ordinal, const event& by, const state& to, findings says) {
        const findings judged = context_.system.judge(to, discarded_);
        says.triggered |= judged.triggered;
        says.violated |= judged.violated;
        if (says.violated != 0) {
            ++counts.cut;
        } else {
            ++counts.escaped;
            if (seen.escape.interested(found_length_))
                seen.escape.offer(step(from, ordinal, by, to));
        }
        return says;
    }

    void welcome(const word* words) {
        ++counts.states;
        context_.system.unpack(words, fresh_);
        const findings findings = context_.system.judge(fresh_, tally);
        triggered.add(findings.triggered);
        if (findings.violated != 0) [[unlikely]] {
            violating_states.add(findings.violated);
            seen.offer_violations(findings.violated, found_length_,
                                  [&] { return sighting<S>{.length = found_length_, .at = copy(words)}; });
        }
    }

    void give_up() {
        context_.stop.raise(stop_reason::memory);
        batch_.clear();
    }

    [[nodiscard]] sighting<S> step(const word* from, std::uint64_t ordinal, const event& by, const state& to) const {
        return {
            .length = found_length_, .at = copy(from), .ordinal = ordinal, .last = typename sighting<S>::step{by, to}};
    }

    [[nodiscard]] packed_state copy(const word* words) const {
        packed_state packed{};
        std::copy_n(words, context_.system.packed_words(), packed.begin());
        return packed;
    }

    search_context<S, Hash> context_;
    typename state_set<Hash>::writer& writer_;
    candidate_batch batch_;
    std::uint64_t found_length_ = 0; // of the paths that end with what is found now
    state from_{};
    state fresh_{};
    typename S::tally discarded_{};
};

} // namespace bwcheck::explorer

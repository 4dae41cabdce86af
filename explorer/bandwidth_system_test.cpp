// The packed machine against one that is not packed: the same states, one by one.
#include "explorer/bandwidth_system.hpp"
#include "explorer/breadth_first.hpp"
#include "model/revisions/registry.hpp"
#include "testing/naive_search.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace bwcheck::explorer {
namespace {

/// The machine as bandwidth_system has it, with a state that is compared field by field and never packed.
class unpacked_system {
    using packed = bandwidth_system;

public:
    struct state {
        packed::state machine;

        /// Every field and every history as a number; there is no order behind it but that of the list.
        [[nodiscard]] std::vector<std::int64_t> key() const {
            std::vector<std::int64_t> numbers;
            const auto add = [&](model::field, model::cpu_id, const auto& member) {
                if constexpr (requires { member.size(); }) {
                    numbers.push_back(member.size());
                    for (int position = 0; position < member.size(); ++position)
                        numbers.push_back(member[position]);
                } else {
                    numbers.push_back(static_cast<std::int64_t>(member));
                }
            };
            model::visit_fields(add, machine.tg);
            model::visit_statistics(add, machine.tg);
            const auto add_history = [&](std::size_t, const auto&, const auto& member) {
                if constexpr (requires { member.size(); })
                    numbers.insert(numbers.end(), member.begin(), member.end());
                else
                    numbers.push_back(static_cast<std::int64_t>(member));
            };
            properties::visit_histories(properties::all_histories, add_history, machine.past);
            return numbers;
        }
        friend bool operator==(const state& a, const state& b) { return a.key() == b.key(); }
        friend auto operator<=>(const state& a, const state& b) { return a.key() <=> b.key(); }
    };
    using event = model::event;
    using tally = coverage_counts;

    unpacked_system(std::string_view revision, const model::scope_part& part)
        : inner_(model::revision_named(revision).over<model::plain>(), part, properties::all_properties), part_(part) {}

    [[nodiscard]] std::size_t property_count() const { return inner_.property_count(); }
    [[nodiscard]] std::size_t packed_words() const { return inner_.packed_words(); }
    bool pack(const state& from, std::uint64_t* words) const { return inner_.pack(from.machine, words); }
    void unpack(const std::uint64_t* words, state& into) const { inner_.unpack(words, into.machine); }
    template <class Visit>
    void initial_states(Visit&& visit) const {
        inner_.initial_states([&](const auto& initial) { visit(without_statistics(initial)); });
    }
    template <class Visit>
    void successors(const state& from, tally& counts, Visit&& visit) const {
        inner_.successors(from.machine, counts, [&](const model::event& by, const auto& next, findings findings) {
            visit(by, without_statistics(next), findings);
        });
    }
    [[nodiscard]] findings judge(const state& here, tally& counts) const { return inner_.judge(here.machine, counts); }

private:
    // Counters only grow; an exploration starts them anew in every state.
    [[nodiscard]] state without_statistics(packed::state from) const {
        const unsigned kept = properties::histories_of(part_);
        const auto reads = [&](const auto& row) { return (kept & row.bit) != 0; };
        const auto forget = [&]<class Member>(model::field which, model::cpu_id, Member& member) {
            const model::field_info& says = model::info_of(which);
            if (says.role == model::field_role::statistic)
                member = {};
            else if (which == model::field::throttled_clock) // throttled-time-true is asked, and asks whether it ran
                member = member == Member{} ? Member{} : static_cast<Member>(part_.environment.tick);
            else if (std::none_of(properties::history_infos.begin(), properties::history_infos.end(),
                                  [&](const auto& row) { return reads(row) && row.reads == which; }))
                member = static_cast<Member>(says.left_out(from.tg));
        };
        model::visit_statistics(forget, from.tg);
        return {from};
    }

    packed inner_;
    model::scope_part part_;
};

model::scope_part part_of(std::string_view scope, std::size_t number) {
    return model::parse_scope(model::named_scope_text(scope), scope).parts.at(number);
}

void expect_same_exploration(std::string_view revision, const model::scope_part& part) {
    const auto naive = naive_search(unpacked_system(revision, part));
    for (const std::size_t jobs : {1, 2}) {
        options options;
        options.jobs = jobs;
        options.check_deadlock = true;
        const auto fast = explore(
            bandwidth_system(*model::revision_named(revision).over_plain, part, properties::all_properties), options);
        EXPECT_EQ(fast.states, naive.states.size()) << "part " << part.name << " with " << jobs << " jobs";
        EXPECT_EQ(fast.transitions, naive.transitions);
        EXPECT_EQ(fast.states_per_level, naive.states_per_level);
        EXPECT_EQ(fast.deadlocks, naive.deadlocks);
        EXPECT_EQ(fast.escaped, naive.escaped);
        EXPECT_EQ(fast.tally.events, naive.tally.events);
        EXPECT_EQ(fast.tally.steps, naive.tally.steps);
        EXPECT_EQ(fast.tally.branches, naive.tally.branches);
        EXPECT_EQ(fast.tally.measured, naive.tally.measured);
        for (std::size_t property = 0; property < fast.properties.size(); ++property) {
            const auto& outcome = fast.properties[property];
            const auto shortest = naive.shortest_violation.find(property);
            ASSERT_EQ(outcome.violated(), shortest != naive.shortest_violation.end())
                << properties::catalogue_infos[property].id;
            if (outcome.counterexample) {
                EXPECT_EQ(outcome.counterexample->length(), shortest->second)
                    << properties::catalogue_infos[property].id;
            }
        }
    }
    EXPECT_EQ(naive.changed_by_packing, 0U) << "pack() and unpack() do not agree";
    EXPECT_GT(naive.states.size(), 1000U) << "the part is too small to say anything";
}

TEST(bandwidth_system, every_state_of_smoke_is_found_by_a_naive_search_too) {
    expect_same_exploration("linux-6.1", part_of("smoke", 0));
}

TEST(bandwidth_system, every_state_of_stalls_is_found_by_a_naive_search_too) {
    expect_same_exploration("linux-6.1", part_of("default", 6));
}

TEST(bandwidth_system, every_state_of_an_injection_is_found_by_a_naive_search_too) {
    auto part = part_of("default", 0);
    part.nr_cpus = 1;
    part.histories = {"latency", "departed", "burst", "throttle", "credit"};
    expect_same_exploration("cpu-max-runtime-v2", part);
}

TEST(bandwidth_system, the_states_of_the_set_are_the_same) {
    const auto part = part_of("smoke", 0);
    const unpacked_system system("linux-6.1", part);
    const auto naive = naive_search(system);
    std::set<std::vector<std::uint64_t>> packed;
    for (const auto& state : naive.states) {
        std::vector<std::uint64_t> words(system.packed_words());
        ASSERT_TRUE(system.pack(state, words.data()));
        packed.insert(words);
    }
    EXPECT_EQ(packed.size(), naive.states.size()) << "two different states are packed into the same words";
}

} // namespace
} // namespace bwcheck::explorer

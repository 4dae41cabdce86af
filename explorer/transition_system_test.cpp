// What the concept accepts and what it refuses, so that a mistake in a system is an error at the call of explore() and
// not thirty lines inside it.
#include "explorer/recording.hpp"
#include "explorer/transition_system.hpp"
#include "testing/toys/bandwidth_sketch.hpp"
#include "testing/toys/counter_lattice.hpp"
#include "testing/toys/die_hard_jugs.hpp"
#include "testing/toys/dining_philosophers.hpp"
#include "testing/toys/drawn_graph.hpp"
#include "testing/toys/endless_tree.hpp"
#include "testing/toys/linear_equation.hpp"
#include "testing/toys/two_phase_commit.hpp"

#include <gtest/gtest.h>

#include <memory>

using namespace bwcheck::explorer;
using namespace bwcheck::explorer::toys;

namespace {

static_assert(transition_system<bandwidth_sketch>);
static_assert(transition_system<counter_lattice>);
static_assert(transition_system<die_hard_jugs>);
static_assert(transition_system<dining_philosophers>);
static_assert(transition_system<drawn_graph>);
static_assert(transition_system<endless_tree>);
static_assert(transition_system<linear_equation>);
static_assert(transition_system<two_phase_commit>);
static_assert(transition_system<recording<die_hard_jugs>>);

struct without_pack : die_hard_jugs {
    bool pack(const state& s, word* words) const = delete;
};
static_assert(!transition_system<without_pack>);

struct with_changing_successors : die_hard_jugs {
    void successors(const state& from, tally& counts, auto&& visit) { die_hard_jugs::successors(from, counts, visit); }
};
static_assert(!transition_system<with_changing_successors>, "all workers share one const system");

struct with_unmergeable_tally : die_hard_jugs {
    struct tally {};
};
static_assert(!transition_system<with_unmergeable_tally>);

struct with_heavy_event : die_hard_jugs {
    using event = std::shared_ptr<int>;
};
static_assert(!transition_system<with_heavy_event>);

TEST(transition_system, packed_states_compare_by_their_first_words_first) {
    EXPECT_LT((packed_state{1, 9}), (packed_state{2, 0}));
    EXPECT_LT((packed_state{1, 8}), (packed_state{1, 9}));
}

} // namespace

#include "explorer/rendezvous.hpp"
#include "explorer/worker_team.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <cstddef>

using namespace bwcheck::explorer;

namespace {

/// Counts how it is grown, and notices work done meanwhile.
struct growing {
    int growths_left = 0;
    int begun = 0;
    int ended = 0;
    std::atomic<int> helpers = 0;
    std::atomic<bool> between = false;

    bool begin_growth() {
        if (growths_left == 0)
            return false;
        --growths_left;
        ++begun;
        between = true;
        return true;
    }
    void migrate() { ++helpers; }
    void end_growth() {
        ++ended;
        between = false;
    }
};

TEST(rendezvous, alone_one_grows_and_finishes) {
    growing set{.growths_left = 2};
    rendezvous meeting(set, 1);
    EXPECT_TRUE(meeting.pause());
    EXPECT_TRUE(meeting.pause());
    EXPECT_FALSE(meeting.pause()) << "nothing is left to grow";
    meeting.finish();
    EXPECT_EQ(set.ended, 2);
}

TEST(rendezvous, all_help_even_those_that_have_finished) {
    constexpr int rounds = 500;
    growing set{.growths_left = rounds};
    worker_team team(3);
    rendezvous meeting(set, team.size());
    std::atomic<int> disturbed = 0;
    team.run(true, [&](std::size_t worker) {
        // Only the last worker ever wants growth; the first looks out for it, the second has nothing to do.
        for (int i = 0; worker == 2 && i < rounds; ++i) {
            EXPECT_TRUE(meeting.pause());
            disturbed += set.between ? 1 : 0;
        }
        for (int i = 0; worker == 0 && i < rounds; ++i) {
            if (meeting.growth_wanted())
                EXPECT_TRUE(meeting.pause());
            disturbed += set.between ? 1 : 0;
        }
        meeting.finish();
    });
    EXPECT_EQ(set.begun, rounds);
    EXPECT_EQ(set.ended, rounds);
    EXPECT_EQ(set.helpers, rounds * 3) << "each time all three help";
    EXPECT_EQ(disturbed, 0) << "somebody went on while the set was growing";
}

} // namespace

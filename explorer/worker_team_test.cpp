#include "explorer/worker_team.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstddef>
#include <stdexcept>
#include <thread>
#include <vector>

using namespace bwcheck::explorer;

namespace {

TEST(worker_team, together_each_worker_is_called_once) {
    worker_team team(4);
    for (int round = 0; round < 200; ++round) {
        std::vector<std::atomic<int>> calls(team.size());
        team.run(true, [&](std::size_t worker) { ++calls[worker]; });
        for (std::size_t worker = 0; worker < calls.size(); ++worker)
            ASSERT_EQ(calls[worker], 1) << "worker " << worker << " in round " << round;
    }
}

TEST(worker_team, alone_the_caller_does_it_all) {
    worker_team team(4);
    std::vector<std::size_t> called;
    std::thread::id by;
    team.run(false, [&](std::size_t worker) {
        called.push_back(worker);
        by = std::this_thread::get_id();
    });
    EXPECT_THAT(called, testing::ElementsAre(0U));
    EXPECT_EQ(by, std::this_thread::get_id());
}

TEST(worker_team, what_a_worker_throws_reaches_the_caller) {
    worker_team team(3);
    for (const std::size_t thrower : {0U, 2U}) {
        std::atomic<int> finished = 0;
        EXPECT_THROW(team.run(true,
                              [&](std::size_t worker) {
                                  if (worker == thrower)
                                      throw std::runtime_error("no");
                                  ++finished;
                              }),
                     std::runtime_error);
        EXPECT_EQ(finished, 2) << "the others still come to their end";
    }
    std::atomic<int> calls = 0;
    team.run(true, [&](std::size_t) { ++calls; });
    EXPECT_EQ(calls, 3) << "the team can be used again";
}

} // namespace

#include "explorer/progress_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bwcheck::explorer {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(progress_text, estimates_only_what_can_be_known) {
    progress now;
    now.states = 1'200'000;
    now.transitions = 3'400'000;
    EXPECT_THAT(progress_text("pool", now),
                AllOf(HasSubstr("pool: 3.40 M transitions, 1.20 M distinct states"), Not(HasSubstr("left"))));
    now.seconds_left = 12;
    EXPECT_THAT(progress_text("pool", now), HasSubstr("about 12 s left"));
    now.rebuilding_traces = true;
    EXPECT_THAT(progress_text("pool", now), HasSubstr("shortest counterexamples"));
}

} // namespace
} // namespace bwcheck::explorer

// For tests: time that passes a little with every look at the clock, and never otherwise.
#pragma once

#include "text/clock.hpp"

#include <atomic>
#include <memory>

namespace bwcheck::text {

/// Begins at 0. Each look finds it `step` seconds later than the one before, whichever thread looks.
[[nodiscard]] inline clock clock_that_moves(double step) {
    return [looks = std::make_shared<std::atomic<unsigned>>(0U), step] { return step * (*looks)++; };
}

} // namespace bwcheck::text

// How one worker tells the others to end early. The first reason given stays.
#pragma once

#include "explorer/result.hpp"

#include <atomic>

namespace bwcheck::explorer {

/// A reason to stop, or none yet (which is what `exhausted` means here).
class stop_signal {
public:
    void raise(stop_reason reason) noexcept {
        auto none = stop_reason::exhausted;
        reason_.compare_exchange_strong(none, reason, std::memory_order_relaxed);
    }

    [[nodiscard]] stop_reason reason() const noexcept { return reason_.load(std::memory_order_relaxed); }
    [[nodiscard]] bool raised() const noexcept { return reason() != stop_reason::exhausted; }

private:
    std::atomic<stop_reason> reason_ = stop_reason::exhausted;
};

} // namespace bwcheck::explorer

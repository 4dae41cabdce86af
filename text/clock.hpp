// The clock that whoever stops after some time looks at. It is handed in, so that a test lets time pass as it likes and
// says the same on every machine.
#pragma once

#include <algorithm>
#include <chrono>
#include <functional>
#include <limits>

namespace bwcheck::text {

/// Seconds since some moment, never fewer than before. May be called by several threads at once.
using clock = std::function<double()>;

/// The clock of this machine.
[[nodiscard]] inline double steady_seconds() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// When something has to end; by default never.
struct deadline {
    clock now = steady_seconds;
    double at = std::numeric_limits<double>::infinity(); ///< seconds, by `now`

    [[nodiscard]] bool is_set() const { return at != std::numeric_limits<double>::infinity(); }
    [[nodiscard]] bool passed() const { return is_set() && now() >= at; }
    /// Seconds, at least 0.
    [[nodiscard]] double left() const { return std::max(at - now(), 0.0); }
};

} // namespace bwcheck::text

// What a person who waits may be told. An estimate of what is left is only given when there is a reason for it: while
// the levels still grow nobody knows, and a number made up then would be worse than none.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>

namespace bwcheck::explorer {

/// A snapshot of a running exploration.
struct progress {
    double seconds = 0;                 ///< since the start
    std::uint64_t states = 0;           ///< distinct states found
    std::uint64_t transitions = 0;      ///< transitions explored
    double states_per_second = 0;       ///< since the last snapshot
    std::uint64_t depth = 0;            ///< the level being expanded
    std::uint64_t queue = 0;            ///< states found but not yet expanded
    std::uint64_t memory_bytes = 0;     ///< of all that is stored
    std::optional<double> seconds_left; ///< empty while nobody can know
    bool rebuilding_traces = false;     ///< exploring is over; the search for the shortest traces goes back
};

/// Called about four times a second, always by the thread that called explore().
using progress_callback = std::function<void(const progress&)>;

/// How many states remain to be expanded if the levels go on shrinking as the last ones did: what is left of this level
/// and a geometric series. Empty unless each of the last four levels was noticeably smaller than the one before.
///
/// `widths` are the widths of the levels so far; the last is under expansion, and `level_left` states of it remain.
inline std::optional<double> estimate_states_left(std::span<const std::uint64_t> widths, std::uint64_t level_left) {
    constexpr std::size_t considered = 4;
    constexpr double noticeable = 0.98;
    if (widths.size() <= considered)
        return std::nullopt;
    const auto recent = widths.last(considered + 1);
    double slowest = 0;
    for (std::size_t i = 1; i < recent.size(); ++i)
        slowest = std::max(slowest, static_cast<double>(recent[i]) / static_cast<double>(recent[i - 1]));
    if (slowest > noticeable)
        return std::nullopt;
    return static_cast<double>(level_left) + static_cast<double>(recent.back()) * slowest / (1 - slowest);
}

} // namespace bwcheck::explorer

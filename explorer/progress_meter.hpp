// Turns counters that several workers add to into what a waiting person is told, at a pace a terminal can take. It also
// holds the clock, as the budget is nothing but a time at which the meter says so.
#pragma once

#include "explorer/expander.hpp"
#include "explorer/level_index.hpp"
#include "explorer/progress.hpp"
#include "text/clock.hpp"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace bwcheck::explorer {

class progress_meter {
public:
    progress_meter(progress_callback callback, double budget_seconds, text::clock now)
        : callback_(std::move(callback)), budget_seconds_(budget_seconds), now_(std::move(now)) {}

    [[nodiscard]] double seconds() const { return now_() - start_; }

    [[nodiscard]] bool over_budget() const { return budget_seconds_ > 0 && seconds() >= budget_seconds_; }

    /// Any worker: adds what it has counted since it last told.
    void add(const expansion_counts& now, expansion_counts& told) {
        states_.fetch_add(now.states - told.states, std::memory_order_relaxed);
        expanded_.fetch_add(now.expanded - told.expanded, std::memory_order_relaxed);
        transitions_.fetch_add(now.transitions - told.transitions, std::memory_order_relaxed);
        told = now;
    }

    /// The thread that called explore(): calls back when it is time to.
    void report(const level_index& levels, std::uint64_t memory_bytes, bool rebuilding_traces = false) {
        if (!callback_)
            return;
        const double now = seconds();
        if (now - last_seconds_ < pace)
            return;
        const auto& widths = levels.widths();
        progress p;
        p.seconds = now;
        p.states = states_.load(std::memory_order_relaxed);
        p.transitions = transitions_.load(std::memory_order_relaxed);
        p.depth = widths.size() - 1;
        p.memory_bytes = memory_bytes;
        p.rebuilding_traces = rebuilding_traces;
        if (!rebuilding_traces) {
            const std::uint64_t expanded = expanded_.load(std::memory_order_relaxed);
            p.states_per_second = static_cast<double>(p.states - last_states_) / (now - last_seconds_);
            p.queue = p.states - std::min(p.states, expanded);
            p.seconds_left = seconds_left(widths, expanded, now);
        }
        last_seconds_ = now;
        last_states_ = p.states;
        callback_(p);
    }

private:
    static constexpr double pace = 0.25;

    // By the rate of expanding so far: what remains is to expand states, be there new ones among their successors or
    // not.
    [[nodiscard]] std::optional<double> seconds_left(const std::vector<std::uint64_t>& widths, std::uint64_t expanded,
                                                     double now) const {
        std::uint64_t in_levels = 0;
        for (const std::uint64_t width : widths)
            in_levels += width;
        const auto left = estimate_states_left(widths, in_levels - std::min(in_levels, expanded));
        if (!left || expanded == 0)
            return std::nullopt;
        return *left * now / static_cast<double>(expanded);
    }

    progress_callback callback_;
    double budget_seconds_;
    text::clock now_;
    double start_ = now_();
    std::atomic<std::uint64_t> states_ = 0;
    std::atomic<std::uint64_t> expanded_ = 0;
    std::atomic<std::uint64_t> transitions_ = 0;
    double last_seconds_ = 0;
    std::uint64_t last_states_ = 0;
};

} // namespace bwcheck::explorer

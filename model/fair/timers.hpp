// The two high-resolution timers of a group, on a clock that is always "now = 0".
#pragma once

#include "model/step_log.hpp"

namespace bwcheck::model::fair {

template <arithmetic Num, class Kernel>
struct timers {
    using u64 = typename Num::u64;
    using s64 = typename Num::s64;

    /// hrtimer_forward_now(): moves the expiry past now by whole periods, and returns by how many (0: not due yet).
    [[nodiscard]] static u64 hrtimer_forward_now(s64& expires, const u64& period) {
        if (expires > 0)
            return 0;
        const u64 periods = as_u64(-expires) / period + 1;
        expires += as_s64(periods * period);
        return periods;
    }

    /// start_cfs_bandwidth(): arms the period timer unless it runs. The first tick comes after at most one period; the
    /// phase of the previous expiry is kept. Caller holds the group's lock.
    static void start_cfs_bandwidth(task_group<Num>& tg) {
        auto& cfs_b = tg.cfs_bandwidth;
        if (cfs_b.period_active)
            return;
        tg.log->reached(branch::timer_started);
        cfs_b.period_active = true;
        // The kernel's stored expiry lies in the past. Ours was moved along by advance_timers(), with the period of
        // that time; if the period became shorter since, bring it back within the first one.
        if (cfs_b.period_timer > as_s64(cfs_b.period))
            cfs_b.period_timer = (cfs_b.period_timer - 1) % as_s64(cfs_b.period) + 1;
        static_cast<void>(hrtimer_forward_now(cfs_b.period_timer, cfs_b.period));
    }

    /// runtime_refresh_within(): whether the next refill is less than `min_expire` ns away.
    [[nodiscard]] static bool runtime_refresh_within(const task_group<Num>& tg, const u64& min_expire) {
        return tg.cfs_bandwidth.period_timer < as_s64(min_expire);
    }

    /// Time passes: `delta` ns, for the group's timers.
    static void advance_timers(task_group<Num>& tg, const u64& delta) {
        auto& cfs_b = tg.cfs_bandwidth;
        cfs_b.period_timer -= as_s64(delta);
        if (!cfs_b.period_active)
            static_cast<void>(hrtimer_forward_now(cfs_b.period_timer, cfs_b.period));
        if (cfs_b.slack_started)
            cfs_b.slack_timer -= as_s64(delta);
    }
};

} // namespace bwcheck::model::fair

// The period timer's callback: sched_cfs_period_timer() and do_sched_cfs_period_timer(), kernel/sched/fair.c,
// Linux 6.1.
#pragma once

#include "model/frames.hpp"
#include "model/step_log.hpp"

namespace bwcheck::model::fair {

template <arithmetic Num, class Kernel>
struct period_callback {
    using u64 = typename Num::u64;
    using frame = period_timer_frame<Num>;

    /// sched_cfs_period_timer(): runs until the group's lock is dropped for a distribution, or to the end. Between two
    /// passes the machine may be stalled (`frame.stalls`) until the timer is due again, as a hypervisor does to a
    /// virtual CPU.
    static void sched_cfs_period_timer(task_group<Num>& tg, frame& f) {
        if (f.next == frame::at::distribute) {
            Kernel::distribute_step(tg, f.walk);
            if (f.walk.next != no_cpu)
                return;
        }
        const step_scope<Num> lock(tg, f.next == frame::at::forward ? step::do_sched_cfs_period_timer
                                                                    : step::hrtimer_restart);
        auto& cfs_b = tg.cfs_bandwidth;
        if (f.next == frame::at::distribute) {
            if (Kernel::still_throttled(tg, f.walk)) {
                tg.log->reached(branch::distribute_left_some);
                if (cfs_b.runtime > 0) {
                    f.walk = Kernel::distribute_begin(tg);
                    return;
                }
            }
            cfs_b.idle = false;
            Kernel::end_of_pass(tg, f);
        }
        while (true) {
            const u64 overrun = Kernel::hrtimer_forward_now(cfs_b.period_timer, cfs_b.period);
            if (overrun == 0)
                break;
            if (overrun > 1)
                tg.log->reached(branch::timer_overrun);
            f.stop = Kernel::do_sched_cfs_period_timer(tg, overrun, f);
            if (!f.stop && f.walk.next != no_cpu) {
                f.next = frame::at::distribute;
                return;
            }
            Kernel::end_of_pass(tg, f);
        }
        if (f.stop) {
            tg.log->reached(branch::timer_stopped);
            cfs_b.period_active = false;
        }
        f.next = frame::at::done;
    }

    /// do_sched_cfs_period_timer() up to its loop: statistics, refill, and whether there is something to distribute
    /// (then `f.walk.next` says where to begin). Returns whether the timer may stop. Caller holds the group's lock.
    static bool do_sched_cfs_period_timer(task_group<Num>& tg, const u64& overrun, frame& f) {
        auto& cfs_b = tg.cfs_bandwidth;
        f.walk = {};
        if (cfs_b.quota == runtime_inf) {
            tg.log->reached(branch::timer_quota_unlimited);
            return true;
        }
        const bool throttled = !cfs_b.throttled_cfs_rq.empty();
        cfs_b.nr_periods += as_s32(overrun);
        Kernel::refill_cfs_bandwidth_runtime(tg);

        if (cfs_b.idle && !throttled)
            return true;
        if (!throttled) {
            tg.log->reached(branch::timer_idle_marked);
            cfs_b.idle = true;
            return false;
        }
        cfs_b.nr_throttled += as_s32(overrun);
        if (cfs_b.runtime > 0)
            f.walk = Kernel::distribute_begin(tg);
        else
            cfs_b.idle = false;
        return false;
    }

    /// What sched_cfs_period_timer() does after each pass: the fourth in a row makes the period longer.
    static void end_of_pass(task_group<Num>& tg, frame& f) {
        auto& cfs_b = tg.cfs_bandwidth;
        f.next = frame::at::forward;
        f.count += 1;
        if (f.count > 3) {
            Kernel::scale_period(tg);
            f.count = 0;
        }
        if (f.stalls > 0) {
            f.stalls -= 1;
            Kernel::advance_timers(tg, as_u64(cfs_b.period_timer));
        }
    }

    /// The scaling inside sched_cfs_period_timer(): period, quota and burst double, unless the period would reach its
    /// maximum.
    static void scale_period(task_group<Num>& tg) {
        auto& cfs_b = tg.cfs_bandwidth;
        if (cfs_b.period * 2 < tg.constants->max_cfs_quota_period) {
            tg.log->reached(branch::period_scaled);
            cfs_b.period *= 2;
            cfs_b.quota *= 2;
            cfs_b.burst *= 2;
        } else {
            tg.log->reached(branch::period_not_scaled);
        }
    }
};

} // namespace bwcheck::model::fair

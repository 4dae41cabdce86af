// Slack: local runtime that a CPU no longer needs goes back to the pool, and a timer gives it to those throttled.
// return_cfs_rq_runtime(), start_cfs_slack_bandwidth() and do_sched_cfs_slack_timer(), kernel/sched/fair.c, Linux 6.1.
#pragma once

#include "model/frames.hpp"
#include "model/step_log.hpp"

namespace bwcheck::model::fair {

template <arithmetic Num, class Kernel>
struct slack {
    using s64 = typename Num::s64;
    using frame = slack_timer_frame<Num>;

    /// return_cfs_rq_runtime(), when a queue became empty. Note what it does not do: it does not cap the pool.
    static void return_cfs_rq_runtime(task_group<Num>& tg, cpu_id cpu) {
        auto& cfs_rq = tg.cfs_rq(cpu);
        if (!tg.cfs_bandwidth_used || !cfs_rq.runtime_enabled || cfs_rq.nr_queued)
            return;
        const s64 slack_runtime = cfs_rq.runtime_remaining - as_s64(tg.constants->min_cfs_rq_runtime);
        if (slack_runtime <= 0)
            return;
        auto& cfs_b = tg.cfs_bandwidth;
        if (cfs_b.quota != runtime_inf) {
            tg.log->reached(branch::slack_returned);
            cfs_b.runtime += as_u64(slack_runtime);
            if (cfs_b.runtime > tg.constants->sched_cfs_bandwidth_slice && !cfs_b.throttled_cfs_rq.empty())
                Kernel::start_cfs_slack_bandwidth(tg);
        }
        cfs_rq.runtime_remaining -= slack_runtime;
    }

    /// start_cfs_slack_bandwidth(): arms the slack timer unless a refill is near or it is armed already.
    static void start_cfs_slack_bandwidth(task_group<Num>& tg) {
        auto& cfs_b = tg.cfs_bandwidth;
        if (Kernel::runtime_refresh_within(tg, tg.constants->cfs_bandwidth_slack_period +
                                                   tg.constants->min_bandwidth_expiration))
            return;
        if (cfs_b.slack_started)
            return;
        tg.log->reached(branch::slack_timer_started);
        cfs_b.slack_started = true;
        cfs_b.slack_timer = as_s64(tg.constants->cfs_bandwidth_slack_period);
    }

    /// do_sched_cfs_slack_timer(), and the steps of the distribution that it begins.
    static void sched_cfs_slack_timer(task_group<Num>& tg, frame& f) {
        if (f.next == frame::at::distribute) {
            Kernel::distribute_step(tg, f.walk);
        } else {
            const step_scope<Num> lock(tg, step::do_sched_cfs_slack_timer);
            auto& cfs_b = tg.cfs_bandwidth;
            cfs_b.slack_started = false;
            cfs_b.slack_timer = 0;
            if (Kernel::runtime_refresh_within(tg, tg.constants->min_bandwidth_expiration)) {
                tg.log->reached(branch::slack_too_late);
            } else if (cfs_b.quota != runtime_inf && cfs_b.runtime > tg.constants->sched_cfs_bandwidth_slice) {
                tg.log->reached(branch::slack_distributed);
                f.walk = Kernel::distribute_begin(tg);
            } else {
                tg.log->reached(branch::slack_nothing);
            }
        }
        f.next = f.walk.next == no_cpu ? frame::at::done : frame::at::distribute;
    }
};

} // namespace bwcheck::model::fair

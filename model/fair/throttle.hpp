// Throttling and unthrottling of one CPU, of the whole queue at once: throttle_cfs_rq(), unthrottle_cfs_rq() and
// check_cfs_rq_runtime(), kernel/sched/fair.c, Linux 6.1. per_task_throttle.hpp has what 6.18 made of it.
#pragma once

#include "model/step_log.hpp"

namespace bwcheck::model::fair {

template <arithmetic Num, class Kernel>
struct throttle {
    using u64 = typename Num::u64;

    /// throttle_cfs_rq(): asks for 1 ns once more, and joins the list if even that is not to be had; both under one
    /// hold of the group's lock. Returns whether the CPU is throttled now.
    static bool throttle_cfs_rq(task_group<Num>& tg, cpu_id cpu) {
        if (Kernel::assign_cfs_rq_runtime(tg, cpu, Kernel::throttle_asks_for(tg, cpu))) {
            tg.log->reached(branch::throttle_avoided);
            return false;
        }
        tg.log->reached(branch::throttled);
        tg.log->current().appended = true;
        tg.cfs_bandwidth.throttled_cfs_rq.push_back(cpu);
        Kernel::tg_throttle_down(tg, cpu);
        tg.cfs_rq(cpu).throttled = true;
        return true;
    }

    /// What throttle_cfs_rq() asks for, ns.
    [[nodiscard]] static u64 throttle_asks_for(const task_group<Num>& /*tg*/, cpu_id /*cpu*/) { return 1; }

    /// The rest of throttle_cfs_rq(): the group's entity is dequeued from its parent, so that its task stops at once.
    static void tg_throttle_down(task_group<Num>& tg, cpu_id cpu) {
        auto& cfs_rq = tg.cfs_rq(cpu);
        cfs_rq.curr = false;
        cfs_rq.throttled_clock = 0;
    }

    /// check_cfs_rq_runtime(), where the scheduler puts away one task and picks another: throttles a CPU that has no
    /// runtime left. Returns whether it is throttled.
    static bool check_cfs_rq_runtime(task_group<Num>& tg, cpu_id cpu) {
        const auto& cfs_rq = tg.cfs_rq(cpu);
        if (!tg.cfs_bandwidth_used || !cfs_rq.runtime_enabled || cfs_rq.runtime_remaining > 0)
            return false;
        if (cfs_rq.throttled)
            return true;
        return Kernel::throttle_cfs_rq(tg, cpu);
    }

    /// check_enqueue_throttle(): a queue that was empty may have used up its runtime; it has to fetch some, or
    /// throttle, before its task runs.
    static void check_enqueue_throttle(task_group<Num>& tg, cpu_id cpu) {
        const auto& cfs_rq = tg.cfs_rq(cpu);
        if (!tg.cfs_bandwidth_used || !cfs_rq.runtime_enabled || cfs_rq.curr || cfs_rq.throttled)
            return;
        static_cast<void>(Kernel::account_cfs_rq_runtime(tg, cpu, 0));
        if (cfs_rq.runtime_remaining <= 0)
            static_cast<void>(Kernel::throttle_cfs_rq(tg, cpu));
    }

    /// unthrottle_cfs_rq(): leaves the list and lets the task run. Does not touch the local runtime.
    static void unthrottle_cfs_rq(task_group<Num>& tg, cpu_id cpu) {
        auto& cfs_rq = tg.cfs_rq(cpu);
        cfs_rq.throttled = false;
        cfs_rq.throttled_csd = false;
        tg.cfs_bandwidth.throttled_time += cfs_rq.throttled_clock;
        cfs_rq.throttled_clock = 0;
        cfs_rq.in_kernel = 0;
        tg.cfs_bandwidth.throttled_cfs_rq.remove(cpu);
        Kernel::tg_unthrottle_up(tg, cpu);
    }

    /// The rest of unthrottle_cfs_rq(): the group's entity is enqueued on its parent again, and its task runs. An idle
    /// CPU picks it without asking for runtime (pick_next_task_fair() does not go through set_next_task_fair()), so it
    /// begins with what the unthrottle left it, which may be 0.
    static void tg_unthrottle_up(task_group<Num>& tg, cpu_id cpu) {
        auto& cfs_rq = tg.cfs_rq(cpu);
        cfs_rq.curr = cfs_rq.nr_queued;
    }

    /// Whether the throttle clock runs: from throttle to unthrottle.
    [[nodiscard]] static bool throttle_clock_runs(const cfs_rq<Num>& cfs_rq) { return cfs_rq.throttled; }
};

} // namespace bwcheck::model::fair

// What the series of May and June 2026 changed (tip, 1abbecd1d2d2 to f666241e6bd5): a CPU is throttled where it is
// charged, and before a queue is unthrottled, what its task executed meanwhile is charged. kernel/sched/fair.c.
//
// What it did besides makes no difference to one group with one task a CPU: the parked tasks move to a list of the
// walk's own before they are enqueued, and the CPU that distributes sends itself to the same list as others.
#pragma once

#include "model/fair/distribute.hpp"
#include "model/step_log.hpp"

namespace bwcheck::model::fair {

template <arithmetic Num, class Kernel, class Base>
struct throttle_in_account : Base {
    using u64 = typename Num::u64;

    static constexpr bool throttles_where_charged = true;

    /// The end of account_cfs_rq_runtime(): throttles by itself, unless there is more to be had.
    static bool runtime_used_up(task_group<Num>& tg, cpu_id cpu) { return Kernel::throttle_cfs_rq(tg, cpu); }

    /// throttle_cfs_rq(): a slice for whoever executes, and otherwise as little as lets the next one begin.
    [[nodiscard]] static u64 throttle_asks_for(const task_group<Num>& tg, cpu_id cpu) {
        const auto& cfs_rq = tg.cfs_rq(cpu);
        if (cfs_rq.curr && cfs_rq.nr_queued)
            return tg.constants->sched_cfs_bandwidth_slice;
        return 1;
    }

    /// check_enqueue_throttle(): the charge of nothing is enough.
    static void check_enqueue_throttle(task_group<Num>& tg, cpu_id cpu) {
        const auto& cfs_rq = tg.cfs_rq(cpu);
        if (tg.cfs_bandwidth_used && cfs_rq.runtime_enabled && !cfs_rq.curr && !cfs_rq.throttled)
            static_cast<void>(Kernel::account_cfs_rq_runtime(tg, cpu, 0));
    }

    /// There is no check_cfs_rq_runtime() any more: nothing is throttled where tasks are put away and picked.
    static bool check_cfs_rq_runtime(task_group<Num>& tg, cpu_id cpu) { return tg.cfs_rq(cpu).throttled; }

    /// distribute_cfs_runtime(): whoever still executes is charged first, so that the grant pays for that as well.
    static void distribute_to(task_group<Num>& tg, cpu_id cpu, distribute_walk<Num>& walk) {
        const auto& cfs_rq = tg.cfs_rq(cpu);
        if (cfs_rq.throttled && !cfs_rq.throttled_csd && cfs_rq.curr)
            static_cast<void>(Kernel::update_curr(tg, cpu));
        Base::distribute_to(tg, cpu, walk);
    }

    /// unthrottle_cfs_rq(): the same, before it looks whether the CPU is in debt.
    static void unthrottle_cfs_rq(task_group<Num>& tg, cpu_id cpu) {
        if (tg.cfs_rq(cpu).curr)
            static_cast<void>(Kernel::update_curr(tg, cpu));
        Base::unthrottle_cfs_rq(tg, cpu);
    }
};

} // namespace bwcheck::model::fair

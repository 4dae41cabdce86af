// How a CPU obtains runtime and how execution is charged: __assign_cfs_rq_runtime(), account_cfs_rq_runtime() and
// update_curr(), kernel/sched/fair.c, Linux 6.1.
#pragma once

#include "model/step_log.hpp"

namespace bwcheck::model::fair {

template <arithmetic Num, class Kernel>
struct account {
    using u64 = typename Num::u64;
    using s64 = typename Num::s64;

    /// Whether local runtime expires at the end of its period, as it did before 5.4.
    static constexpr bool runtime_expires = false;

    /// Whether a CPU is throttled where it is charged, as it is since the middle of 2026 (throttle_in_account.hpp).
    static constexpr bool throttles_where_charged = false;

    /// __assign_cfs_rq_runtime(): fills the local runtime up to `target` ns, as far as the pool allows. Debt is repaid
    /// out of the same grant. Caller holds both locks and has seen runtime_remaining <= 0 (or < target).
    /// Returns whether the CPU has local runtime now.
    static bool assign_cfs_rq_runtime(task_group<Num>& tg, cpu_id cpu, const u64& target) {
        auto& cfs_b = tg.cfs_bandwidth;
        auto& cfs_rq = tg.cfs_rq(cpu);

        const u64 min_amount = as_u64(as_s64(target) - cfs_rq.runtime_remaining);
        u64 amount = 0;
        if (cfs_b.quota == runtime_inf) {
            tg.log->reached(branch::assign_unlimited);
            amount = min_amount;
        } else {
            Kernel::start_cfs_bandwidth(tg);
            if (cfs_b.runtime > 0) {
                amount = min(cfs_b.runtime, min_amount);
                tg.log->reached(amount < min_amount ? branch::assign_partial : branch::assign_full);
                cfs_b.runtime -= amount;
                cfs_b.idle = false;
            } else {
                tg.log->reached(branch::assign_pool_empty);
            }
        }
        cfs_rq.runtime_remaining += as_s64(amount);
        return cfs_rq.runtime_remaining > 0;
    }

    /// account_cfs_rq_runtime(): charges `delta_exec` ns, and asks for a slice when the local runtime is used up.
    /// Returns whether the CPU is asked to reschedule (it could get no runtime); where charging throttles, whether it
    /// is throttled, so that its task has to be told to park.
    static bool account_cfs_rq_runtime(task_group<Num>& tg, cpu_id cpu, const u64& delta_exec) {
        auto& cfs_rq = tg.cfs_rq(cpu);
        if (!tg.cfs_bandwidth_used || !cfs_rq.runtime_enabled) {
            tg.log->reached(branch::charge_not_enabled);
            return false;
        }
        cfs_rq.runtime_remaining -= as_s64(delta_exec);
        tg.log->current().consumed += delta_exec;
        if (cfs_rq.runtime_remaining > 0)
            return false;
        if (cfs_rq.throttled) {
            tg.log->reached(branch::charge_throttled);
            return Kernel::throttles_where_charged;
        }
        return Kernel::runtime_used_up(tg, cpu);
    }

    /// The end of account_cfs_rq_runtime(): asks for a slice. Returns whether whoever executes has to stop.
    static bool runtime_used_up(task_group<Num>& tg, cpu_id cpu) {
        return !Kernel::assign_cfs_rq_runtime(tg, cpu, tg.constants->sched_cfs_bandwidth_slice) && tg.cfs_rq(cpu).curr;
    }

    /// update_curr(): charges what was executed since the last time. Returns whether the CPU is asked to reschedule.
    static bool update_curr(task_group<Num>& tg, cpu_id cpu) {
        auto& cfs_rq = tg.cfs_rq(cpu);
        const u64 delta_exec = cfs_rq.unaccounted;
        cfs_rq.unaccounted = 0;
        return Kernel::account_cfs_rq_runtime(tg, cpu, delta_exec);
    }
};

} // namespace bwcheck::model::fair

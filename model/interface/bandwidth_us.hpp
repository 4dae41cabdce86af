// Writes to cpu.max and cpu.max.burst, in µs: cpu_max_write(), cpu_burst_write_u64(), tg_bandwidth() and
// tg_set_bandwidth(), kernel/sched/core.c, as reorganised in 6.17.
#pragma once

#include "model/interface/bandwidth.hpp"

namespace bwcheck::model::interface {

template <arithmetic Num, class Kernel, class Base>
struct bandwidth_us : Base {
    using u64 = typename Num::u64;
    using s64 = typename Num::s64;
    using frame = write_frame<Num>;

    /// tg_bandwidth(): the stored quota in µs; runtime_inf if there is no limit.
    [[nodiscard]] static u64 quota_us(const task_group<Num>& tg) {
        if (tg.cfs_bandwidth.quota == runtime_inf)
            return runtime_inf;
        return tg.cfs_bandwidth.quota / tg.constants->nsec_per_usec;
    }

    static status cpu_max_write(task_group<Num>& tg, frame& f) {
        const auto& cfs_b = tg.cfs_bandwidth;
        const u64& nsec_per_usec = tg.constants->nsec_per_usec;
        const u64 period = f.request.has_period ? f.request.period_us : cfs_b.period / nsec_per_usec;
        const u64 quota = f.request.unlimited ? u64(runtime_inf) : f.request.quota_us;
        return Kernel::tg_set_bandwidth(tg, f, period, quota, cfs_b.burst / nsec_per_usec);
    }

    static status cpu_burst_write_u64(task_group<Num>& tg, frame& f) {
        const u64 period = tg.cfs_bandwidth.period / tg.constants->nsec_per_usec;
        return Kernel::tg_set_bandwidth(tg, f, period, quota_us(tg), f.request.value_us);
    }

    /// tg_set_bandwidth(): validates a configuration in µs, converts it, and sets it.
    static status tg_set_bandwidth(task_group<Num>& tg, frame& f, const u64& period_us, const u64& quota_us,
                                   const u64& burst_us) {
        const auto& limits = *tg.constants;
        if (Base::refused_by(tg, guard::period_us_converts, period_us > limits.max_usec) ||
            Base::refused_by(tg, guard::quota_us_converts, quota_us != runtime_inf && quota_us > limits.max_usec) ||
            Base::refused_by(tg, guard::burst_us_converts, burst_us > limits.max_usec))
            return status::einval;

        const u64 min_bw_quota_period_us = limits.min_cfs_quota_period / limits.nsec_per_usec;
        const u64 max_bw_quota_period_us = limits.max_cfs_quota_period / limits.nsec_per_usec;
        if (Base::refused_by(tg, guard::quota_at_least_min, quota_us < min_bw_quota_period_us) ||
            Base::refused_by(tg, guard::period_at_least_min, period_us < min_bw_quota_period_us) ||
            Base::refused_by(tg, guard::period_at_most_max, period_us > max_bw_quota_period_us))
            return status::einval;
        if (quota_us != runtime_inf) {
            if (Base::refused_by(tg, guard::quota_within_limit, quota_us > limits.max_bw_runtime_us))
                return status::einval;
            if (!Kernel::burst_is_valid(tg, quota_us, burst_us, limits.max_bw_runtime_us))
                return status::einval;
        }

        u64 quota = runtime_inf;
        if (quota_us != runtime_inf)
            quota = quota_us * limits.nsec_per_usec;
        Kernel::set_cfs_bandwidth(tg, f, period_us * limits.nsec_per_usec, quota, burst_us * limits.nsec_per_usec);
        return status::ok;
    }

    /// tg_cfs_schedulable_down() since 6.6 (c98c18270be1): the parent's ratio counts only if it has one, which the root
    /// has not.
    [[nodiscard]] static s64 tg_cfs_schedulable_down(const s64& quota) { return quota; }

    /// init_cfs_bandwidth() since 6.6: a new group begins with its parent's.
    static constexpr int hierarchical_quota_of_new_group = no_hierarchical_quota;

    /// Since 6.18 (956dfda6a708) a CPU is left with 1 ns, so that its unthrottle cannot throttle it again.
    static constexpr int runtime_remaining_after_write = 1;
};

} // namespace bwcheck::model::interface

// Writes to cpu.max and cpu.max.burst, in ns: cpu_max_write(), tg_set_cfs_burst() and tg_set_cfs_bandwidth(),
// kernel/sched/core.c, Linux 6.1. bandwidth_us.hpp has what 6.17 made of it.
#pragma once

#include "model/frames.hpp"
#include "model/step_log.hpp"

#include <concepts>

namespace bwcheck::model::interface {

template <arithmetic Num, class Kernel>
struct bandwidth {
    using u64 = typename Num::u64;
    using s64 = typename Num::s64;
    using frame = write_frame<Num>;

    static constexpr runtime_interface cpu_max_runtime = runtime_interface::none;

    /// Runs the next step of a write.
    static void cgroup_file_write(task_group<Num>& tg, frame& f) {
        switch (f.next) {
        case frame::at::head:
            Kernel::write_head(tg, f);
            tg.log->reached(f.result == status::ok ? branch::write_accepted : branch::write_rejected);
            if (f.result != status::ok)
                f.next = frame::at::done;
            break;
        case frame::at::cpus:
            Kernel::tg_set_cfs_bandwidth_cpu(tg, f);
            break;
        case frame::at::distribute:
            Kernel::distribute_step(tg, f.walk);
            if (f.walk.next == no_cpu)
                f.next = frame::at::done;
            break;
        case frame::at::done:
            break;
        }
    }

    /// The first step of a write: parse, validate, and change the group.
    static void write_head(task_group<Num>& tg, frame& f) {
        if (tg.log->rejects(guard::parse, f.request.parsed != status::ok)) {
            const step_scope<Num> none(tg, step::tg_set_cfs_bandwidth);
            f.result = f.request.parsed;
            return;
        }
        switch (f.request.file) {
        case file::cpu_max: {
            const step_scope<Num> lock(tg, step::tg_set_cfs_bandwidth);
            f.result = Kernel::cpu_max_write(tg, f);
            break;
        }
        case file::cpu_max_burst: {
            const step_scope<Num> lock(tg, step::tg_set_cfs_bandwidth);
            f.result = Kernel::cpu_burst_write_u64(tg, f);
            break;
        }
        case file::cpu_max_runtime: {
            const step_scope<Num> lock(tg, step::cpu_runtime_write_u64);
            f.result = Kernel::cpu_runtime_write(tg, f);
            break;
        }
        }
    }

    /// cpu_max_write() and cpu_period_quota_parse(). The values are multiplied without a look at their size.
    static status cpu_max_write(task_group<Num>& tg, frame& f) {
        const auto& cfs_b = tg.cfs_bandwidth;
        const u64& nsec_per_usec = tg.constants->nsec_per_usec;
        const u64 period_us = f.request.has_period ? f.request.period_us : cfs_b.period / nsec_per_usec;
        const u64 period = period_us * nsec_per_usec;
        u64 quota = runtime_inf;
        if (!f.request.unlimited)
            quota = f.request.quota_us * nsec_per_usec;
        return Kernel::tg_set_cfs_bandwidth(tg, f, period, quota, cfs_b.burst);
    }

    /// tg_set_cfs_burst(), behind cpu.max.burst.
    static status cpu_burst_write_u64(task_group<Num>& tg, frame& f) {
        const auto& cfs_b = tg.cfs_bandwidth;
        if (refused_by(tg, guard::burst_us_converts, f.request.value_us > tg.constants->max_usec))
            return status::einval;
        const u64 burst = f.request.value_us * tg.constants->nsec_per_usec;
        return Kernel::tg_set_cfs_bandwidth(tg, f, cfs_b.period, cfs_b.quota, burst);
    }

    /// tg_set_cfs_bandwidth(): validates a configuration in ns, and sets it.
    static status tg_set_cfs_bandwidth(task_group<Num>& tg, frame& f, const u64& period, const u64& quota,
                                       const u64& burst) {
        const auto& limits = *tg.constants;
        const u64 max_cfs_runtime = limits.max_bw_runtime_us * limits.nsec_per_usec;
        if (refused_by(tg, guard::quota_at_least_min, quota < limits.min_cfs_quota_period) ||
            refused_by(tg, guard::period_at_least_min, period < limits.min_cfs_quota_period) ||
            refused_by(tg, guard::period_at_most_max, period > limits.max_cfs_quota_period))
            return status::einval;
        if (quota != runtime_inf) {
            if (refused_by(tg, guard::quota_within_limit, quota > max_cfs_runtime) ||
                !Kernel::burst_is_valid(tg, quota, burst, max_cfs_runtime))
                return status::einval;
        }
        Kernel::set_cfs_bandwidth(tg, f, period, quota, burst);
        return status::ok;
    }

    /// The checks on the burst of a finite quota. `limit` is the largest runtime; all three in ns, or all in µs.
    [[nodiscard]] static bool burst_is_valid(task_group<Num>& tg, const u64& quota, const u64& burst,
                                             const u64& limit) {
        return !refused_by(tg, guard::burst_within_quota, burst > quota) &&
               !refused_by(tg, guard::burst_and_quota_within_limit, [&] { return burst + quota > limit; });
    }

    /// Which bursts the checks are to let through. Properties ask this, in integers that do not wrap: a patch with
    /// another rule says so here, and its checks are held to that. First of all with any quota or none, µs.
    [[nodiscard]] static bool accepts_burst_alone(const model::constants<Num>& limits, const unbounded<Num>& burst_us) {
        return burst_us <= wide(limits.max_usec);
    }

    /// Then with a finite quota. `limit` is the largest runtime; all three in ns, or all in µs, or all of them times
    /// the same number, as period scaling leaves them: so that only such comparisons make sense in which no other
    /// number stands.
    [[nodiscard]] static bool accepts_burst(const unbounded<Num>& quota, const unbounded<Num>& burst,
                                            const unbounded<Num>& limit) {
        return burst <= quota && quota + burst <= limit;
    }

    /// Whether a validation has this check. A patch that drops one says so here.
    [[nodiscard]] static constexpr bool has_check(guard /*which*/) { return true; }

    /// A check of a validation: whether it refuses the write. `bad` is what is wrong then, or says so when it is
    /// called: what the kernel computes for a check alone is not computed without it.
    template <class Condition>
    [[nodiscard]] static bool refused_by(task_group<Num>& tg, guard which, const Condition& bad) {
        return Kernel::has_check(which) && tg.log->rejects(which, bad);
    }
    template <std::invocable Condition>
    [[nodiscard]] static bool refused_by(task_group<Num>& tg, guard which, const Condition& bad) {
        return Kernel::has_check(which) && tg.log->rejects(which, bad());
    }

    /// The part of tg_set_cfs_bandwidth() that comes after validation: mutex and group lock.
    static void set_cfs_bandwidth(task_group<Num>& tg, frame& f, const u64& period, const u64& quota,
                                  const u64& burst) {
        auto& cfs_b = tg.cfs_bandwidth;
        Kernel::cfs_schedulable(tg, period, quota);
        f.enabled = quota != runtime_inf;
        f.was_enabled = cfs_b.quota != runtime_inf;
        if (f.enabled && !f.was_enabled) {
            tg.log->reached(branch::write_limits);
            tg.cfs_bandwidth_used = true;
        }
        cfs_b.period = period;
        cfs_b.quota = quota;
        cfs_b.burst = burst;
        Kernel::refill_cfs_bandwidth_runtime(tg);
        if (f.enabled)
            Kernel::start_cfs_bandwidth(tg);
        f.next = frame::at::cpus;
        f.cpu = 0;
    }

    /// The loop of tg_set_cfs_bandwidth() over online CPUs, one of them a call.
    static void tg_set_cfs_bandwidth_cpu(task_group<Num>& tg, frame& f) {
        while (f.cpu < tg.nr_cpus && !tg.cfs_rq(f.cpu).online)
            ++f.cpu;
        if (f.cpu < tg.nr_cpus) {
            const step_scope<Num> rq_lock(tg, step::tg_set_cfs_bandwidth_cpu, f.cpu);
            auto& cfs_rq = tg.cfs_rq(f.cpu);
            cfs_rq.runtime_enabled = f.enabled;
            cfs_rq.runtime_remaining = Kernel::runtime_remaining_after_write;
            if (cfs_rq.throttled)
                Kernel::unthrottle_cfs_rq(tg, f.cpu);
            ++f.cpu;
            return;
        }
        if (f.was_enabled && !f.enabled) {
            tg.log->reached(branch::write_unlimits);
            tg.cfs_bandwidth_used = false;
        }
        f.next = frame::at::done;
    }

    /// What a CPU is left with when the configuration changes, ns.
    static constexpr int runtime_remaining_after_write = 0;

    /// __cfs_schedulable() as far as one group below the root needs it: the ratio is computed, and always admitted.
    static void cfs_schedulable(task_group<Num>& tg, const u64& period, const u64& quota) {
        const u64& nsec_per_usec = tg.constants->nsec_per_usec;
        s64 ratio = no_hierarchical_quota;
        if (quota != runtime_inf)
            ratio = as_s64(Kernel::to_ratio(period / nsec_per_usec, quota / nsec_per_usec));
        tg.cfs_bandwidth.hierarchical_quota = Kernel::tg_cfs_schedulable_down(ratio);
    }

    /// The part of tg_cfs_schedulable_down() for cgroup v2: the smaller one of the group's ratio and its parent's.
    /// Below the root, which has no limit, that is the group's own; but 4.16 to 6.5 (c53593e5cb69) compare signed
    /// numbers, in which "no limit" is -1.
    [[nodiscard]] static s64 tg_cfs_schedulable_down(const s64& quota) {
        const s64 parent_quota = no_hierarchical_quota;
        return min(quota, parent_quota);
    }

    /// to_ratio(): runtime / period as a fraction of 2^20. Both in µs.
    [[nodiscard]] static u64 to_ratio(const u64& period, const u64& runtime) {
        if (period == 0)
            return 0;
        return (runtime << bw_shift) / period;
    }

    /// A write to cpu.max.runtime. Here: there is no such file (see cpu_max_runtime above).
    static status cpu_runtime_write(task_group<Num>& /*tg*/, frame& /*f*/) { return status::einval; }

    /// What reading cpu.max.runtime returns, µs, where the file exists.
    [[nodiscard]] static u64 cpu_runtime_read_u64(const task_group<Num>& tg) {
        return tg.cfs_bandwidth.runtime / tg.constants->nsec_per_usec;
    }
};

} // namespace bwcheck::model::interface

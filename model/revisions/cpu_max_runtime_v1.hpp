// The series as posted: cpu.max.runtime sets the pool, and burst may exceed quota.
#pragma once

#include "model/revisions/mainline.hpp"

namespace bwcheck::model {

struct cpu_max_runtime_v1 {
    static constexpr revision_info info{
        .id = "cpu-max-runtime-v1",
        .base = mainline::info.id,
        .summary = "The series as posted: cpu.max.runtime sets the pool; burst may exceed quota.",
        .source = "[PATCH 1/2] sched/fair: expose cpu.max.runtime to set bandwidth runtime directly, 2026-05-25",
        .posted_on = mainline::info.id,
    };

    /// What the series does to the functions of a kernel.
    template <arithmetic Num, class Kernel, class Base>
    struct patched : Base {
        using u64 = typename Num::u64;
        using frame = interface::write_frame<Num>;

        static constexpr runtime_interface cpu_max_runtime = runtime_interface::absolute;

        /// tg_set_bandwidth(), burst of a finite quota: only the sum is bounded.
        [[nodiscard]] static constexpr bool has_check(guard which) { return which != guard::burst_within_quota; }
        [[nodiscard]] static bool accepts_burst(const unbounded<Num>& quota, const unbounded<Num>& burst,
                                                const unbounded<Num>& limit) {
            return quota + burst <= limit;
        }

        /// cpu_runtime_write_u64()
        static status cpu_runtime_write(task_group<Num>& tg, frame& f) {
            auto& cfs_b = tg.cfs_bandwidth;
            const u64& runtime_us = f.request.value_us;
            if (Base::refused_by(tg, guard::runtime_within_limit, runtime_us > tg.constants->max_bw_runtime_us))
                return status::einval;
            if (cfs_b.quota != runtime_inf &&
                Base::refused_by(tg, guard::runtime_within_cap,
                                 runtime_us * tg.constants->nsec_per_usec > cfs_b.quota + cfs_b.burst))
                return status::einval;
            cfs_b.runtime = runtime_us * tg.constants->nsec_per_usec;
            Kernel::after_runtime_write(tg, f);
            return status::ok;
        }

        /// What a write does once the pool is set: nothing. Throttled CPUs wait for the period timer.
        static void after_runtime_write(task_group<Num>& /*tg*/, frame& f) { f.next = frame::at::done; }
    };

    template <arithmetic Num, class Kernel>
    struct functions : patched<Num, Kernel, mainline::functions<Num, Kernel>> {};
};

} // namespace bwcheck::model

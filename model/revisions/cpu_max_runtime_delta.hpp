// The interface that the thread considers instead: cpu.max.runtime takes a signed amount and adds it to the pool, so
// that two users who add credits need not read first.
//
// The thread does not say what happens at the ends. Here a sum below zero or above the cap is refused, as v1 refuses a
// value above the cap: whoever adds credits learns that they would have been lost.
#pragma once

#include "model/revisions/cpu_max_runtime_v2.hpp"

namespace bwcheck::model {

struct cpu_max_runtime_delta {
    static constexpr revision_info info{
        .id = "cpu-max-runtime-delta",
        .base = cpu_max_runtime_v2::info.id,
        .summary = "The signed-delta interface that the thread discusses, with what v2 promises.",
        .source = "Benjamin Segall's mail of 2026-05-26 and Fernand Sieber's reply of 2026-05-28",
        .posted_on = mainline::info.id,
    };

    template <arithmetic Num, class Kernel>
    struct functions : cpu_max_runtime_v2::functions<Num, Kernel> {
        using u64 = typename Num::u64;
        using s64 = typename Num::s64;
        using frame = interface::write_frame<Num>;

        static constexpr runtime_interface cpu_max_runtime = runtime_interface::delta;

        static status cpu_runtime_write(task_group<Num>& tg, frame& f) {
            auto& cfs_b = tg.cfs_bandwidth;
            const s64& delta_us = f.request.delta_us;
            const s64 max_us = as_s64(tg.constants->max_bw_runtime_us);
            if (Kernel::refused_by(tg, guard::runtime_within_limit, delta_us > max_us || delta_us < -max_us))
                return status::einval;
            const s64 runtime = as_s64(cfs_b.runtime) + delta_us * as_s64(tg.constants->nsec_per_usec);
            if (Kernel::refused_by(tg, guard::runtime_not_negative, runtime < 0))
                return status::einval;
            const u64 cap = cfs_b.quota == runtime_inf ? tg.constants->max_bw_runtime_us * tg.constants->nsec_per_usec
                                                       : cfs_b.quota + cfs_b.burst;
            if (Kernel::refused_by(tg, guard::runtime_within_cap, as_u64(runtime) > cap))
                return status::einval;
            cfs_b.runtime = as_u64(runtime);
            Kernel::after_runtime_write(tg, f);
            return status::ok;
        }
    };
};

} // namespace bwcheck::model

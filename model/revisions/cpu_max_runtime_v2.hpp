// What the author of the series promised for its next version: a bound on burst alone, and distribution on write.
#pragma once

#include "model/revisions/cpu_max_runtime_v1.hpp"

namespace bwcheck::model {

struct cpu_max_runtime_v2 {
    static constexpr revision_info info{
        .id = "cpu-max-runtime-v2",
        .base = cpu_max_runtime_v1::info.id,
        .summary = "As promised in the thread: burst is bounded by itself, and a write distributes the runtime.",
        .source = "Fernand Sieber's reply to Benjamin Segall, 2026-05-28",
        .posted_on = mainline::info.id,
    };

    /// What the series does to the functions of a kernel.
    template <arithmetic Num, class Kernel, class Base>
    struct patched : cpu_max_runtime_v1::patched<Num, Kernel, Base> {
        using u64 = typename Num::u64;
        using frame = interface::write_frame<Num>;
        using v1 = cpu_max_runtime_v1::patched<Num, Kernel, Base>;

        /// tg_set_bandwidth(), burst of a finite quota: bounded before it is added.
        [[nodiscard]] static bool burst_is_valid(task_group<Num>& tg, const u64& quota, const u64& burst,
                                                 const u64& limit) {
            return !v1::refused_by(tg, guard::burst_within_limit, burst > limit) &&
                   v1::burst_is_valid(tg, quota, burst, limit);
        }

        /// distribute_cfs_runtime(), so that throttled CPUs need not wait for the period timer.
        static void after_runtime_write(task_group<Num>& tg, frame& f) {
            f.walk = Kernel::distribute_begin(tg);
            f.next = f.walk.next == no_cpu ? frame::at::done : frame::at::distribute;
        }
    };

    template <arithmetic Num, class Kernel>
    struct functions : patched<Num, Kernel, mainline::functions<Num, Kernel>> {};
};

} // namespace bwcheck::model

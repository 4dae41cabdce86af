// The bug that d505b8af5891 repaired in 2020 (5.8): there was no upper limit of a quota, so that quota << 20 wrapped in
// to_ratio(), and quota + burst would have wrapped in a refill.
#pragma once

#include "model/revisions/linux_6_1.hpp"

namespace bwcheck::model {

struct bug_d505b8af5891 {
    static constexpr revision_info info{
        .id = "bug-d505b8af5891",
        .base = linux_6_1::info.id,
        .summary = "A quota may be as large as 64 bits allow.",
        .source = "before d505b8af5891, sched: Defend cfs and rt bandwidth quota against overflow (2020)",
    };

    template <arithmetic Num, class Kernel>
    struct functions : linux_6_1::template functions<Num, Kernel> {
        using u64 = typename Num::u64;
        using frame = interface::write_frame<Num>;

        /// tg_set_cfs_bandwidth(), less what compares with max_cfs_runtime.
        static status tg_set_cfs_bandwidth(task_group<Num>& tg, frame& f, const u64& period, const u64& quota,
                                           const u64& burst) {
            const auto& limits = *tg.constants;
            if (Kernel::refused_by(tg, guard::quota_at_least_min, quota < limits.min_cfs_quota_period) ||
                Kernel::refused_by(tg, guard::period_at_least_min, period < limits.min_cfs_quota_period) ||
                Kernel::refused_by(tg, guard::period_at_most_max, period > limits.max_cfs_quota_period))
                return status::einval;
            if (quota != runtime_inf && Kernel::refused_by(tg, guard::burst_within_quota, burst > quota))
                return status::einval;
            Kernel::set_cfs_bandwidth(tg, f, period, quota, burst);
            return status::ok;
        }
    };
};

} // namespace bwcheck::model

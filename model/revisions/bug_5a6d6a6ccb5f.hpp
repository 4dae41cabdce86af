// The bug that 5a6d6a6ccb5f repaired in 2020 (5.8): the callback forwarded its timer by the old period, then scaled,
// and then refilled with the new quota. A group got twice what that period was worth.
#pragma once

#include "model/revisions/linux_6_1.hpp"

namespace bwcheck::model {

struct bug_5a6d6a6ccb5f {
    static constexpr revision_info info{
        .id = "bug-5a6d6a6ccb5f",
        .base = linux_6_1::info.id,
        .summary = "The period callback scales before it refills, not after.",
        .source = "before 5a6d6a6ccb5f, sched/fair: Refill bandwidth before scaling (2020)",
    };

    template <arithmetic Num, class Kernel>
    struct functions : linux_6_1::template functions<Num, Kernel> {
        using base = typename linux_6_1::template functions<Num, Kernel>;
        using frame = fair::period_timer_frame<Num>;
        using u64 = typename Num::u64;

        static bool do_sched_cfs_period_timer(task_group<Num>& tg, const u64& overrun, frame& f) {
            if (f.count == 3) {
                base::scale_period(tg);
                f.count = -1; // the pass that begins here will make it 0
            }
            return base::do_sched_cfs_period_timer(tg, overrun, f);
        }
        /// What end_of_pass() finds to do.
        static void scale_period(task_group<Num>& /*tg*/) {}
    };
};

} // namespace bwcheck::model

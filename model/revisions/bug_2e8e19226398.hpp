// The bug that 2e8e19226398 repaired in 2019 (5.1): with a period so short that refill and distribution take longer,
// the period callback found its timer due again for ever. There was no scaling that would have made the period longer.
#pragma once

#include "model/revisions/linux_6_1.hpp"

namespace bwcheck::model {

struct bug_2e8e19226398 {
    static constexpr revision_info info{
        .id = "bug-2e8e19226398",
        .base = linux_6_1::info.id,
        .summary =
            "The period callback goes round for as long as its timer is due again: nothing makes the period longer.",
        .source = "before 2e8e19226398, sched/fair: Limit sched_cfs_period_timer() loop to avoid hard lockup (2019)",
    };

    template <arithmetic Num, class Kernel>
    struct functions : linux_6_1::template functions<Num, Kernel> {
        static void scale_period(task_group<Num>& /*tg*/) {}
    };
};

} // namespace bwcheck::model

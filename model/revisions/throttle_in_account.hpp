// The scheduler's tree in June 2026: mainline, and the series "sched/fair: Allow account_cfs_rq_runtime() to throttle
// current hierarchy".
#pragma once

#include "model/fair/throttle_in_account.hpp"
#include "model/revisions/mainline.hpp"

namespace bwcheck::model {

struct throttle_in_account {
    static constexpr revision_info info{
        .id = "throttle-in-account",
        .base = mainline::info.id,
        .summary = "Charging throttles; distribution and unthrottle charge first.",
        .source =
            "[PATCH v2 0/5] sched/fair: Allow account_cfs_rq_runtime() to throttle current hierarchy (2026-06-02)",
    };

    template <arithmetic Num, class Kernel>
    struct functions : fair::throttle_in_account<Num, Kernel, typename mainline::template functions<Num, Kernel>> {};
};

} // namespace bwcheck::model

// Linux 6.1, the long-term kernel of Debian 12: whole queues are throttled, remote CPUs are unthrottled inside the
// timer, and the interface computes in ns.
#pragma once

#include "model/fair/account.hpp"
#include "model/fair/distribute.hpp"
#include "model/fair/hotplug.hpp"
#include "model/fair/new_group.hpp"
#include "model/fair/period_timer.hpp"
#include "model/fair/refill.hpp"
#include "model/fair/slack.hpp"
#include "model/fair/task.hpp"
#include "model/fair/throttle.hpp"
#include "model/fair/timers.hpp"
#include "model/interface/bandwidth.hpp"
#include "model/revision.hpp"

namespace bwcheck::model {

struct linux_6_1 {
    static constexpr revision_info info{
        .id = "linux-6.1",
        .base = "",
        .summary = "Linux 6.1: throttles whole queues, validates in ns.",
        .source = "kernel/sched/fair.c and core.c of linux-source-6.1",
    };

    template <arithmetic Num, class Kernel>
    struct functions : fair::new_group<Num, Kernel>,
                       fair::refill<Num, Kernel>,
                       fair::timers<Num, Kernel>,
                       fair::account<Num, Kernel>,
                       fair::throttle<Num, Kernel>,
                       fair::distribute<Num, Kernel>,
                       fair::period_callback<Num, Kernel>,
                       fair::slack<Num, Kernel>,
                       fair::hotplug<Num, Kernel>,
                       fair::task<Num, Kernel>,
                       interface::bandwidth<Num, Kernel> {};
};

} // namespace bwcheck::model

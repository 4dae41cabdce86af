// Mainline as of 6.18 to 7.1, on which the series was posted: tasks park themselves, remote CPUs are unthrottled by
// IPI, and the interface computes in µs.
#pragma once

#include "model/fair/per_task_throttle.hpp"
#include "model/interface/bandwidth_us.hpp"
#include "model/revisions/linux_6_1.hpp"

namespace bwcheck::model {

struct mainline {
    static constexpr revision_info info{
        .id = "mainline",
        .base = "",
        .summary = "Mainline, the base of the series: per-task throttling, validates in µs.",
        .source = "kernel/sched/fair.c and core.c, 6.18 to 7.1",
    };

    template <arithmetic Num, class Kernel>
    struct functions
        : interface::bandwidth_us<Num, Kernel,
                                  fair::per_task_throttle<Num, Kernel, linux_6_1::template functions<Num, Kernel>>> {};
};

} // namespace bwcheck::model

// How much a group consumes over several periods.
#pragma once

#include "properties/property.hpp"

#include <fmt/format.h>

namespace bwcheck::properties {

struct bounded_overuse {
    static constexpr property_info info{
        .id = "bounded-overuse",
        .statement =
            "Consumption over any k periods without a write is at most k*Q + Q + B + what CPUs have by themselves: a "
            "slice each, and what they execute before they are charged and stopped (the excess over k*Q, ns; a period "
            "callback that doubles Q counts with the doubled one in all its passes).",
        .kind = property_kind::number,
        .claim = property_claim::requirement,
        .why = "The limit is what the other tenants of the machine rely on.",
        .source = "Documentation/scheduler/sched-bwc.rst: in each period \"a task group is allocated up to 'quota' "
                  "microseconds\"; __refill_cfs_bandwidth_runtime(), account_cfs_rq_runtime()",
        .trigger = "consumption in a limited group",
        .needs = history_overuse,
    };
    template <class Num>
    static verdict_here on_transition(const transition<Num>& t) {
        if (!limited(t.after) || t.now.excess == 0)
            return verdict_here::silent();
        return verdict_here::measured(t.now.excess, saturated(cap_of(t.after) + local_allowance(t.part)));
    }
};

struct drains_to_quota {
    static constexpr property_info info{
        .id = "drains-to-quota",
        .statement =
            "Once the credit is used up, consumption over k periods is at most k*Q + Q + what CPUs have by themselves "
            "(the excess over k*Q, ns; a period callback that doubles Q counts with the doubled one in all its "
            "passes).",
        .kind = property_kind::number,
        .claim = property_claim::requirement,
        .why = "Credits are for once: after them the group is back at its quota.",
        .source = "PATCH 1/2: \"after which the cgroup returns to its steady-state quota allocation\"",
        .trigger = "consumption after the pool was empty",
        .needs = history_drain,
    };
    template <class Num>
    static verdict_here on_transition(const transition<Num>& t) {
        if (!limited(t.after) || t.now.excess_since_empty <= 0)
            return verdict_here::silent();
        return verdict_here::measured(t.now.excess_since_empty,
                                      saturated(wide(t.after.cfs_bandwidth.quota) + local_allowance(t.part)));
    }
};

} // namespace bwcheck::properties

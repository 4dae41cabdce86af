// "No operation wraps", for each part of the code. What is to be true is said by the numbers themselves: symbolic ones
// for all inputs (the prover), checked ones along a run. So there is nothing here that looks at a state or at an event.
#pragma once

#include "properties/property.hpp"

namespace bwcheck::properties {

struct validation_no_wrap {
    static constexpr property_info info{
        .id = "validation-no-wrap",
        .statement = "No operation of a write wraps, whatever is written and whatever is configured.",
        .kind = property_kind::operation,
        .claim = property_claim::requirement,
        .why = "A check whose operands wrapped lets through what it should stop.",
        .source = "Segall: \"burst_us + quota_us could overflow\"; tg_set_bandwidth(), cpu_period_quota_parse()",
        .trigger = "a write",
    };
};

struct refill_no_wrap {
    static constexpr property_info info{
        .id = "refill-no-wrap",
        .statement = "No operation of a period callback's refill wraps, from any reachable configuration and pool.",
        .kind = property_kind::operation,
        .claim = property_claim::requirement,
        .why = "A pool that wraps is nearly empty when it should be full.",
        .source = "PATCH 1/2: \"requiring only that burst + quota does not overflow\"; "
                  "__refill_cfs_bandwidth_runtime(), do_sched_cfs_period_timer()",
        .trigger = "a refill",
    };
};

struct distribute_no_wrap {
    static constexpr property_info info{
        .id = "distribute-no-wrap",
        .statement = "No operation of assign and distribute wraps.",
        .kind = property_kind::operation,
        .claim = property_claim::requirement,
        .why = "Both compute in signed and unsigned numbers by turns; a wrap hands out the whole pool (5e2d2cc2588b).",
        .source = "5e2d2cc2588b, with its warning in distribute_cfs_runtime(); __assign_cfs_rq_runtime(), "
                  "account_cfs_rq_runtime()",
        .trigger = "a CPU that is charged, or gets a grant",
    };
};

struct scaling_no_wrap {
    static constexpr property_info info{
        .id = "scaling-no-wrap",
        .statement =
            "No operation of period scaling wraps, nor of the next refill, from any accepted configuration, for any "
            "number of doublings that can occur.",
        .kind = property_kind::operation,
        .claim = property_claim::requirement,
        .why = "Scaling doubles what validation has bounded, and nobody looks at it again.",
        .source = "4929a4e6faa0, which promises the ratio, and what wraps does not keep it; sched_cfs_period_timer()",
        .trigger = "a period callback that scales",
    };
};

struct ratio_no_wrap {
    static constexpr property_info info{
        .id = "ratio-no-wrap",
        .statement = "to_ratio() does not wrap for any reachable configuration.",
        .kind = property_kind::operation,
        .claim = property_claim::requirement,
        .why = "The walk over the tree computes it for every group, with whatever is stored there (d505b8af5891).",
        .source = "d505b8af5891: \"Defend cfs and rt bandwidth quota against overflow\"; to_ratio(), "
                  "tg_cfs_schedulable_down()",
        .trigger = "a group with a finite quota",
    };
};

} // namespace bwcheck::properties

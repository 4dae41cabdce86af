// "No operation wraps", for each part of the code. What is to be true is said by the numbers themselves: symbolic ones
// for all inputs (the prover), checked ones along a run. So a definition says which functions its operations stand in,
// under the names that they have in `model/`, whichever file or patch brings them.
#pragma once

#include "properties/property.hpp"

#include <array>

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
    static constexpr auto own_functions = std::to_array<std::string_view>({
        "cgroup_file_write",
        "write_head",
        "cpu_max_write",
        "cpu_burst_write_u64",
        "cpu_runtime_write",
        "after_runtime_write",
        "cpu_runtime_read_u64",
        "quota_us",
        "tg_set_bandwidth",
        "tg_set_cfs_bandwidth",
        "burst_is_valid",
        "set_cfs_bandwidth",
        "tg_set_cfs_bandwidth_cpu",
    });
    template <class Num>
    static bool fires_on(const transition<Num>& t) {
        return t.is_write();
    }
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
        .shows_statistics = true,
    };
    static constexpr auto own_functions = std::to_array<std::string_view>({"refill_cfs_bandwidth_runtime", "pool_cap"});
    template <class Num>
    static bool fires_on(const transition<Num>& t) {
        return t.reached(model::branch::refill_capped) || t.reached(model::branch::refill_not_capped);
    }
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
    static constexpr auto own_functions = std::to_array<std::string_view>({
        "assign_cfs_rq_runtime",
        "account_cfs_rq_runtime",
        "distribute_begin",
        "distribute_step",
        "distribute_to",
    });
    /// Most of what no other property looks after moves runtime between the pool and the CPUs, as slack does.
    static constexpr bool owns_the_rest = true;
    template <class Num>
    static bool fires_on(const transition<Num>& t) {
        return t.event.kind != model::event_kind::tick && !t.is_write();
    }
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
    static constexpr auto own_functions = std::to_array<std::string_view>({
        "scale_period",
        "end_of_pass",
        "sched_cfs_period_timer",
        "hrtimer_forward_now",
        "start_cfs_bandwidth",
        "runtime_refresh_within",
        "advance_timers",
    });
    template <class Num>
    static bool fires_on(const transition<Num>& t) {
        return t.reached(model::branch::period_scaled);
    }
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
    static constexpr auto own_functions =
        std::to_array<std::string_view>({"to_ratio", "cfs_schedulable", "tg_cfs_schedulable_down"});
    template <class Num>
    static bool fires_on(const transition<Num>& t) {
        return limited(t.after) &&
               (t.event.kind == model::event_kind::walk || t.reached(model::branch::write_accepted));
    }
};

} // namespace bwcheck::properties

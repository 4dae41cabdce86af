// What else has to be known of a state before the other invariants can be proved by induction: that the marks of a run
// queue go together, and in what range its numbers are. Each is an invariant like any other, and is proved with them.
#pragma once

#include "properties/property.hpp"

#include <fmt/format.h>

namespace bwcheck::properties {

struct marks_consistent {
    static constexpr property_info info{
        .id = "marks-consistent",
        .statement =
            "A CPU is throttled only where the limit applies, waits for an IPI and counts execution in the kernel only "
            "while throttled, and has a task either queued or parked, which executes, and is told to park, only if it "
            "is queued.",
        .kind = property_kind::invariant,
        .claim = property_claim::requirement,
        .why = "Offline CPUs and groups without limit are never served: a throttled one among them stays so for ever.",
        .source = "struct cfs_rq, unthrottle_offline_cfs_rqs(); what throttled-iff-listed and throttled-in-debt need "
                  "to be inductive",
        .trigger = "any state",
    };
    template <class Num>
    static verdict_here on_state(const situation<Num>& here) {
        for (model::cpu_id cpu = 0; cpu < here.tg.nr_cpus; ++cpu) {
            const auto& cfs_rq = here.tg.cfs_rq(cpu);
            const bool limit_applies = here.tg.cfs_bandwidth_used && cfs_rq.runtime_enabled;
            if ((cfs_rq.throttled && !limit_applies) || (cfs_rq.throttled_csd && !cfs_rq.throttled) ||
                (cfs_rq.in_kernel != 0 && !cfs_rq.throttled) || (cfs_rq.runtime_enabled && !cfs_rq.online) ||
                (cfs_rq.runnable() && !cfs_rq.online) || (cfs_rq.curr && !cfs_rq.nr_queued) ||
                (cfs_rq.nr_queued && cfs_rq.throttled_limbo) || (cfs_rq.sched_throttle_work && !cfs_rq.nr_queued))
                return verdict_here::of(false);
        }
        return verdict_here::of(true);
    }
};

struct locals_within_slice {
    static constexpr property_info info{
        .id = "locals-within-slice",
        .statement = "The local runtime of a CPU is at most one slice.",
        .kind = property_kind::invariant,
        .claim = property_claim::requirement,
        .why = "What CPUs hold is out of the pool's reach: it may still be consumed after the pool is set or "
               "reconfigured.",
        .source = "Documentation/scheduler/sched-bwc.rst, on the slice; __assign_cfs_rq_runtime(); what "
                  "pool-and-locals-bounded needs to be inductive",
        .trigger = "any state",
    };
    template <class Num>
    static verdict_here on_state(const situation<Num>& here) {
        for (model::cpu_id cpu = 0; cpu < here.tg.nr_cpus; ++cpu)
            if (wide(here.tg.cfs_rq(cpu).runtime_remaining) > wide(here.tg.constants->sched_cfs_bandwidth_slice))
                return verdict_here::of(false);
        return verdict_here::of(true);
    }
};

struct period_in_range {
    static constexpr property_info info{
        .id = "period-in-range",
        .statement = "P is between its minimum and its maximum.",
        .kind = property_kind::invariant,
        .claim = property_claim::requirement,
        .why = "Too short a period keeps a CPU in the timer's callback; the callback divides by it.",
        .source = "Documentation/scheduler/sched-bwc.rst: \"The minimum quota allowed for the quota or period is 1ms. "
                  "There is also an upper bound on the period length of 1s\"",
        .trigger = "any state",
    };
    template <class Num>
    static verdict_here on_state(const situation<Num>& here) {
        const auto& period = here.tg.cfs_bandwidth.period;
        const auto& limits = *here.tg.constants;
        return verdict_here::of(period >= limits.min_cfs_quota_period && period <= limits.max_cfs_quota_period);
    }
};

struct configuration_in_range {
    static constexpr property_info info{
        .id = "configuration-in-range",
        .statement =
            "A finite Q and its B are within what validation lets through for the shortest period, times P over that "
            "period.",
        .kind = property_kind::invariant,
        .claim = property_claim::requirement,
        .why = "Refill adds Q and B to whatever there is, without a look at their size.",
        .source = "4929a4e6faa0: scaling keeps what validation let through; tg_set_cfs_bandwidth(), "
                  "sched_cfs_period_timer(); what pool-and-locals-bounded needs to be inductive",
        .trigger = "a limited group",
    };
    template <class Num>
    static verdict_here on_state(const situation<Num>& here) {
        const auto& cfs_b = here.tg.cfs_bandwidth;
        const auto& limits = *here.tg.constants;
        if (!limited(here.tg))
            return verdict_here::silent();
        // Of a period that is longer by some factor, what is let through of the shortest one, times that factor.
        const auto shortest = wide(limits.min_cfs_quota_period);
        const auto most = wide(limits.max_bw_runtime_us) * wide(limits.nsec_per_usec) * wide(cfs_b.period);
        const auto quota = wide(cfs_b.quota) * shortest;
        return verdict_here::of(quota <= most &&
                                here.tg.kernel->accepts_burst(quota, wide(cfs_b.burst) * shortest, most));
    }
    template <class Num>
    static std::string explain(const situation<Num>& here) {
        const auto& cfs_b = here.tg.cfs_bandwidth;
        return fmt::format("The stored quota is {} ns, period {} ns, burst {} ns.", cfs_b.quota, cfs_b.period,
                           cfs_b.burst);
    }
};

struct pool_and_locals_bounded {
    static constexpr property_info info{
        .id = "pool-and-locals-bounded",
        .statement =
            "R and what the CPUs hold, at least 1 ns each, are together at most Q + B and one slice for each CPU.",
        .kind = property_kind::invariant,
        .claim = property_claim::requirement,
        .why = "R alone is not capped at every moment, because slack comes back uncapped; this is how far it can go.",
        .source = "Documentation/scheduler/sched-bwc.rst: \"still strictly limits the task group to quota average "
                  "usage\"; return_cfs_rq_runtime(), __refill_cfs_bandwidth_runtime()",
        .trigger = "a limited group",
    };
    template <class Num>
    static verdict_here on_state(const situation<Num>& here) {
        if (!limited(here.tg))
            return verdict_here::silent();
        auto held = wide(here.tg.cfs_bandwidth.runtime);
        auto bound = cap_of(here.tg);
        for (model::cpu_id cpu = 0; cpu < here.tg.nr_cpus; ++cpu) {
            const auto local = wide(here.tg.cfs_rq(cpu).runtime_remaining);
            // A grant may leave a CPU with 1 ns that nobody paid for; to count it always makes the sum one that only
            // refills and writes can raise.
            held += local > 1 ? local : decltype(local)(1);
            bound += wide(here.tg.constants->sched_cfs_bandwidth_slice);
        }
        return verdict_here::of(held <= bound);
    }
    template <class Num>
    static std::string explain(const situation<Num>& here) {
        const auto& cfs_b = here.tg.cfs_bandwidth;
        return fmt::format("The pool holds {} ns, with quota + burst {} + {} ns.", cfs_b.runtime, cfs_b.quota,
                           cfs_b.burst);
    }
};

} // namespace bwcheck::properties

// Patches with a rule of their own for the burst, as they were proposed on the kernel list: what a header from outside
// looks like that changes the rule, and no property may raise a false alarm about it.
#pragma once

#include "model/revisions/mainline.hpp"

namespace bwcheck::model {

/// No check of one file mentions the other.
template <arithmetic Num, class Kernel>
struct checks_of_one_file : mainline::functions<Num, Kernel> {
    [[nodiscard]] static constexpr bool has_check(guard which) {
        return which != guard::burst_within_quota && which != guard::burst_and_quota_within_limit;
    }
};

/// No check mentions the other file; a refill caps the pool at Q + min(B, Q).
struct burst_capped_at_refill {
    static constexpr revision_info info{.id = "burst-capped-at-refill",
                                        .base = mainline::info.id,
                                        .summary = "Any burst is accepted; a refill caps the pool at Q + min(B, Q).",
                                        .source = "proposed on the kernel list in 2026",
                                        .posted_on = mainline::info.id};

    template <arithmetic Num, class Kernel>
    struct functions : checks_of_one_file<Num, Kernel> {
        [[nodiscard]] static bool accepts_burst(const unbounded<Num>& /*quota*/, const unbounded<Num>& /*burst*/,
                                                const unbounded<Num>& /*limit*/) {
            return true;
        }
        template <class Integer>
        [[nodiscard]] static Integer pool_cap(const Integer& quota, const Integer& burst) {
            return quota + min(burst, quota);
        }
    };
};

/// The same promise, not kept: a refill caps the pool at Q + B.
struct burst_not_capped_at_refill {
    static constexpr revision_info info{.id = "burst-not-capped-at-refill",
                                        .base = burst_capped_at_refill::info.id,
                                        .summary = "It forgets the clamp that it promises.",
                                        .source = "tests",
                                        .posted_on = mainline::info.id};

    template <arithmetic Num, class Kernel>
    struct functions : burst_capped_at_refill::functions<Num, Kernel> {
        using u64 = typename Num::u64;
        using burst_capped_at_refill::functions<Num, Kernel>::pool_cap; // what is promised
        [[nodiscard]] static u64 pool_cap(const u64& quota, const u64& burst) { return quota + burst; }
    };
};

/// The burst has a bound of its own, half of the largest runtime, with or without a quota.
struct burst_bounded_alone {
    static constexpr revision_info info{.id = "burst-bounded-alone",
                                        .base = mainline::info.id,
                                        .summary =
                                            "Burst is bounded by half of the largest runtime, and by nothing else.",
                                        .source = "proposed on the kernel list in 2026",
                                        .posted_on = mainline::info.id};

    template <arithmetic Num, class Kernel>
    struct functions : checks_of_one_file<Num, Kernel> {
        using u64 = typename Num::u64;
        using frame = interface::write_frame<Num>;
        using base = mainline::functions<Num, Kernel>;

        static status tg_set_bandwidth(task_group<Num>& tg, frame& f, const u64& period_us, const u64& quota_us,
                                       const u64& burst_us) {
            if (Kernel::refused_by(tg, guard::burst_within_limit, burst_us > tg.constants->max_bw_runtime_us / 2))
                return status::einval;
            return base::tg_set_bandwidth(tg, f, period_us, quota_us, burst_us);
        }
        [[nodiscard]] static bool accepts_burst_alone(const model::constants<Num>& limits,
                                                      const unbounded<Num>& burst_us) {
            return burst_us <= wide(limits.max_bw_runtime_us / 2);
        }
        [[nodiscard]] static bool accepts_burst(const unbounded<Num>& /*quota*/, const unbounded<Num>& burst,
                                                const unbounded<Num>& limit) {
            return burst + burst <= limit;
        }
    };
};

/// Only the sum is dropped: B <= Q stays, and Q has its own bound.
struct burst_without_sum {
    static constexpr revision_info info{.id = "burst-without-sum",
                                        .base = mainline::info.id,
                                        .summary = "Q + B is no longer bounded; B <= Q is.",
                                        .source = "tests",
                                        .posted_on = mainline::info.id};

    template <arithmetic Num, class Kernel>
    struct functions : mainline::functions<Num, Kernel> {
        [[nodiscard]] static constexpr bool has_check(guard which) {
            return which != guard::burst_and_quota_within_limit;
        }
        [[nodiscard]] static bool accepts_burst(const unbounded<Num>& quota, const unbounded<Num>& burst,
                                                const unbounded<Num>& /*limit*/) {
            return burst <= quota;
        }
    };
};

} // namespace bwcheck::model

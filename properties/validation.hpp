// Which writes are accepted, and what is stored.
#pragma once

#include "properties/property.hpp"
#include "properties/trial.hpp"

#include <fmt/format.h>

namespace bwcheck::properties {

struct accepted_cap_fits {
    static constexpr property_info info{
        .id = "accepted-cap-fits",
        .statement =
            "Every accepted finite configuration is one that the revision promises to accept (Q + B within the "
            "bandwidth limit, and up to 7.1 also B <= Q), in us and in ns.",
        .kind = property_kind::transition,
        .claim = property_claim::requirement,
        .why = "Refill adds up to Q + B; the limit keeps that far from wrapping.",
        .source = "PATCH 1/2: \"requiring only that burst + quota does not overflow\"",
        .trigger = "an accepted write of a finite configuration",
    };
    template <class Num>
    static verdict_here on_transition(const transition<Num>& t) {
        if (!t.accepted() || t.request->file == model::file::cpu_max_runtime || !limited(t.after))
            return verdict_here::silent();
        const auto& limits = *t.after.constants;
        const auto& cfs_b = t.after.cfs_bandwidth;
        const auto limit = wide(limits.max_bw_runtime_us);
        const auto unit = wide(limits.nsec_per_usec);
        const auto& accepts_burst = t.after.kernel->accepts_burst;
        return verdict_here::of(
            wide(cfs_b.quota) <= limit * unit && accepts_burst(wide(cfs_b.quota), wide(cfs_b.burst), limit * unit) &&
            accepts_burst(wide(cfs_b.quota / limits.nsec_per_usec), wide(cfs_b.burst / limits.nsec_per_usec), limit));
    }
    template <class Num>
    static std::string explain(const transition<Num>& t) {
        return fmt::format("Quota {} ns and burst {} ns were accepted.", t.after.cfs_bandwidth.quota,
                           t.after.cfs_bandwidth.burst);
    }
};

struct accepted_iff_valid {
    static constexpr property_info info{
        .id = "accepted-iff-valid",
        .statement =
            "A write to cpu.max or cpu.max.burst is accepted exactly if its text is one, P and Q are in range, and B "
            "is "
            "one that the revision promises to accept: up to 7.1, one that converts to ns and, with a finite Q, B <= Q "
            "and Q + B within the bandwidth limit.",
        .kind = property_kind::transition,
        .claim = property_claim::requirement,
        .why = "Users must be able to know beforehand what will be accepted.",
        .source = "Documentation/scheduler/sched-bwc.rst: \"The minimum quota allowed for the quota or period is 1ms. "
                  "There is also an upper bound on the period length of 1s\"; tg_set_bandwidth()",
        .trigger = "a write to cpu.max or cpu.max.burst",
    };
    template <class Num>
    static verdict_here on_transition(const transition<Num>& t) {
        if (!t.is_write() || t.request->file == model::file::cpu_max_runtime)
            return verdict_here::silent();
        if (t.request->parsed != model::status::ok)
            return verdict_here::of(!t.accepted());
        const auto& limits = *t.before.constants;
        const auto& unit = limits.nsec_per_usec;
        const auto& before = t.before.cfs_bandwidth;
        const bool to_burst = t.request->file == model::file::cpu_max_burst;
        const bool keeps_period = to_burst || !t.request->has_period;
        const auto period = wide(keeps_period ? before.period / unit : t.request->period_us);
        const auto burst = wide(to_burst ? t.request->value_us : before.burst / unit);
        if (period < wide(limits.min_cfs_quota_period / unit) || period > wide(limits.max_cfs_quota_period / unit))
            return verdict_here::of(!t.accepted());
        const model::kernel_table<Num>& kernel = *t.before.kernel;
        const bool accepts_alone = kernel.accepts_burst_alone(limits, burst);
        if (to_burst ? !limited(t.before) : t.request->unlimited)
            return verdict_here::of(t.accepted() == accepts_alone);
        if (!to_burst && t.request->quota_us == model::runtime_inf)
            return verdict_here::silent(); // since 6.17 another word for "max"
        const auto quota = wide(to_burst ? before.quota / unit : t.request->quota_us);
        const auto limit = wide(limits.max_bw_runtime_us);
        const bool in_range = quota >= wide(limits.min_cfs_quota_period / unit) && quota <= limit;
        return verdict_here::of(t.accepted() ==
                                (in_range && accepts_alone && kernel.accepts_burst(quota, burst, limit)));
    }
};

struct conversion_no_wrap {
    static constexpr property_info info{
        .id = "conversion-no-wrap",
        .statement = "Every accepted us value survives conversion to ns.",
        .kind = property_kind::transition,
        .claim = property_claim::requirement,
        .why = "A value that wraps is accepted as something that nobody wrote.",
        .source = "tg_set_bandwidth(): what does not fit in ns is EINVAL, as in the v1 files since 5.2; "
                  "cpu_period_quota_parse()",
        .trigger = "an accepted write of a number",
    };
    template <class Num>
    static verdict_here on_transition(const transition<Num>& t) {
        if (!t.accepted())
            return verdict_here::silent();
        const auto scale = wide(t.after.constants->nsec_per_usec);
        const auto& stored = t.after.cfs_bandwidth;
        switch (t.request->file) {
        case model::file::cpu_max:
            if (t.request->has_period && wide(stored.period) != wide(t.request->period_us) * scale)
                return verdict_here::of(false);
            return verdict_here::of(t.request->unlimited || !limited(t.after) ||
                                    wide(stored.quota) == wide(t.request->quota_us) * scale);
        case model::file::cpu_max_burst:
            return verdict_here::of(wide(stored.burst) == wide(t.request->value_us) * scale);
        case model::file::cpu_max_runtime:
            break; // write-sets-runtime
        }
        return verdict_here::silent();
    }
    template <class Num>
    static std::string explain(const transition<Num>& t) {
        const auto& cfs_b = t.after.cfs_bandwidth;
        return fmt::format(
            "The write was accepted and stored period {} ns, quota {} ns, burst {} ns; with {} ns to the us that is "
            "not what was written.",
            cfs_b.period, cfs_b.quota, cfs_b.burst, t.after.constants->nsec_per_usec);
    }
};

struct runtime_write_bound {
    static constexpr property_info info{
        .id = "runtime-write-bound",
        .statement = "A cpu.max.runtime write is accepted exactly if it is within the bandwidth limit and, with finite "
                     "Q, within "
                     "Q + B (with deltas: if the sum is, and is not negative).",
        .kind = property_kind::transition,
        .claim = property_claim::requirement,
        .why = "Users must be able to know beforehand what will be accepted.",
        .source = "PATCH 1/2: \"Writes are rejected if the value exceeds quota + burst [...] or exceeds the maximum\"",
        .trigger = "a well-formed write to cpu.max.runtime",
    };
    template <class Num>
    static verdict_here on_transition(const transition<Num>& t) {
        if (!t.is_write_to(model::file::cpu_max_runtime) || t.request->parsed != model::status::ok)
            return verdict_here::silent();
        const auto& limits = *t.before.constants;
        const auto scale = wide(limits.nsec_per_usec);
        const auto most = wide(limits.max_bw_runtime_us);
        bool fits = false;
        auto wanted = wide(t.request->value_us) * scale;
        if (t.before.kernel->takes_deltas()) {
            wanted = wide(t.before.cfs_bandwidth.runtime) + wide(t.request->delta_us) * scale;
            fits = wide(t.request->delta_us) <= most && wide(t.request->delta_us) >= -most;
            if (!limited(t.before))
                fits = fits && wanted <= most * scale;
        } else {
            fits = wide(t.request->value_us) <= most;
        }
        fits = fits && wanted >= 0 && (!limited(t.before) || wanted <= cap_of(t.before));
        return verdict_here::of(fits == t.accepted());
    }
    template <class Num>
    static std::string explain(const transition<Num>& t) {
        const auto& cfs_b = t.before.cfs_bandwidth;
        return fmt::format("With quota {} ns and burst {} ns (their sum is computed modulo 2^64) the write was {}.",
                           cfs_b.quota, cfs_b.burst, t.accepted() ? "accepted" : "refused");
    }
};

struct stored_config_valid {
    static constexpr property_info info{
        .id = "stored-config-valid",
        .statement =
            "At every moment Q is infinite or what validation accepted times a power of two, and so for B and P.",
        .kind = property_kind::invariant,
        .claim = property_claim::requirement,
        .why = "Nobody looks at the configuration again after a write; what is stored has to stay within what was "
               "checked.",
        .source = "Documentation/scheduler/sched-bwc.rst, on what may be written; 4929a4e6faa0, on what scaling does "
                  "to it; tg_set_cfs_bandwidth(), sched_cfs_period_timer()",
        .trigger = "any state",
    };
    template <class Num>
    static verdict_here on_state(const situation<Num>& here) {
        const auto& cfs_b = here.tg.cfs_bandwidth;
        const auto& limits = *here.tg.constants;
        const auto most = wide(limits.max_bw_runtime_us) * wide(limits.nsec_per_usec);
        const bool unlimited = !limited(here.tg);
        model::int128 scale = 1;
        for (; scale <= most; scale *= 2) {
            const auto unit = scale * wide(limits.nsec_per_usec);
            const auto whole = [&](const auto& value) { return wide(value) % unit == 0; };
            const auto period = wide(cfs_b.period) / scale;
            if (!whole(cfs_b.period) || period < wide(limits.min_cfs_quota_period))
                return verdict_here::of(false);
            if (period > wide(limits.max_cfs_quota_period))
                continue;
            if (unlimited)
                return verdict_here::of(true);
            const auto quota = wide(cfs_b.quota) / scale;
            const auto burst = wide(cfs_b.burst) / scale;
            if (whole(cfs_b.quota) && whole(cfs_b.burst) && quota >= wide(limits.min_cfs_quota_period) &&
                quota <= most && here.tg.kernel->accepts_burst(quota, burst, most))
                return verdict_here::of(true);
        }
        return verdict_here::of(false);
    }
    template <class Num>
    static std::string explain(const situation<Num>& here) {
        const auto& cfs_b = here.tg.cfs_bandwidth;
        return fmt::format(
            "The stored quota is {} ns, period {} ns, burst {} ns. No write of such values is accepted, nor are "
            "they a power of two times an accepted one{}.",
            cfs_b.quota, cfs_b.period, cfs_b.burst,
            cfs_b.quota > model::runtime_inf / 2
                ? "; the quota is what remains of the all-ones value for \"no limit\" after it was doubled"
                : "");
    }
};

struct scaling_keeps_ratio {
    static constexpr property_info info{
        .id = "scaling-keeps-ratio",
        .statement = "Scaling keeps Q/P and B/P.",
        .kind = property_kind::transition,
        .claim = property_claim::requirement,
        .why = "A period that is too short for the machine must not change how much a group gets.",
        .source = "4929a4e6faa0: \"without losing quota/period ratio precision\"; sched_cfs_period_timer()",
        .trigger = "a period callback that scales (at least three stalls)",
    };
    template <class Num>
    static verdict_here on_transition(const transition<Num>& t) {
        if (!t.reached(model::branch::period_scaled))
            return verdict_here::silent();
        const auto& old = t.before.cfs_bandwidth;
        const auto& now = t.after.cfs_bandwidth;
        if (!limited(t.before))
            return verdict_here::of(!limited(t.after));
        const auto kept = [&](const auto& was, const auto& is) {
            return wide(is) * wide(old.period) == wide(was) * wide(now.period);
        };
        return verdict_here::of(kept(old.quota, now.quota) && kept(old.burst, now.burst));
    }
    template <class Num>
    static std::string explain(const transition<Num>& t) {
        const auto& old = t.before.cfs_bandwidth;
        const auto& now = t.after.cfs_bandwidth;
        return fmt::format("Quota, burst and period went from {}, {}, {} to {}, {}, {} ns.", old.quota, old.burst,
                           old.period, now.quota, now.burst, now.period);
    }
};

struct guard_decides {
    static constexpr property_info info{
        .id = "guard-decides",
        .statement = "Each check in a validation is the only one to reject some input.",
        .kind = property_kind::coverage,
        .claim = property_claim::question,
        .why = "A check that others imply can go; one that is missing cannot be asked for without knowing this.",
        .source = "Segall: \"we should keep a check for burst_us > max_bw_runtime_us as well\"",
        .trigger = "a write that is rejected by one check and would be accepted without it",
        .tries_out = true,
    };
    template <class Num>
    static verdict_here on_transition(const transition<Num>& t, guard_coverage& seen) {
        if (!t.is_write())
            return verdict_here::silent();
        seen.asked |= guard_set(t.after.log->asked()).reset(static_cast<std::size_t>(model::guard::parse));
        if (t.accepted() || t.request->parsed != model::status::ok)
            return verdict_here::of(true);
        const model::guard by = t.after.log->rejected_by();
        trial<Num> without(t.before);
        // A period that the check is there to keep out must not reach the timer, which divides by it.
        without.tg.cfs_bandwidth.period_active = true;
        if (without.write_without(by, *t.request) == model::status::ok)
            seen.decided.set(static_cast<std::size_t>(by));
        return verdict_here::of(true);
    }
};

} // namespace bwcheck::properties

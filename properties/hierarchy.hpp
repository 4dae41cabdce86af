// What the tree of groups is told about this one.
#pragma once

#include "properties/property.hpp"

#include <fmt/format.h>

namespace bwcheck::properties {

struct hierarchical_quota_true {
    static constexpr property_info info{
        .id = "hierarchical-quota-true",
        .statement = "H is the minimum of the finite ratios on the path to the root, infinite iff there is none.",
        .kind = property_kind::invariant,
        .claim = property_claim::requirement,
        .why = "Who asks whether a task is limited at all is told so by H, since 6.6 (c98c18270be1).",
        .source =
            "c98c18270be1: \"Restore meaning to hierarchical_quota\"; tg_cfs_schedulable_down(), init_cfs_bandwidth()",
        .trigger = "any state",
        .needs = history_hierarchy,
        .shows_statistics = true,
    };
    template <class Num>
    static verdict_here on_state(const situation<Num>& here) {
        return verdict_here::of(wide(here.tg.cfs_bandwidth.hierarchical_quota) == smallest_ratio(here.tg));
    }
    template <class Num>
    static std::string explain(const situation<Num>& here) {
        return fmt::format("H is {}; it should be {}{}.", here.tg.cfs_bandwidth.hierarchical_quota,
                           saturated(smallest_ratio(here.tg)),
                           limited(here.tg) ? " / 2^20 of a CPU" : ", for there is no limit");
    }

private:
    /// The path has one group that can be limited, this one.
    template <class Num>
    [[nodiscard]] static model::int128 smallest_ratio(const model::task_group<Num>& tg) {
        if (!limited(tg))
            return model::no_hierarchical_quota;
        const model::int128 unit = wide(tg.constants->nsec_per_usec);
        const model::int128 period_us = wide(tg.cfs_bandwidth.period) / unit;
        constexpr model::int128 one = model::int128{1} << model::bw_shift;
        return period_us == 0 ? 0 : wide(tg.cfs_bandwidth.quota) / unit * one / period_us;
    }
};

} // namespace bwcheck::properties

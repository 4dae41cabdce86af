// All properties, in the order in which they are listed and judged. Adding one is one line here.
#pragma once

#include "properties/arithmetic.hpp"
#include "properties/base.hpp"
#include "properties/consumption.hpp"
#include "properties/counters.hpp"
#include "properties/credits.hpp"
#include "properties/grants.hpp"
#include "properties/hierarchy.hpp"
#include "properties/period_timer.hpp"
#include "properties/pool.hpp"
#include "properties/property_set.hpp"
#include "properties/reach_of_limit.hpp"
#include "properties/slack.hpp"
#include "properties/statistics.hpp"
#include "properties/strengthening.hpp"
#include "properties/tasks.hpp"
#include "properties/throttling.hpp"
#include "properties/users.hpp"
#include "properties/validation.hpp"
#include "properties/waiting.hpp"
#include "properties/writes.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

namespace bwcheck::properties {

using catalogue = std::tuple<
    // arithmetic
    validation_no_wrap, conversion_no_wrap, accepted_iff_valid, accepted_cap_fits, runtime_write_bound, guard_decides,
    refill_no_wrap, refill_exact, distribute_no_wrap, scaling_no_wrap, scaling_keeps_ratio, ratio_no_wrap,
    stored_config_valid, read_back_exact, statistics_no_wrap,
    // pool and throttling
    runtime_capped, runtime_capped_at_refill, conservation, throttled_iff_listed, throttled_in_debt,
    timer_runs_while_throttled, append_leaves_pool_empty, unthrottle_does_not_throttle, no_stale_charge,
    bounded_overuse, distribution_terminates, callback_lengthens_period, throttle_latency, burst_statistics_true,
    throttle_statistics_true, throttled_periods_counted, throttled_time_true,
    // what each step does
    timer_keeps_phase, timer_stops_when_idle, grant_exact, charged_once, runs_only_with_runtime, slack_returned,
    slack_timer_armed, unthrottled_runs, throttled_task_stops, tasks_are_conserved, limit_applies_everywhere,
    write_ends_old_allowance, offline_ends_throttle,
    // what makes them inductive
    marks_consistent, period_in_range, locals_within_slice, configuration_in_range, pool_and_locals_bounded,
    // the interface
    rejected_write_changes_nothing, other_setting_unchanged, write_sets_runtime, read_back_writable,
    write_unthrottles_now, write_latency, no_lost_credit, order_independent_config, full_speed_while_credits,
    drains_to_quota, credits_survive_migration, selftest_usage, conservative, existing_files_suffice,
    // the tree
    hierarchical_quota_true>;

inline constexpr std::size_t catalogue_size = std::tuple_size_v<catalogue>;
static_assert(catalogue_size <= max_properties);

namespace detail {
template <std::size_t... Number>
[[nodiscard]] constexpr auto infos(std::index_sequence<Number...>) {
    return std::array<property_info, sizeof...(Number)>{std::tuple_element_t<Number, catalogue>::info...};
}
} // namespace detail

/// What a person reads about each property, in the catalogue's order.
inline constexpr auto catalogue_infos = detail::infos(std::make_index_sequence<catalogue_size>{});

/// The ids of all properties, in the catalogue's order.
[[nodiscard]] inline std::vector<std::string_view> catalogue_ids() {
    std::vector<std::string_view> ids;
    ids.reserve(catalogue_size);
    for (const property_info& info : catalogue_infos)
        ids.push_back(info.id);
    return ids;
}

/// The place of a property in the catalogue.
[[nodiscard]] constexpr std::optional<std::size_t> property_number(std::string_view id) {
    for (std::size_t number = 0; number < catalogue_size; ++number)
        if (catalogue_infos[number].id == id)
            return number;
    return std::nullopt;
}

/// The place of a definition in the catalogue; one that is not there does not compile.
template <class Property>
inline constexpr std::size_t number_of = property_number(Property::info.id).value();

/// The set of the property with this id, which must be in the catalogue.
[[nodiscard]] constexpr property_set only(std::string_view id) { return only(property_number(id).value()); }

/// Calls visit.operator()<Property>(number) for each property.
template <class Visit>
constexpr void for_each_property(Visit&& visit) {
    [&]<std::size_t... Number>(std::index_sequence<Number...>) {
        (visit.template operator()<std::tuple_element_t<Number, catalogue>>(Number), ...);
    }
    (std::make_index_sequence<catalogue_size>{});
}

/// The properties that can be judged where these histories are kept, as a set.
[[nodiscard]] constexpr property_set catalogue_judgeable_with(unsigned histories) {
    property_set judgeable = 0;
    for (std::size_t number = 0; number < catalogue_size; ++number)
        if (catalogue_infos[number].kind != property_kind::operation &&
            (catalogue_infos[number].needs & ~histories) == 0)
            judgeable |= only(number);
    return judgeable;
}

/// The properties whose definitions let things happen to a copy of the group, as a set.
inline constexpr property_set catalogue_trying_out = [] {
    property_set all = 0;
    for (std::size_t number = 0; number < catalogue_size; ++number)
        all |= catalogue_infos[number].tries_out ? only(number) : 0;
    return all;
}();

/// The properties that are about states and events, as a set of bits: all but those of single operations, which only
/// the prover can judge.
inline constexpr property_set catalogue_observable = catalogue_judgeable_with(~0U);

} // namespace bwcheck::properties

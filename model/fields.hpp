// The list of the state's fields, once, for everyone who handles all of them: packing, comparing, showing.
#pragma once

#include "model/task_group.hpp"

#include <cstdint>
#include <string_view>
#include <tuple>
#include <type_traits>

namespace bwcheck::model {

/// The fields of the state, in the order in which they are visited.
enum class field : std::uint8_t {
    period,
    quota,
    burst,
    runtime,
    runtime_snap,
    hierarchical_quota,
    idle,
    period_active,
    slack_started,
    period_timer,
    slack_timer,
    throttled_cfs_rq,
    cfs_bandwidth_used,
    runtime_remaining,
    runtime_enabled,
    throttled,
    throttled_csd,
    online,
    nr_queued,
    throttled_limbo,
    curr,
    sched_throttle_work,
    unaccounted,
    in_kernel,
    runtime_expires,
    expires_equal,
    nr_periods,
    nr_throttled,
    nr_burst,
    throttled_time,
    burst_time,
    throttled_clock,
    count,
};

/// The kernel's name of a field.
[[nodiscard]] std::string_view to_string(field which);

/// One field of the group, or of each CPU: which it is, and where it is.
template <class Member>
struct field_of {
    constexpr field_of(field name, Member place) : which(name), member(place) {}
    field which;
    Member member;
};

/// The fields that the group's behaviour depends on.
template <arithmetic Num>
inline constexpr auto group_fields = std::tuple{
    field_of{field::period, &cfs_bandwidth<Num>::period},
    field_of{field::quota, &cfs_bandwidth<Num>::quota},
    field_of{field::burst, &cfs_bandwidth<Num>::burst},
    field_of{field::runtime, &cfs_bandwidth<Num>::runtime},
    field_of{field::idle, &cfs_bandwidth<Num>::idle},
    field_of{field::period_active, &cfs_bandwidth<Num>::period_active},
    field_of{field::slack_started, &cfs_bandwidth<Num>::slack_started},
    field_of{field::period_timer, &cfs_bandwidth<Num>::period_timer},
    field_of{field::slack_timer, &cfs_bandwidth<Num>::slack_timer},
    field_of{field::throttled_cfs_rq, &cfs_bandwidth<Num>::throttled_cfs_rq},
};

/// The fields that a CPU's behaviour depends on.
template <arithmetic Num>
inline constexpr auto cpu_fields = std::tuple{
    field_of{field::runtime_remaining, &cfs_rq<Num>::runtime_remaining},
    field_of{field::runtime_enabled, &cfs_rq<Num>::runtime_enabled},
    field_of{field::throttled, &cfs_rq<Num>::throttled},
    field_of{field::throttled_csd, &cfs_rq<Num>::throttled_csd},
    field_of{field::online, &cfs_rq<Num>::online},
    field_of{field::nr_queued, &cfs_rq<Num>::nr_queued},
    field_of{field::throttled_limbo, &cfs_rq<Num>::throttled_limbo},
    field_of{field::curr, &cfs_rq<Num>::curr},
    field_of{field::sched_throttle_work, &cfs_rq<Num>::sched_throttle_work},
    field_of{field::unaccounted, &cfs_rq<Num>::unaccounted},
    field_of{field::in_kernel, &cfs_rq<Num>::in_kernel},
};

/// Calls visit(field, cpu, member...) for each field that the machine's behaviour depends on, with that member of each
/// of `groups`; cpu is no_cpu for the group's. Members are bool, u64, s64, or the throttled_list. Where local runtime
/// does not expire, what belongs to it is left out.
template <class Visit, class First, class... Rest>
constexpr void visit_fields(Visit&& visit, First& first, Rest&... rest) {
    using num = typename std::remove_cvref_t<First>::num;
    const auto visit_group = [&](const auto& one) __attribute__((always_inline)) {
        visit(one.which, no_cpu, first.cfs_bandwidth.*one.member, rest.cfs_bandwidth.*one.member...);
    };
    std::apply([&](const auto&... one) { (visit_group(one), ...); }, group_fields<num>);
    visit(field::cfs_bandwidth_used, no_cpu, first.cfs_bandwidth_used, rest.cfs_bandwidth_used...);
    for (cpu_id cpu = 0; cpu < first.nr_cpus; ++cpu) {
        const auto visit_cpu = [&](const auto& one) __attribute__((always_inline)) {
            visit(one.which, cpu, first.cfs_rq(cpu).*one.member, rest.cfs_rq(cpu).*one.member...);
        };
        std::apply([&](const auto&... one) { (visit_cpu(one), ...); }, cpu_fields<num>);
    }
    if (!first.runtime_expires)
        return;
    visit(field::runtime_expires, no_cpu, first.cfs_bandwidth.runtime_expires, rest.cfs_bandwidth.runtime_expires...);
    for (cpu_id cpu = 0; cpu < first.nr_cpus; ++cpu)
        visit(field::expires_equal, cpu, first.cfs_rq(cpu).expires_equal, rest.cfs_rq(cpu).expires_equal...);
}

/// The same for the fields that only statistics are computed from, and for what the tree is told. Nothing else depends
/// on them, so an exploration may leave them out and still be exact.
template <class Visit, class First, class... Rest>
constexpr void visit_statistics(Visit&& visit, First& first, Rest&... rest) {
    const auto visit_group = [&](field which, auto member) {
        visit(which, no_cpu, first.cfs_bandwidth.*member, rest.cfs_bandwidth.*member...);
    };
    using group = cfs_bandwidth<typename std::remove_cvref_t<First>::num>;
    visit_group(field::runtime_snap, &group::runtime_snap);
    visit_group(field::hierarchical_quota, &group::hierarchical_quota);
    visit_group(field::nr_periods, &group::nr_periods);
    visit_group(field::nr_throttled, &group::nr_throttled);
    visit_group(field::nr_burst, &group::nr_burst);
    visit_group(field::throttled_time, &group::throttled_time);
    visit_group(field::burst_time, &group::burst_time);
    for (cpu_id cpu = 0; cpu < first.nr_cpus; ++cpu)
        visit(field::throttled_clock, cpu, first.cfs_rq(cpu).throttled_clock, rest.cfs_rq(cpu).throttled_clock...);
}

/// Whether two machines agree in every field that behaviour depends on (statistics aside).
template <class Num>
[[nodiscard]] bool same_state(const task_group<Num>& a, const task_group<Num>& b) {
    if (a.nr_cpus != b.nr_cpus)
        return false;
    bool same = true;
    visit_fields([&](field, cpu_id, const auto& of_a, const auto& of_b) { same = same && of_a == of_b; }, a, b);
    return same;
}

} // namespace bwcheck::model

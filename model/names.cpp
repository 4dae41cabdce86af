// The names of steps, branches and guards, as traces and reports show them.
#include "model/step_log.hpp"

#include <array>
#include <cstddef>
#include <string_view>

namespace bwcheck::model {

namespace {

/// One entry of a table: the value stands beside its name, so that a reordered enumeration is noticed.
template <class Enum>
struct named {
    Enum value;
    std::string_view name;
};
// What C++20 deduces by itself, for clang 14, which does not yet.
template <class Enum>
named(Enum, std::string_view) -> named<Enum>;

constexpr std::array step_names{
    named{step::update_curr, "update_curr"},
    named{step::enqueue_entity, "enqueue_entity"},
    named{step::set_next_entity, "set_next_entity"},
    named{step::dequeue_entity, "dequeue_entity"},
    named{step::return_cfs_rq_runtime, "return_cfs_rq_runtime"},
    named{step::throttle_cfs_rq, "throttle_cfs_rq"},
    named{step::throttle_cfs_rq_work, "throttle_cfs_rq_work"},
    named{step::do_sched_cfs_period_timer, "do_sched_cfs_period_timer"},
    named{step::hrtimer_restart, "hrtimer_restart"},
    named{step::distribute_cfs_runtime, "distribute_cfs_runtime"},
    named{step::cfsb_csd_unthrottle, "cfsb_csd_unthrottle"},
    named{step::do_sched_cfs_slack_timer, "do_sched_cfs_slack_timer"},
    named{step::tg_set_cfs_bandwidth, "tg_set_cfs_bandwidth"},
    named{step::tg_set_cfs_bandwidth_cpu, "tg_set_cfs_bandwidth_cpu"},
    named{step::cpu_runtime_write_u64, "cpu_runtime_write_u64"},
    named{step::rq_offline_fair, "rq_offline_fair"},
    named{step::rq_online_fair, "rq_online_fair"},
};

constexpr std::array branch_names{
    named{branch::charge_not_enabled, "charge_not_enabled"},
    named{branch::charge_throttled, "charge_throttled"},
    named{branch::assign_unlimited, "assign_unlimited"},
    named{branch::assign_full, "assign_full"},
    named{branch::assign_partial, "assign_partial"},
    named{branch::assign_pool_empty, "assign_pool_empty"},
    named{branch::throttle_avoided, "throttle_avoided"},
    named{branch::throttled, "throttled"},
    named{branch::grant_full, "grant_full"},
    named{branch::grant_partial, "grant_partial"},
    named{branch::distribute_left_some, "distribute_left_some"},
    named{branch::unthrottle_refused, "unthrottle_refused"},
    named{branch::refill_burst_counted, "refill_burst_counted"},
    named{branch::refill_capped, "refill_capped"},
    named{branch::refill_not_capped, "refill_not_capped"},
    named{branch::timer_started, "timer_started"},
    named{branch::timer_quota_unlimited, "timer_quota_unlimited"},
    named{branch::timer_idle_marked, "timer_idle_marked"},
    named{branch::timer_stopped, "timer_stopped"},
    named{branch::timer_overrun, "timer_overrun"},
    named{branch::period_scaled, "period_scaled"},
    named{branch::period_not_scaled, "period_not_scaled"},
    named{branch::slack_returned, "slack_returned"},
    named{branch::slack_timer_started, "slack_timer_started"},
    named{branch::slack_too_late, "slack_too_late"},
    named{branch::slack_distributed, "slack_distributed"},
    named{branch::slack_nothing, "slack_nothing"},
    named{branch::write_rejected, "write_rejected"},
    named{branch::write_accepted, "write_accepted"},
    named{branch::write_limits, "write_limits"},
    named{branch::write_unlimits, "write_unlimits"},
    named{branch::task_parked, "task_parked"},
    named{branch::task_unparked, "task_unparked"},
};

constexpr std::array guard_names{
    named{guard::parse, "parse"},
    named{guard::period_us_converts, "period_us_converts"},
    named{guard::quota_us_converts, "quota_us_converts"},
    named{guard::burst_us_converts, "burst_us_converts"},
    named{guard::quota_at_least_min, "quota_at_least_min"},
    named{guard::period_at_least_min, "period_at_least_min"},
    named{guard::period_at_most_max, "period_at_most_max"},
    named{guard::quota_within_limit, "quota_within_limit"},
    named{guard::burst_within_quota, "burst_within_quota"},
    named{guard::burst_within_limit, "burst_within_limit"},
    named{guard::burst_and_quota_within_limit, "burst_and_quota_within_limit"},
    named{guard::runtime_within_limit, "runtime_within_limit"},
    named{guard::runtime_within_cap, "runtime_within_cap"},
    named{guard::runtime_not_negative, "runtime_not_negative"},
};

/// Whether a table has each value exactly once and in order, with names that are there and differ.
template <class Enum, std::size_t Size>
consteval bool complete(const std::array<named<Enum>, Size>& table, std::size_t expected) {
    if (Size != expected)
        return false;
    for (std::size_t number = 0; number < Size; ++number) {
        if (static_cast<std::size_t>(table[number].value) != number || table[number].name.empty())
            return false;
        for (std::size_t other = 0; other < number; ++other)
            if (table[other].name == table[number].name)
                return false;
    }
    return true;
}

static_assert(complete(step_names, static_cast<std::size_t>(step::count)));
static_assert(complete(branch_names, static_cast<std::size_t>(branch::count)));
static_assert(complete(guard_names, static_cast<std::size_t>(guard::count)));

/// "?" for what is no value: `count`, which records carry before they are filled in.
template <class Enum, std::size_t Size>
constexpr std::string_view name_in(const std::array<named<Enum>, Size>& table, Enum value) {
    const auto number = static_cast<std::size_t>(value);
    return number < Size ? table[number].name : std::string_view("?");
}

} // namespace

std::string_view to_string(step value) { return name_in(step_names, value); }
std::string_view to_string(branch value) { return name_in(branch_names, value); }
std::string_view to_string(guard value) { return name_in(guard_names, value); }

} // namespace bwcheck::model

// The state's fields: one row each, from which follows whatever is done with all of them. They are packed, compared,
// shown and stored by these rows, so a new field is a member in task_group.hpp and a row here.
//
// The order of the rows is the order in which fields are packed and shown.
#pragma once

#include "model/task_group.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace bwcheck::model {

/// Names a field. Nothing but the order of the rows follows from the order of the values.
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

/// What depends on a field.
enum class field_role : std::uint8_t {
    behaviour, ///< what the machine does next
    expiry,    ///< the same, in kernels where local runtime expires; others do not have the field
    reported,  ///< only what is reported of a step. An exploration keeps it where a history or a property reads it
    statistic, ///< only cpu.stat. An exploration leaves it out
};

/// The numbers of a scope part from which the ranges of fields follow. Times in ns.
struct reachable_numbers {
    std::vector<std::uint64_t> periods; ///< every value that can be in force
    std::vector<std::uint64_t> quotas;  ///< likewise; runtime_inf is one of them
    std::vector<std::uint64_t> bursts;  ///< likewise
    std::int64_t most_runtime = 0;      ///< in the pool
    std::int64_t longest_period = 0;
    std::int64_t most_ratio = 0; ///< quota / period, as to_ratio() has it
    std::int64_t tick = 0;
    std::int64_t slice = 0;
    std::int64_t slack_period = 0;
    std::int64_t most_debt = 0;     ///< of a CPU
    std::int64_t most_lateness = 0; ///< of a timer
    std::int64_t longest_stall = 0; ///< of a period callback
    std::int64_t most_unaccounted = 0;
    std::int64_t most_in_kernel = 0;
};

/// The values that a number may take, both ends included.
struct value_range {
    std::int64_t least = 0;
    std::int64_t most = 1;
};

/// Which change of a field a reader of a trace wants to be told, beside what is told of every step.
enum class field_news : std::uint8_t {
    changes, ///< each
    rises,   ///< only one to a larger value: it falls as time passes
    none,    ///< it follows from the time
};

/// What a row says of a field, whatever the numbers are.
struct field_info {
    field which = field::count;
    std::string_view name; ///< the kernel's
    field_role role = field_role::behaviour;

    /// How a number is packed: as one of an interval...
    value_range (*range)(const reachable_numbers&) = nullptr;
    /// ...or as one of a few values. Exactly one of both is set, unless the number is a statistic.
    const std::vector<std::uint64_t>& (*values)(const reachable_numbers&) = nullptr;
    /// What a reported field is taken to be where it is not kept. The fields that behaviour depends on are there.
    std::int64_t (*left_out)(const task_group<plain>&) = nullptr;
    /// A number above the range is kept as the largest of it: what reads the field asks only how it changes.
    bool saturates = false;

    std::string_view label = {};   ///< how traces call a number; empty: by its name
    std::string_view set = {};     ///< how traces tell that a flag is set; empty: by name and value
    std::string_view cleared = {}; ///< and that it is cleared
    bool of_timers = false;        ///< traces show it in the column of the timers
    field_news news = field_news::changes;
    std::optional<std::int64_t> in_old_traces = {}; ///< what it was in traces that do not have it; empty: all have it

    bool of_cpus = false; ///< each CPU has one; otherwise the group has it. Follows from the member
};

namespace detail {

/// What a row says, and where the field is: in the group's bandwidth, in the group, or in a CPU's run queue.
template <class Owner, class Value>
struct field_row {
    constexpr field_row(Value Owner::*place, const field_info& says) : member(place), info(says) {
        info.of_cpus = requires(const Owner& owner) { owner.runtime_remaining; };
    }

    template <class Group>
    [[nodiscard, gnu::always_inline]] constexpr auto& in(Group& tg, [[maybe_unused]] cpu_id cpu) const {
        if constexpr (requires { tg.cfs_bandwidth.*member; })
            return tg.cfs_bandwidth.*member;
        else if constexpr (requires { tg.cfs_rq(cpu).*member; })
            return tg.cfs_rq(cpu).*member;
        else
            return tg.*member;
    }

    Value Owner::*member;
    field_info info;
};
template <class Owner, class Value>
field_row(Value Owner::*, const field_info&) -> field_row<Owner, Value>;

template <arithmetic Num>
constexpr auto make_field_rows() {
    using group = task_group<Num>;
    using pool = cfs_bandwidth<Num>;
    using queue = cfs_rq<Num>;
    using at = const reachable_numbers&;
    using field_values = const std::vector<std::uint64_t>&;
    using enum field_role;
    using enum field_news;
    return std::tuple{
        field_row{&pool::period,
                  {.which = field::period,
                   .name = "period",
                   .values = [](at r) -> field_values { return r.periods; },
                   .label = "P"}},
        field_row{&pool::quota,
                  {.which = field::quota,
                   .name = "quota",
                   .values = [](at r) -> field_values { return r.quotas; },
                   .label = "Q"}},
        field_row{&pool::burst,
                  {.which = field::burst,
                   .name = "burst",
                   .values = [](at r) -> field_values { return r.bursts; },
                   .label = "B"}},
        field_row{&pool::runtime,
                  {.which = field::runtime,
                   .name = "runtime",
                   .range =
                       [](at r) {
                           return value_range{0, r.most_runtime};
                       },
                   .label = "R"}},
        field_row{&pool::runtime_snap,
                  {.which = field::runtime_snap,
                   .name = "runtime_snap",
                   .role = reported,
                   .range =
                       [](at r) {
                           return value_range{0, r.most_runtime};
                       },
                   // leaves no burst to count
                   .left_out = [](const auto& tg) { return static_cast<std::int64_t>(tg.cfs_bandwidth.runtime); },
                   .label = "S"}},
        field_row{&pool::hierarchical_quota,
                  {.which = field::hierarchical_quota,
                   .name = "hierarchical_quota",
                   .role = reported,
                   .range =
                       [](at r) {
                           return value_range{no_hierarchical_quota, r.most_ratio};
                       },
                   .left_out = [](const auto&) -> std::int64_t { return no_hierarchical_quota; },
                   .in_old_traces = no_hierarchical_quota}},
        field_row{&pool::idle, {.which = field::idle, .name = "idle", .set = "idle", .cleared = "not idle"}},
        field_row{&pool::period_active,
                  {.which = field::period_active,
                   .name = "period_active",
                   .set = "period timer armed",
                   .cleared = "period timer stopped",
                   .of_timers = true}},
        field_row{&pool::slack_started,
                  {.which = field::slack_started,
                   .name = "slack_started",
                   .set = "slack timer armed",
                   .cleared = "slack timer off",
                   .of_timers = true}},
        field_row{&pool::period_timer,
                  {.which = field::period_timer,
                   .name = "period_timer",
                   .range =
                       [](at r) {
                           return value_range{-r.most_lateness, r.longest_period};
                       },
                   .label = "refill in",
                   .of_timers = true,
                   .news = rises}},
        field_row{&pool::slack_timer,
                  {.which = field::slack_timer,
                   .name = "slack_timer",
                   // A period callback that is stalled makes the slack timer wait as well.
                   .range =
                       [](at r) {
                           return value_range{-(r.most_lateness + r.longest_stall), r.slack_period};
                       },
                   .label = "slack timer in",
                   .of_timers = true,
                   .news = rises}},
        field_row{&pool::throttled_cfs_rq, {.which = field::throttled_cfs_rq, .name = "throttled_cfs_rq"}},
        field_row{&group::cfs_bandwidth_used,
                  {.which = field::cfs_bandwidth_used,
                   .name = "cfs_bandwidth_used",
                   .set = "static key on",
                   .cleared = "static key off"}},
        field_row{&queue::runtime_remaining,
                  {.which = field::runtime_remaining,
                   .name = "runtime_remaining",
                   .range =
                       [](at r) {
                           return value_range{-r.most_debt, r.slice > 1 ? r.slice : 1};
                       },
                   .label = "L"}},
        field_row{
            &queue::runtime_enabled,
            {.which = field::runtime_enabled, .name = "runtime_enabled", .set = "limited", .cleared = "not limited"}},
        field_row{&queue::throttled,
                  {.which = field::throttled, .name = "throttled", .set = "throttled", .cleared = "unthrottled"}},
        field_row{
            &queue::throttled_csd,
            {.which = field::throttled_csd, .name = "throttled_csd", .set = "IPI pending", .cleared = "IPI done"}},
        field_row{&queue::online, {.which = field::online, .name = "online", .set = "online", .cleared = "offline"}},
        field_row{&queue::nr_queued,
                  {.which = field::nr_queued, .name = "nr_queued", .set = "queued", .cleared = "dequeued"}},
        field_row{&queue::throttled_limbo,
                  {.which = field::throttled_limbo,
                   .name = "throttled_limbo",
                   .set = "parked",
                   .cleared = "no longer parked"}},
        field_row{&queue::curr, {.which = field::curr, .name = "curr", .set = "runs", .cleared = "stops"}},
        field_row{&queue::sched_throttle_work,
                  {.which = field::sched_throttle_work,
                   .name = "sched_throttle_work",
                   .set = "told to park",
                   .cleared = "not to park any more"}},
        field_row{&queue::unaccounted,
                  {.which = field::unaccounted,
                   .name = "unaccounted",
                   .range =
                       [](at r) {
                           return value_range{0, r.most_unaccounted};
                       },
                   .label = "uncharged",
                   .news = none}},
        field_row{&queue::in_kernel,
                  {.which = field::in_kernel,
                   .name = "in_kernel",
                   .range =
                       [](at r) {
                           return value_range{0, r.most_in_kernel};
                       },
                   .label = "in kernel for",
                   .news = none}},
        field_row{&pool::runtime_expires,
                  {.which = field::runtime_expires,
                   .name = "runtime_expires",
                   .role = expiry,
                   .range =
                       [](at r) {
                           return value_range{-1, r.longest_period};
                       },
                   .label = "expires in"}},
        field_row{&queue::expires_equal,
                  {.which = field::expires_equal,
                   .name = "expires_equal",
                   .role = expiry,
                   .set = "expires with the pool",
                   .cleared = "expires before the pool"}},
        field_row{&pool::nr_periods, {.which = field::nr_periods, .name = "nr_periods", .role = statistic}},
        field_row{&pool::nr_throttled, {.which = field::nr_throttled, .name = "nr_throttled", .role = statistic}},
        field_row{&pool::nr_burst, {.which = field::nr_burst, .name = "nr_burst", .role = statistic}},
        field_row{&pool::throttled_time, {.which = field::throttled_time, .name = "throttled_time", .role = statistic}},
        field_row{&pool::burst_time, {.which = field::burst_time, .name = "burst_time", .role = statistic}},
        field_row{&queue::throttled_clock,
                  {.which = field::throttled_clock,
                   .name = "throttled_clock",
                   .role = reported,
                   // Whether it has run: a CPU may be throttled for ever, and what is done with a wait that was short
                   // is done with a long one.
                   .range =
                       [](at r) {
                           return value_range{0, r.tick};
                       },
                   .left_out = [](const auto&) -> std::int64_t { return 0; },
                   .saturates = true}},
    };
}

} // namespace detail

/// The rows over one family of numbers.
template <arithmetic Num>
inline constexpr auto field_rows = detail::make_field_rows<Num>();

/// What the rows say, by the number of the field.
inline constexpr auto field_infos = std::apply(
    [](const auto&... row) { return std::array<field_info, sizeof...(row)>{row.info...}; }, field_rows<plain>);

namespace detail {

consteval bool fields_are_complete() {
    if (field_infos.size() != static_cast<std::size_t>(field::count))
        return false;
    for (std::size_t number = 0; number < field_infos.size(); ++number) {
        const field_info& row = field_infos[number];
        // Whether left_out is there is not looked at: to GCC's sanitizers no address of a function is a constant.
        if (static_cast<std::size_t>(row.which) != number || row.name.empty())
            return false;
        for (std::size_t other = 0; other < number; ++other)
            if (field_infos[other].name == row.name)
                return false;
    }
    return true;
}
static_assert(fields_are_complete(), "each field has one row, in the order of the enumeration, with a name of its own");

/// The numbers of the rows with that role, of the group or of CPUs.
template <field_role Role, bool OfCpus>
consteval auto chosen_fields() {
    constexpr auto is_chosen = [](const field_info& row) { return row.role == Role && row.of_cpus == OfCpus; };
    constexpr std::size_t size = [&] {
        std::size_t count = 0;
        for (const field_info& row : field_infos)
            count += is_chosen(row) ? 1 : 0;
        return count;
    }();
    std::array<std::size_t, size> numbers{};
    std::size_t filled = 0;
    for (std::size_t number = 0; number < field_infos.size(); ++number)
        if (is_chosen(field_infos[number]))
            numbers[filled++] = number;
    return numbers;
}

/// Visits the rows with these numbers. Inlined into explorations, where each row's attributes are constants then.
template <std::size_t Number, class Visit, class First, class... Rest>
[[gnu::always_inline]] constexpr void visit_row(Visit& visit, cpu_id cpu, First& first, Rest&... rest) {
    constexpr const auto& row = std::get<Number>(field_rows<typename std::remove_cvref_t<First>::num>);
    visit(field_infos[Number].which, cpu, row.in(first, cpu), row.in(rest, cpu)...);
}
template <auto Numbers, std::size_t... Position, class Visit, class... Groups>
[[gnu::always_inline]] constexpr void visit_rows(std::index_sequence<Position...> /*all*/, Visit& visit, cpu_id cpu,
                                                 Groups&... groups) {
    (visit_row<Numbers[Position]>(visit, cpu, groups...), ...);
}

/// Visits the group's fields with that role, and then those of each CPU.
template <field_role Role, class Visit, class First, class... Rest>
[[gnu::always_inline]] constexpr void visit_role(Visit& visit, First& first, Rest&... rest) {
    constexpr auto of_group = chosen_fields<Role, false>();
    visit_rows<of_group>(std::make_index_sequence<of_group.size()>{}, visit, no_cpu, first, rest...);
    constexpr auto of_cpus = chosen_fields<Role, true>();
    if constexpr (of_cpus.size() != 0)
        for (cpu_id cpu = 0; cpu < first.nr_cpus; ++cpu)
            visit_rows<of_cpus>(std::make_index_sequence<of_cpus.size()>{}, visit, cpu, first, rest...);
}

} // namespace detail

/// The row of a field.
[[nodiscard]] constexpr const field_info& info_of(field which) { return field_infos[static_cast<std::size_t>(which)]; }

/// The kernel's name of a field; "?" for `count`.
[[nodiscard]] constexpr std::string_view to_string(field which) {
    return which < field::count ? info_of(which).name : std::string_view("?");
}

/// Calls visit(field, cpu, member...) for each field that the machine's behaviour depends on, with that member of each
/// of `groups`; cpu is no_cpu for the group's. Members are bool, u64, s64, or the throttled_list. Where local runtime
/// does not expire, what belongs to it is left out.
template <class Visit, class First, class... Rest>
[[gnu::always_inline]] constexpr void visit_fields(Visit&& visit, First& first, Rest&... rest) {
    detail::visit_role<field_role::behaviour>(visit, first, rest...);
    if (first.runtime_expires)
        detail::visit_role<field_role::expiry>(visit, first, rest...);
}

/// The same for the fields that are reported, but that nothing depends on.
template <class Visit, class First, class... Rest>
[[gnu::always_inline]] constexpr void visit_reported(Visit&& visit, First& first, Rest&... rest) {
    detail::visit_role<field_role::reported>(visit, first, rest...);
}

/// The same for the reported ones and the counters of cpu.stat: an exploration may leave them out and still be exact.
template <class Visit, class First, class... Rest>
constexpr void visit_statistics(Visit&& visit, First& first, Rest&... rest) {
    visit_reported(visit, first, rest...);
    detail::visit_role<field_role::statistic>(visit, first, rest...);
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

/// Whether two machines of as many CPUs agree in the counters of cpu.stat, and in what else is only reported.
template <class Num>
[[nodiscard]] bool same_statistics(const task_group<Num>& a, const task_group<Num>& b) {
    bool same = true;
    visit_statistics([&](field, cpu_id, const auto& of_a, const auto& of_b) { same = same && of_a == of_b; }, a, b);
    return same;
}

} // namespace bwcheck::model

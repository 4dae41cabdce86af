// What can happen to the machine next: the actions of tasks, time, timers, users and hot-plug. One row each, from which
// traces, random runs and proofs know what an event is about.
#pragma once

#include "model/task_group.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace bwcheck::model {

enum class event_kind : std::uint8_t {
    tick,         ///< time passes: `amount` ns
    wake,         ///< a task wakes up on `cpu`
    sleep,        ///< the running task of `cpu` goes to sleep
    charge,       ///< `cpu` accounts what it executed (the scheduler's tick, or any other update_curr())
    exit_to_user, ///< the task of `cpu`, told to park, returns to user space (since 6.18)
    period_timer, ///< the period timer's callback runs; `amount`: how often it is stalled until it is due again
    slack_timer,  ///< the slack timer's callback runs
    write,        ///< a user writes the scope's write number `index`
    read,         ///< a user reads a file: `index` is the file. Changes nothing
    offline,      ///< `cpu` goes offline
    online,       ///< `cpu` comes back
    walk,         ///< another group's cpu.max is written: __cfs_schedulable() walks the tree and passes this group
    count,
};

/// Who makes an event happen.
enum class event_actor : std::uint8_t {
    time,
    cpu,    ///< the one that the event's `cpu` says
    timers, ///< their callbacks
    user,   ///< through the files
};

/// What an event's `amount` means.
enum class event_amount : std::uint8_t {
    none,
    ns,     ///< how long
    stalls, ///< how often a callback is stalled until its timer is due again
};

/// What an event's `index` means.
enum class event_index : std::uint8_t {
    none,
    write, ///< the number of one of the scope's writes
    file,  ///< a file of the group
};

/// What there is to know about a kind of event.
struct event_info {
    event_kind kind = event_kind::count;
    std::string_view name; ///< as in traces
    event_actor by = event_actor::time;
    event_amount amount = event_amount::none;
    event_index index = event_index::none;
    /// Whether everything that the event can be follows from the state (for_each_event() in environment.hpp).
    bool offered_by_state = false;
    unsigned weight = 0;         ///< how often random runs choose it, among those that can happen
    std::string_view words = {}; ///< in traces for people; empty: the name. Of a time: what it does
};

inline constexpr std::array event_infos{
    event_info{.kind = event_kind::tick,
               .name = "tick",
               .by = event_actor::time,
               .amount = event_amount::ns,
               .weight = 30,
               .words = "pass"},
    event_info{
        .kind = event_kind::wake, .name = "wake", .by = event_actor::cpu, .offered_by_state = true, .weight = 10},
    event_info{
        .kind = event_kind::sleep, .name = "sleep", .by = event_actor::cpu, .offered_by_state = true, .weight = 3},
    event_info{
        .kind = event_kind::charge, .name = "charge", .by = event_actor::cpu, .offered_by_state = true, .weight = 14},
    event_info{.kind = event_kind::exit_to_user,
               .name = "exit_to_user",
               .by = event_actor::cpu,
               .offered_by_state = true,
               .weight = 8,
               .words = "exit to user space"},
    event_info{.kind = event_kind::period_timer,
               .name = "period_timer",
               .by = event_actor::timers,
               .amount = event_amount::stalls,
               .offered_by_state = true,
               .weight = 14,
               .words = "period timer fires"},
    event_info{.kind = event_kind::slack_timer,
               .name = "slack_timer",
               .by = event_actor::timers,
               .offered_by_state = true,
               .weight = 14,
               .words = "slack timer fires"},
    event_info{
        .kind = event_kind::write, .name = "write", .by = event_actor::user, .index = event_index::write, .weight = 3},
    event_info{.kind = event_kind::read, .name = "read", .by = event_actor::user, .index = event_index::file},
    event_info{
        .kind = event_kind::offline, .name = "offline", .by = event_actor::cpu, .offered_by_state = true, .weight = 1},
    event_info{
        .kind = event_kind::online, .name = "online", .by = event_actor::cpu, .offered_by_state = true, .weight = 3},
    event_info{.kind = event_kind::walk,
               .name = "walk",
               .by = event_actor::user,
               .weight = 1,
               .words = "cpu.max of another group is written"},
};

static_assert(
    [] {
        for (std::size_t number = 0; number < event_infos.size(); ++number)
            if (static_cast<std::size_t>(event_infos[number].kind) != number || event_infos[number].name.empty())
                return false;
        return event_infos.size() == static_cast<std::size_t>(event_kind::count);
    }(),
    "each kind of event has one row, in the order of the enumeration");

/// The row of a kind of event.
[[nodiscard]] constexpr const event_info& info_of(event_kind kind) {
    return event_infos[static_cast<std::size_t>(kind)];
}

/// "tick", "wake", ..., as in traces; "?" for `count`.
[[nodiscard]] constexpr std::string_view to_string(event_kind kind) {
    return kind < event_kind::count ? info_of(kind).name : std::string_view("?");
}
[[nodiscard]] constexpr std::optional<event_kind> event_kind_from_string(std::string_view name) {
    for (const event_info& each : event_infos)
        if (each.name == name)
            return each.kind;
    return std::nullopt;
}

struct event {
    event_kind kind = event_kind::tick;
    cpu_id cpu = no_cpu;      ///< who it happens to, if the row says so
    std::uint16_t index = 0;  ///< what the row says
    std::uint64_t amount = 0; ///< what the row says

    friend bool operator==(const event&, const event&) = default;
};

} // namespace bwcheck::model

// What can happen to the machine next: the actions of tasks, time, timers, users and hot-plug.
#pragma once

#include "model/task_group.hpp"

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

/// "tick", "wake", ..., as in traces.
[[nodiscard]] std::string_view to_string(event_kind kind);
[[nodiscard]] std::optional<event_kind> event_kind_from_string(std::string_view name);

struct event {
    event_kind kind = event_kind::tick;
    cpu_id cpu = no_cpu;
    std::uint16_t index = 0;
    std::uint64_t amount = 0;

    friend bool operator==(const event&, const event&) = default;
};

} // namespace bwcheck::model

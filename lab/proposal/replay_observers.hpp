// What of a broken property can be seen from user space, and how.
#pragma once

#include "counterexamples/trace.hpp"
#include "lab/proposal/kernel_replay.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace bwcheck::lab {

/// What the files of the group showed at a moment.
struct files_shown {
    std::string cpu_max;
    std::string cpu_max_burst;
    std::string cpu_max_runtime; ///< empty if there is no such file
    std::string cpu_stat;
};

/// The moments at which a try looks at the files: before the trace's last write, right after it, and at the end.
/// Without a write in the trace, all three are the end.
struct moments {
    files_shown before;
    files_shown after;
    files_shown end;
};

/// What is behind one property.
struct replay_observer {
    std::string_view property;
    bool needs_runtime_file = false;
    /// What is seen lasts until the next refill: the CPU has to be throttled before the last write, and the end is a
    /// while after it.
    bool about_waiting = false;
    replay_sight (*look)(const counterexamples::trace& trace, const moments& seen) = nullptr;
};

/// The observer of a property; null if nothing that user space can read shows it.
[[nodiscard]] const replay_observer* find_observer(std::string_view property);

} // namespace bwcheck::lab

// A program that talks, run under supervision: what it prints is handed on as it comes, and it is ended when it has
// been silent for too long, has run for too long, or has said what was wanted.
#pragma once

#include "text/clock.hpp"

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace bwcheck::programs {

using seconds = std::chrono::duration<double>;

struct time_limits {
    seconds silence{30}; ///< without output
    seconds total{600};
};

enum class ending {
    exited,    ///< by itself
    satisfied, ///< it was ended, because it had said what was wanted
    silent,    ///< it was ended, because nothing came any more
    overdue,   ///< it was ended, because it ran too long
};

struct process_outcome {
    ending how = ending::exited;
    int status = 0; ///< exit status if it exited; 128 + the signal if it was killed by one, as in a shell
    seconds duration{0};
};

/// Called with each piece of output. Returns whether this is enough.
using output_listener = std::function<bool(std::string_view piece)>;

/// Called in the new process, before it becomes the program; must be async-signal-safe. Returns whether to go on.
using preparation = bool (*)();

/// Runs a program (argv[0], looked up in PATH), with standard output and standard error as one stream and nothing to
/// read. Ends the whole process group afterwards. Throws std::system_error if it cannot be started.
process_outcome run_process(const std::vector<std::string>& argv, const time_limits& limits,
                            const output_listener& listen, preparation prepare = nullptr,
                            const text::clock& now = text::steady_seconds);

} // namespace bwcheck::programs

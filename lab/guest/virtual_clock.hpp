// Time on a kernel whose clock belongs to bwcheck (lab/building/additions): it stands still until somebody asks the
// kernel to let it pass, and what a task asks for is exact.
#pragma once

#include <cstdint>

namespace bwcheck::lab::guest {

/// Whether this kernel has such a clock, and runs on it. /proc has to be mounted.
[[nodiscard]] bool has_virtual_clock();

/// The caller executes for so long, ns.
void execute_for(std::uint64_t ns);
/// The caller executes until so much time has passed, ns, whether it had the CPU meanwhile or not.
void execute_until_passed(std::uint64_t ns);
/// The caller sleeps for so long, ns, and not longer.
void sleep_for(std::uint64_t ns);

/// From now on nothing happens together with a tick of the scheduler: it comes half a µs after whole ticks, and scripts
/// have whole µs. And the clock stands at a whole second.
void begin_virtual_time();

} // namespace bwcheck::lab::guest

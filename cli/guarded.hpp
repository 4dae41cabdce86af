// The outermost part of a program: whatever goes wrong becomes one line and an exit status.
#pragma once

#include "cli/exit_status.hpp"

#include <functional>

namespace bwcheck::cli {

/// Runs a command and writes what it printed. Returns what main() is to return.
int guarded(const std::function<exit_status()>& command);

} // namespace bwcheck::cli

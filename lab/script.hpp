// What the guest is to do, one command a line. Both sides read it with the same code: bwcheck before it boots a kernel,
// so that a mistake is told with its line; and the guest.
//
//   mkdir GROUP                       makes a control group below the root of the hierarchy
//   rmdir GROUP                       removes it
//   write GROUP FILE "TEXT"           one write(2) to a file of the group
//   read GROUP FILE                   reads such a file
//   wake GROUP FILE US "TEXT"         waits until no child has executed for so long, writes as `write` does, and
//   answers how
//                                     long after the write's return a child executes
//   child GROUP CPU ACTIVITY... [again]
//                                     makes a process of the group on that CPU, which waits for `go`. An ACTIVITY is
//                                       busy US    executes until so much time has passed
//                                       burn US    executes until it has had so much CPU time
//                                       sleep US   sleeps
//                                     `again`: from the beginning, without end
//   go                                lets all children start, and begins to count time
//   start NUMBER                      lets one child start, by its number since the last `wait` or `kill`, from 0
//   until US                          waits until so long after `go`
//   at US                             waits until the guest's CLOCK_MONOTONIC says so
//   sleep US                          waits
//   wait                              waits until all children have ended
//   kill                              ends all children
//
// Times in µs. Empty lines, and lines that begin with #, say nothing.
#pragma once

#include "text/input_error.hpp"

#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace bwcheck::lab {

enum class verb : std::uint8_t {
    mkdir,
    rmdir,
    write,
    read,
    wake,
    child,
    go,
    start,
    until,
    at,
    sleep,
    wait,
    kill,
    count
};

[[nodiscard]] std::string_view to_string(verb verb);

/// What a child does for a while.
struct activity {
    enum class kind : std::uint8_t { busy, burn, sleep, count };
    kind what = kind::busy;
    std::uint64_t us = 0;

    friend bool operator==(const activity&, const activity&) = default;
};

[[nodiscard]] std::string_view to_string(activity::kind kind);

/// One line of a script. Which members mean something depends on the verb.
struct command {
    verb action = verb::go;
    std::string group;
    std::string file;
    std::string text;
    unsigned cpu = 0;
    std::vector<activity> activities;
    bool again = false;
    std::uint64_t us = 0; ///< a time; of `start`, the number of a child

    friend bool operator==(const command&, const command&) = default;
};

/// The line, without its end.
[[nodiscard]] std::string to_string(const command& command);

/// A script that cannot be read. what() is one line that says where and what would be right.
class script_error : public text::input_error {
public:
    using text::input_error::input_error;
};

/// Calls visit(command) for each command of a script, one after the other: whoever has little memory need not keep
/// them. `source` names the text in errors. Throws script_error where a line cannot be read.
void for_each_command(std::string_view text, std::string_view source, const std::function<void(const command&)>& visit);

/// Reads a script. `source` names the text in errors. Throws script_error.
[[nodiscard]] std::vector<command> parse_script(std::string_view text, std::string_view source);

/// The text of a script, a line for each command.
[[nodiscard]] std::string to_string(const std::vector<command>& script);

/// No wait or activity may be longer, µs.
inline constexpr std::uint64_t longest_wait_us = 600'000'000;
/// No script may wait for a later moment of the guest's clock, µs: a day.
inline constexpr std::uint64_t latest_moment_us = 86'400'000'000;
/// `wake` gives up, with ETIMEDOUT, when its children go on executing for so long, or wait for so long after its write,
/// µs.
inline constexpr std::uint64_t wake_patience_us = 10'000'000;

/// The most that can be written at once; more than the kernel takes, so that this can be tried.
inline constexpr std::size_t longest_text = 16384;

} // namespace bwcheck::lab

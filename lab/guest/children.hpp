// The guest's processes inside control groups: they execute and sleep as a script says.
#pragma once

#include "lab/script.hpp"

#include <sys/types.h>

#include <string>
#include <vector>

namespace bwcheck::lab::guest {

class children {
public:
    children() = default;
    ~children() { kill(); }
    children(const children&) = delete;
    children& operator=(const children&) = delete;

    /// Makes a child in `group` (a path) that waits for go(). Returns an errno, or 0.
    int make(const command& one, const std::string& group);
    /// Lets those that wait begin.
    void go();
    /// Waits until all have ended. Returns their CPU times, µs, with blanks between them.
    std::string wait();
    /// Ends all.
    void kill();

private:
    struct child {
        pid_t pid = -1;
        int go = -1; ///< a byte written here lets it begin; -1: it has begun
    };

    std::vector<child> all_;
};

/// CLOCK_MONOTONIC, µs.
[[nodiscard]] std::uint64_t now_us();
/// Sleeps until then.
void sleep_until_us(std::uint64_t then);

} // namespace bwcheck::lab::guest

// The guest's processes inside control groups: they execute and sleep as a script says.
#pragma once

#include "lab/script.hpp"

#include <sys/types.h>

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

namespace bwcheck::lab::guest {

/// What children write where their parent sees it.
struct signs {
    std::atomic<std::uint64_t> turns{0};   ///< grows while they execute
    std::atomic<bool> watched{false};      ///< set by the parent
    std::atomic<std::uint64_t> seen_us{0}; ///< when one first executed while that was set
};

/// Memory that the processes of the guest share.
class shared_signs {
public:
    /// Throws std::bad_alloc.
    shared_signs();
    ~shared_signs();
    shared_signs(const shared_signs&) = delete;
    shared_signs& operator=(const shared_signs&) = delete;

    signs* operator->() const { return signs_; }
    signs& operator*() const { return *signs_; }

private:
    signs* signs_;
};

class children {
public:
    children() = default;
    ~children() { kill(); }
    children(const children&) = delete;
    children& operator=(const children&) = delete;

    /// Makes a child in `group` (a path) that waits for go(). Returns an errno, or 0.
    int make(const command& command, const std::string& group);
    /// From now on children show several times a ms that they execute, also where time is virtual and a long activity
    /// would otherwise be a single system call.
    void show_often() { shows_often_ = true; }
    /// Lets those that wait begin.
    void go();
    /// Lets one of them begin, by its number in the order of making. Returns an errno, or 0.
    int start(std::size_t number);
    /// Waits until all have ended. Returns their CPU times, µs, with blanks between them.
    std::string wait();
    /// Ends all.
    void kill();

    /// Whether one has executed since this was asked last.
    [[nodiscard]] bool executed();
    /// From now on the first moment is noted at which one executes.
    void watch();
    /// That moment on CLOCK_MONOTONIC, µs; 0: none yet.
    [[nodiscard]] std::uint64_t seen_us() const;

private:
    struct child {
        pid_t pid = -1;
        int go = -1; ///< a byte written here lets it begin; -1: it has begun
    };

    std::vector<child> all_;
    shared_signs signs_;
    bool shows_often_ = false;
    std::uint64_t last_turns_ = 0;
};

/// CLOCK_MONOTONIC, µs.
[[nodiscard]] std::uint64_t now_us();
/// Sleeps until then.
void sleep_until_us(std::uint64_t then);

} // namespace bwcheck::lab::guest

#include "lab/guest/children.hpp"

#include "lab/guest/file_access.hpp"
#include "lab/guest/virtual_clock.hpp"

#include <sched.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <ctime>
#include <new>
#include <utility>

namespace bwcheck::lab::guest {

namespace {

constexpr std::uint64_t usec_per_sec = 1'000'000;
constexpr std::uint64_t nsec_per_usec = 1000;

std::uint64_t read_clock_us(clockid_t which) {
    timespec now{};
    ::clock_gettime(which, &now);
    return static_cast<std::uint64_t>(now.tv_sec) * usec_per_sec +
           static_cast<std::uint64_t>(now.tv_nsec) / nsec_per_usec;
}

void show(signs& shown) {
    ++shown.turns;
    if (shown.watched.exchange(false))
        shown.seen_us = now_us();
}

/// Executes until the clock has advanced so far. Looks at the clock about every 20 µs: under user-mode Linux that is a
/// slow system call.
void execute(clockid_t until, std::uint64_t us, signs& shown) {
    constexpr unsigned turns = 20'000;
    const std::uint64_t end = read_clock_us(until) + us;
    while (read_clock_us(until) < end) {
        for (volatile unsigned turn = 0; turn < turns;)
            turn = turn + 1;
        show(shown);
    }
}

/// The same where time is virtual.
void do_virtually(const activity& what, bool shows_often, signs& shown) {
    constexpr std::uint64_t piece_us = 100;
    if (what.what == activity::kind::sleep) {
        sleep_for(what.us * nsec_per_usec);
        return;
    }
    const auto let_pass = what.what == activity::kind::busy ? execute_until_passed : execute_for;
    if (!shows_often) {
        let_pass(what.us * nsec_per_usec);
        return;
    }
    const std::uint64_t begun = now_us();
    for (std::uint64_t done = 0; done < what.us;) {
        show(shown);
        let_pass(piece_us * nsec_per_usec);
        done = what.what == activity::kind::busy ? now_us() - begun : done + piece_us;
    }
}

[[noreturn]] void live(const command& command, const std::string& group, int ready, int go, bool shows_often,
                       signs& shown) {
    cpu_set_t cpus;
    CPU_ZERO(&cpus);
    CPU_SET(command.cpu, &cpus);
    int error = ::sched_setaffinity(0, sizeof(cpus), &cpus) == 0 ? 0 : errno;
    if (error == 0)
        error = write_once(group + "/cgroup.procs", "0").error;
    static_cast<void>(::write(ready, &error, sizeof(error)) == sizeof(error));
    char unused = 0;
    if (error != 0 || ::read(go, &unused, 1) != 1)
        ::_exit(1);
    const bool virtually = has_virtual_clock();
    do {
        for (const activity& each : command.activities)
            if (virtually)
                do_virtually(each, shows_often, shown);
            else if (each.what == activity::kind::sleep)
                sleep_until_us(now_us() + each.us);
            else
                execute(each.what == activity::kind::busy ? CLOCK_MONOTONIC : CLOCK_PROCESS_CPUTIME_ID, each.us, shown);
    } while (command.again);
    ::_exit(0);
}

} // namespace

std::uint64_t now_us() { return read_clock_us(CLOCK_MONOTONIC); }

void sleep_until_us(std::uint64_t then) {
    // Where time is virtual, a moment that has come already must not cost any.
    if (now_us() >= then)
        return;
    timespec end{};
    end.tv_sec = static_cast<time_t>(then / usec_per_sec);
    end.tv_nsec = static_cast<long>(then % usec_per_sec * nsec_per_usec);
    while (::clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &end, nullptr) == EINTR) {
    }
}

shared_signs::shared_signs() {
    void* const memory = ::mmap(nullptr, sizeof(signs), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        throw std::bad_alloc();
    signs_ = new (memory) signs;
}

shared_signs::~shared_signs() { ::munmap(signs_, sizeof(signs)); }

int children::make(const command& command, const std::string& group) {
    std::array<int, 2> ready{};
    std::array<int, 2> go{};
    if (command.cpu >= CPU_SETSIZE)
        return EINVAL;
    if (::pipe(ready.data()) != 0)
        return errno;
    if (::pipe(go.data()) != 0)
        return errno;
    const pid_t pid = ::fork();
    if (pid == 0) {
        ::close(ready[0]);
        ::close(go[1]);
        live(command, group, ready[1], go[0], shows_often_, *signs_);
    }
    const int fork_error = errno;
    ::close(ready[1]);
    ::close(go[0]);
    int error = pid < 0 ? fork_error : EIO;
    if (pid > 0 && ::read(ready[0], &error, sizeof(error)) != sizeof(error))
        error = EIO;
    ::close(ready[0]);
    if (error != 0) {
        ::close(go[1]);
        if (pid > 0)
            ::waitpid(pid, nullptr, 0);
        return error;
    }
    all_.push_back({.pid = pid, .go = go[1]});
    return 0;
}

void children::go() {
    for (std::size_t number = 0; number < all_.size(); ++number)
        static_cast<void>(start(number));
}

int children::start(std::size_t number) {
    if (number >= all_.size() || all_[number].go < 0)
        return ESRCH;
    const char byte = 0;
    static_cast<void>(::write(all_[number].go, &byte, 1) == 1);
    ::close(std::exchange(all_[number].go, -1));
    return 0;
}

std::string children::wait() {
    std::string times;
    for (const child& each : all_) {
        rusage used{};
        if (each.go >= 0)
            ::close(each.go); // never begun: it ends by itself
        ::wait4(each.pid, nullptr, 0, &used);
        const auto us = static_cast<std::uint64_t>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * usec_per_sec +
                        static_cast<std::uint64_t>(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
        times += (times.empty() ? "" : " ") + std::to_string(us);
    }
    all_.clear();
    return times;
}

bool children::executed() { return std::exchange(last_turns_, signs_->turns.load()) != last_turns_; }

void children::watch() {
    signs_->seen_us = 0;
    signs_->watched = true;
}

std::uint64_t children::seen_us() const { return signs_->seen_us; }

void children::kill() {
    for (const child& each : all_)
        ::kill(each.pid, SIGKILL);
    static_cast<void>(wait());
}

} // namespace bwcheck::lab::guest

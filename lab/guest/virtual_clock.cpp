#include "lab/guest/virtual_clock.hpp"

#include "lab/guest/children.hpp"
#include "lab/guest/file_access.hpp"
#include "lab/virtual_time.hpp"

#include <unistd.h>

#include <string>

namespace bwcheck::lab::guest {

namespace {

void ask(const char* file, std::uint64_t ns) {
    static_cast<void>(write_once(std::string("/proc/bwcheck/") + file, std::to_string(ns)));
}

} // namespace

bool has_virtual_clock() { return ::access("/proc/bwcheck/execute", W_OK) == 0; }

void execute_for(std::uint64_t ns) { ask("execute", ns); }

void execute_until_passed(std::uint64_t ns) { ask("pass", ns); }

void sleep_for(std::uint64_t ns) { ask("sleep", ns); }

void begin_virtual_time() {
    constexpr std::uint64_t usec_per_sec = 1'000'000;
    sleep_until_us(now_us() / usec_per_sec * usec_per_sec + usec_per_sec); // high resolution timers work from now on
    ask("tick_phase", virtual_tick_phase_ns);
    sleep_until_us(now_us() / usec_per_sec * usec_per_sec + usec_per_sec);
}

} // namespace bwcheck::lab::guest

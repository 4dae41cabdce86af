// The only program of the guest: runs the script that came with it in the initramfs, says on the console what came of
// it, and switches the machine off. It stands alone in there, so it is linked statically and mounts what it needs.
#include "lab/answers.hpp"
#include "lab/guest/children.hpp"
#include "lab/guest/file_access.hpp"
#include "lab/guest/virtual_clock.hpp"
#include "lab/guest_paths.hpp"
#include "lab/script.hpp"
#include "lab/virtual_time.hpp"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <ctime>
#include <string>
#include <string_view>

namespace bwcheck::lab::guest {
namespace {

/// The console, written to in large pieces: each write is slow.
class console {
public:
    console() {
        // The kernel has opened these, unless it could not find its console.
        descriptor_ = ::open("/dev/console", O_WRONLY | O_NOCTTY);
        if (descriptor_ < 0)
            descriptor_ = STDOUT_FILENO;
        termios settings{};
        if (::tcgetattr(descriptor_, &settings) == 0) {
            settings.c_oflag &= ~static_cast<tcflag_t>(OPOST);
            ::tcsetattr(descriptor_, TCSANOW, &settings);
        }
        pending_ = "\n";
    }
    ~console() {
        flush();
        ::tcdrain(descriptor_);
    }
    console(const console&) = delete;
    console& operator=(const console&) = delete;

    void say(std::string_view line) {
        constexpr std::size_t enough = 4096;
        pending_ += line;
        if (pending_.size() >= enough)
            flush();
    }
    void flush() {
        std::string_view rest = pending_;
        while (!rest.empty()) {
            const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
            if (written < 0 && errno != EINTR)
                break;
            rest.remove_prefix(static_cast<std::size_t>(written > 0 ? written : 0));
        }
        pending_.clear();
    }

private:
    int descriptor_ = -1;
    std::string pending_;
};

std::string group_path(const std::string& group) { return std::string(hierarchy) + "/" + group; }

int errno_of(int result) { return result == 0 ? 0 : errno; }

/// Why this kernel cannot be used; empty if it can.
std::string prepare_hierarchy() {
    static_cast<void>(::mount("none", "/proc", "proc", 0, nullptr)); // not every kernel has it, or needs it
    if (::mount("none", hierarchy, "cgroup2", 0, nullptr) != 0)
        return "it has no control groups (CONFIG_CGROUPS)";
    if (write_once(group_path("cgroup.subtree_control"), "+cpu").error != 0)
        return "its control groups have no cpu controller (CONFIG_CGROUP_SCHED, CONFIG_FAIR_GROUP_SCHED)";
    const std::string limited = group_path(limited_group);
    if (::mkdir(limited.c_str(), 0755) != 0)
        return "no control group can be made";
    if (read_all(limited + "/cpu.max").error != 0)
        return "it has no CFS bandwidth control (CONFIG_CFS_BANDWIDTH)";
    // The first limit of a kernel switches bandwidth control on, and the last one that goes away switches it off, each
    // by patching the kernel's code while it runs (static key __cfs_bandwidth_used). A script does that thousands of
    // times, and QEMU's emulation before 8.1 does not always follow: the guest then falls silent. With one limit that
    // stays, it happens once.
    static_cast<void>(write_once(limited + "/cpu.max", "1000000 1000000"));
    return "";
}

guest_hello introduce() {
    guest_hello hello;
    utsname names{};
    ::uname(&names);
    hello.release = names.release;
    cpu_set_t cpus;
    if (::sched_getaffinity(0, sizeof(cpus), &cpus) == 0)
        hello.nr_cpus = static_cast<std::uint64_t>(CPU_COUNT(&cpus));
    hello.page_size = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    timespec tick{};
    if (::clock_getres(CLOCK_MONOTONIC_COARSE, &tick) == 0)
        hello.tick_ns = static_cast<std::uint64_t>(tick.tv_nsec);
    hello.trouble = prepare_hierarchy();
    return hello;
}

/// So that it comes to its turn at once beside busy children, which do not inherit this.
void take_precedence() {
    sched_param first{};
    first.sched_priority = 1;
    ::sched_setscheduler(0, SCHED_FIFO | SCHED_RESET_ON_FORK, &first);
}

class runner {
public:
    explicit runner(console& out) : out_(out) {}

    /// bwcheck has read the script before; it ends where it cannot be read now.
    void run(std::string_view script) {
        try {
            for_each_command(script, "script", [this](const command& command) {
                if (command.action == verb::wake)
                    children_.show_often();
            });
            for_each_command(script, "script", [this](const command& command) {
                answer said;
                said.number = count_;
                const access_result result = obey(command);
                said.error = result.error;
                said.value = result.value;
                said.time_us = now_us();
                out_.say(to_string(said));
                ++count_;
            });
        } catch (const script_error& error) {
            out_.say(error.what());
            return;
        }
        children_.kill();
        out_.say(to_string(guest_end{count_}));
    }

private:
    access_result obey(const command& command) {
        const std::string group = group_path(command.group);
        switch (command.action) {
        case verb::mkdir:
            return {errno_of(::mkdir(group.c_str(), 0755)), ""};
        case verb::rmdir:
            return {errno_of(::rmdir(group.c_str())), ""};
        case verb::write:
            return write_once(group + "/" + command.file, command.text);
        case verb::read:
            return read_all(group + "/" + command.file);
        case verb::wake:
            out_.flush();
            return wake(command, group + "/" + command.file);
        case verb::child:
            return {make_child(command, group), ""};
        case verb::go:
            out_.flush();
            origin_us_ = now_us();
            children_.go();
            return {};
        case verb::start:
            out_.flush();
            return {children_.start(command.us), ""};
        case verb::until:
            out_.flush();
            sleep_until_us(origin_us_ + command.us);
            return {};
        case verb::at:
            out_.flush();
            sleep_until_us(command.us);
            return {};
        case verb::sleep:
            out_.flush();
            sleep_until_us(now_us() + command.us);
            return {};
        case verb::wait:
            out_.flush();
            return {0, children_.wait()};
        case verb::kill:
            children_.kill();
            return {};
        case verb::count:
            break;
        }
        return {ENOSYS, ""};
    }

    int make_child(const command& command, const std::string& group) {
        const int error = children_.make(command, group);
        // So that it waits, and is not merely about to: this process goes before it.
        if (error == 0 && has_virtual_clock())
            sleep_until_us(now_us() + child_takes_us);
        return error;
    }

    /// Measures how long after a write a child executes. The children must be waiting for it.
    access_result wake(const command& command, const std::string& file) {
        constexpr std::uint64_t look_again_us = 500;
        std::uint64_t quiet_since = now_us();
        const std::uint64_t give_up = quiet_since + command.us + wake_patience_us;
        while (now_us() < quiet_since + command.us) {
            sleep_until_us(now_us() + look_again_us);
            if (children_.executed())
                quiet_since = now_us();
            if (now_us() > give_up)
                return {ETIMEDOUT, ""};
        }
        access_result written = write_once(file, command.text);
        const std::uint64_t returned = now_us();
        if (written.error != 0)
            return {written.error, ""};
        children_.watch();
        while (children_.seen_us() == 0) {
            if (now_us() > returned + wake_patience_us)
                return {ETIMEDOUT, ""};
            sleep_until_us(now_us() + look_again_us);
        }
        return {0, std::to_string(children_.seen_us() - returned)};
    }

    console& out_;
    children children_;
    std::uint64_t origin_us_ = now_us();
    std::uint64_t count_ = 0;
};

void run_script() {
    console out;
    const guest_hello hello = introduce();
    const std::string script = hello.trouble.empty() ? read_all(script_path).value : "";
    out.say(to_string(hello));
    out.flush();
    take_precedence();
    if (has_virtual_clock())
        begin_virtual_time();
    runner(out).run(script);
}

} // namespace
} // namespace bwcheck::lab::guest

int main() {
    bwcheck::lab::guest::run_script();
    ::sync();
    ::reboot(RB_POWER_OFF);
    ::reboot(RB_AUTOBOOT);
    return 0;
}

#include "lab/boot.hpp"

#include "lab/host_pressure.hpp"
#include "lab/initramfs.hpp"
#include "lab/lab_error.hpp"
#include "lab/scratch_directory.hpp"
#include "lab/xstate_filter.hpp"
#include "text/printable.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <fstream>
#include <system_error>

namespace bwcheck::lab {

namespace {

constexpr double usec_per_sec = 1e6;

/// What a kernel prints before it panics because it cannot start the guest's program: it found no file system, or one
/// without a program (init/do_mounts.c, init/main.c).
constexpr std::array<std::string_view, 2> without_program{"Unable to mount root fs", "No working init found"};

std::string how_it_ended(const programs::process_outcome& done, const programs::time_limits& limits) {
    switch (done.how) {
    case programs::ending::silent:
        return fmt::format("said nothing for {:.0f} s", limits.silence.count());
    case programs::ending::overdue:
        return fmt::format("did not come to its end in {:.0f} s", limits.total.count());
    case programs::ending::exited:
    case programs::ending::satisfied:
        break;
    }
    return fmt::format("ended early, with status {}", done.status);
}

void write_initramfs(const std::filesystem::path& file, const std::vector<command>& script) {
    std::ofstream out(file, std::ios::binary);
    out << guest_initramfs(to_string(script));
    out.close();
    if (!out)
        throw lab_error(fmt::format("{}: cannot be written; is the disk full?", file.string()));
}

} // namespace

programs::time_limits waits_of(const std::vector<command>& script) {
    std::uint64_t longest = 0;
    std::uint64_t sum = 0;
    std::uint64_t activities = 0;
    std::uint64_t until = 0;
    std::uint64_t clock = 0;
    for (const command& command : script) {
        std::uint64_t waits = 0;
        if (command.action == verb::child) {
            for (const activity& each : command.activities)
                activities += each.us;
        } else if (command.action == verb::wake) {
            waits = command.us + 2 * wake_patience_us;
        } else if (command.action == verb::wait) {
            waits = activities;
        } else if (command.action == verb::sleep) {
            waits = command.us;
        } else if (command.action == verb::at) {
            waits = command.us - std::min(command.us, clock);
            clock = std::max(clock, command.us);
        } else if (command.action == verb::until) {
            waits = command.us - std::min(command.us, until);
            until = std::max(until, command.us);
        } else if (command.action == verb::go) {
            until = 0;
        }
        if (command.action == verb::wait || command.action == verb::kill)
            activities = 0;
        longest = std::max(longest, waits);
        sum += waits;
    }
    return {.silence = programs::seconds(static_cast<double>(longest) / usec_per_sec),
            .total = programs::seconds(static_cast<double>(sum) / usec_per_sec)};
}

std::string last_lines(const std::string& console) {
    constexpr std::size_t most_lines = 10;
    constexpr std::size_t longest_line = 160;
    std::vector<std::string> lines;
    for (std::size_t begin = 0; begin < console.size();) {
        const std::size_t end = std::min(console.find('\n', begin), console.size());
        std::string line = console.substr(begin, end - begin);
        while (line.ends_with('\r'))
            line.pop_back();
        if (!line.empty())
            lines.push_back(text::printable(line, longest_line));
        begin = end + 1;
    }
    std::string text;
    for (std::size_t number = lines.size() - std::min(lines.size(), most_lines); number < lines.size(); ++number)
        text += "  | " + lines[number] + "\n";
    return text;
}

namespace {

/// One attempt to boot.
class booting {
public:
    booting(const kernel_image& kernel, const std::vector<command>& script, const boot_options& options,
            const answer_listener& listen)
        : kernel_(kernel), script_(script), options_(options), listen_(listen) {
        const programs::time_limits waits = waits_of(script);
        limits_ = {.silence = options.limits.silence + waits.silence, .total = options.limits.total + waits.total};
    }

    void run(programs::preparation prepare) {
        const scratch_directory scratch;
        const auto initramfs = scratch.path() / "initramfs";
        write_initramfs(initramfs, script_);
        const host_pressure pressure;
        begin_ = std::chrono::steady_clock::now();
        try {
            done_ = programs::run_process(
                boot_command(kernel_, options_.machine, initramfs, scratch.path()), limits_,
                [this](std::string_view piece) { return take(piece); }, prepare);
        } catch (const std::system_error& error) {
            throw lab_error(fmt::format("{}: cannot be started: {}", kernel_.name, error.code().message()));
        }
        host_busy_ = pressure.waited();
    }

    /// It died for want of xstate_filter.hpp.
    [[nodiscard]] bool wants_xstate_filter() const {
        return kernel_.how == platform::user_mode && !reader_.hello() &&
               console_.find(needs_xstate_filter) != std::string::npos;
    }

    /// How it broke off, without an answer that tells why; empty if it did not.
    [[nodiscard]] std::string broken_off() const {
        if (!reader_.trouble().empty() || !why_unusable().empty() || reader_.ended() ||
            done_.how == programs::ending::overdue)
            return "";
        return how_it_went();
    }

    [[nodiscard]] boot_result result() const {
        if (!reader_.trouble().empty())
            fail(reader_.trouble());
        if (const std::string why = why_unusable(); !why.empty())
            throw lab_error(why);
        if (!reader_.ended())
            fail(how_it_went());
        if (reader_.answers().size() != script_.size())
            fail(fmt::format("gave {} answers to {} commands", reader_.answers().size(), script_.size()));
        return {.hello = *reader_.hello(),
                .answers = reader_.answers(),
                .boot = boot_,
                .total = done_.duration,
                .host_busy = host_busy_};
    }

private:
    [[nodiscard]] std::string how_it_went() const {
        return fmt::format("{} after {} of {} answers", how_it_ended(done_, limits_), reader_.answers().size(),
                           script_.size());
    }
    /// Empty if it can be used, or did not come so far as to tell.
    [[nodiscard]] std::string why_unusable() const {
        const auto& hello = reader_.hello();
        if (!hello && std::any_of(without_program.begin(), without_program.end(), [&](std::string_view message) {
                return console_.find(message) != std::string::npos;
            }))
            return fmt::format("{} cannot be used: it does not start the program that it is given in an initramfs "
                               "(CONFIG_BLK_DEV_INITRD, CONFIG_BINFMT_ELF)",
                               kernel_.name);
        if (!hello || hello->trouble.empty())
            return "";
        return fmt::format("{} (Linux {}) cannot be used: {}", kernel_.name, text::printable(hello->release),
                           text::printable(hello->trouble));
    }
    bool take(std::string_view piece) {
        console_ += piece;
        reader_.take(piece);
        if (reader_.hello() && boot_.count() == 0)
            boot_ = std::chrono::steady_clock::now() - begin_;
        if (listen_)
            listen_(reader_.answers().size());
        return reader_.ended() || !reader_.trouble().empty();
    }
    [[noreturn]] void fail(const std::string& message) const {
        throw boot_error(fmt::format("{} {}", kernel_.name, message), last_lines(console_));
    }

    const kernel_image& kernel_;
    const std::vector<command>& script_;
    const boot_options& options_;
    const answer_listener& listen_;
    programs::time_limits limits_;
    std::chrono::steady_clock::time_point begin_;
    answer_reader reader_;
    std::string console_;
    programs::process_outcome done_;
    programs::seconds boot_{0};
    std::optional<double> host_busy_;
};

} // namespace

boot_result boot(const kernel_image& kernel, const std::vector<command>& script, const boot_options& options,
                 const answer_listener& listen) {
    // What one kernel needs on this machine, the next one of this run will need too.
    static std::atomic<programs::preparation> prepare{nullptr};
    std::optional<booting> attempt;
    const auto try_out = [&] {
        attempt.emplace(kernel, script, options, listen);
        attempt->run(kernel.how == platform::user_mode ? prepare.load() : nullptr);
    };
    try_out();
    if (attempt->wants_xstate_filter() && prepare.load() == nullptr) {
        prepare = refuse_xstate_regset;
        try_out();
    }
    if (const std::string difference = attempt->broken_off(); !difference.empty()) {
        if (options.tell)
            options.tell(fmt::format("{} {}; booting it once more", kernel.name, difference));
        try_out();
    }
    return attempt->result();
}

} // namespace bwcheck::lab

#include "lab/proposal/kernel_replay.hpp"

#include "lab/errno_name.hpp"
#include "lab/lab_error.hpp"
#include "lab/proposal/replay_observers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <map>
#include <sstream>

namespace bwcheck::lab {

namespace {

using counterexamples::trace;
using model::event_kind;

constexpr std::string_view replayed_group = "replayed";
constexpr std::uint64_t usec = 1000; // ns
/// What a ns of a scope with small numbers becomes, µs.
constexpr std::uint64_t scaled_us = 50'000;
/// A CPU notices that its runtime is used up after a slice and a tick at the latest. And a while in which a task that
/// may execute is seen to have executed: the scheduler's clock of user-mode Linux advances with the tick, 10 ms.
constexpr std::uint64_t noticed_us = 20'000;
constexpr std::uint64_t a_while_us = 25'000;
/// A task that goes to sleep right after a write is given time to see it.
constexpr std::uint64_t order_us = 500;
constexpr std::uint64_t settled_us = 2'000;
/// The callback makes the period longer at its fourth pass.
constexpr std::uint64_t stalls_that_scale = 3;

constexpr std::array shown_files{"cpu.max", "cpu.max.burst", "cpu.max.runtime", "cpu.stat"};

bool has_kernel_constants(const trace& trace) {
    const auto& given = trace.part.constants;
    const model::constants<model::plain> kernel;
    return given.nsec_per_usec == kernel.nsec_per_usec &&
           given.sched_cfs_bandwidth_slice == kernel.sched_cfs_bandwidth_slice &&
           given.default_cfs_period == kernel.default_cfs_period;
}

std::size_t last_write_of(const trace& trace) {
    std::size_t last = trace.steps.size();
    for (std::size_t number = 0; number < trace.steps.size(); ++number)
        if (trace.steps[number].event.kind == event_kind::write)
            last = number;
    return last;
}

/// In µs, each number made `factor` times as large.
std::string scaled_text(const std::string& text, std::uint64_t factor) {
    if (factor == 1)
        return text;
    std::istringstream words(text);
    std::string scaled;
    for (std::string word; words >> word;) {
        const bool is_number = word.find_first_not_of("0123456789") == std::string::npos;
        scaled += (scaled.empty() ? "" : " ") + (is_number ? std::to_string(std::stoull(word) * factor) : word);
    }
    return scaled;
}

class script_writer {
public:
    script_writer(const trace& trace, bool scaled)
        : what_(trace), factor_(scaled ? scaled_us : 1), ns_per_us_(scaled ? 1 : usec),
          waits_(find_observer(trace.property)->about_waiting) {}

    replay_plan write() {
        add(verb::mkdir);
        add_children();
        for (const auto& setup : what_.part.setup)
            add_write(setup);
        add(verb::go);
        const std::size_t last = last_write_of(what_);
        std::uint64_t now = 0;
        for (std::size_t number = 0; number < what_.steps.size(); ++number) {
            const model::event& event = what_.steps[number].event;
            if (event.kind == event_kind::tick)
                now += us_of(event.amount);
            if (event.kind != event_kind::write)
                continue;
            add_time(verb::until, now);
            if (number == last)
                look_before_last_write();
            add_write(what_.part.writes.at(event.index));
            if (number == last) {
                look();
                if (waits_)
                    break;
            }
        }
        if (waits_) {
            add_time(verb::sleep, a_while_us);
        } else {
            add_time(verb::until, now);
            if (!children_.empty())
                add_time(verb::sleep, 2 * order_us);
        }
        look();
        add(verb::kill);
        add(verb::rmdir);
        plan_.us = now + noticed_us + a_while_us;
        plan_.scaled = factor_ != 1;
        return std::move(plan_);
    }

private:
    [[nodiscard]] std::uint64_t us_of(std::uint64_t ns) const { return ns * factor_ / ns_per_us_; }

    command& add(verb verb) {
        command command;
        command.action = verb;
        command.group = replayed_group;
        plan_.script.push_back(std::move(command));
        return plan_.script.back();
    }
    void add_write(const model::scope_write& written) {
        command& command = add(verb::write);
        command.file = to_string(written.file);
        command.text = scaled_text(written.text, factor_);
    }
    void add_time(verb verb, std::uint64_t us) { add(verb).us = us; }
    void look() {
        for (const char* file : shown_files)
            add(verb::read).file = file;
    }
    void look_before_last_write() {
        if (waits_)
            add_time(verb::sleep, noticed_us);
        look();
    }

    /// One child a CPU, which is busy from each wake to the next sleep.
    void add_children() {
        struct course {
            std::vector<activity> activities;
            std::uint64_t since = 0;
            bool busy = false;
        };
        std::map<model::cpu_id, course> courses;
        std::uint64_t now = 0;
        std::uint64_t written = 1; // never
        for (const auto& step : what_.steps) {
            const model::event& event = step.event;
            if (event.kind == event_kind::tick)
                now += us_of(event.amount);
            if (event.kind == event_kind::write)
                written = now;
            if (event.kind != event_kind::wake && event.kind != event_kind::sleep)
                continue;
            course& one = courses[event.cpu];
            const std::uint64_t until = event.kind == event_kind::sleep && written == now ? now + order_us : now;
            one.activities.push_back(
                {one.busy ? activity::kind::busy : activity::kind::sleep, until - std::min(until, one.since)});
            one.since = until;
            one.busy = event.kind == event_kind::wake;
        }
        for (auto& [cpu, one] : courses) {
            one.activities.push_back({one.busy ? activity::kind::busy : activity::kind::sleep, longest_wait_us});
            command& child = add(verb::child);
            child.cpu = static_cast<unsigned>(cpu);
            child.activities = one.activities;
            children_.push_back(cpu);
        }
        // So that they wait, and are not merely about to, when the group gets its limits.
        if (!children_.empty())
            add_time(verb::sleep, settled_us);
    }

    const trace& what_;
    std::uint64_t factor_;
    std::uint64_t ns_per_us_;
    bool waits_;
    std::vector<model::cpu_id> children_;
    replay_plan plan_;
};

} // namespace

std::string why_not_reachable(const trace& trace, unsigned nr_cpus) {
    if (trace.steps.empty())
        return "it has no steps: the setup breaks the property, before anything is looked at";
    for (std::size_t number = 0; number < trace.steps.size(); ++number) {
        const model::event& event = trace.steps[number].event;
        if (event.kind == event_kind::period_timer && event.amount >= stalls_that_scale)
            return fmt::format(
                "step {}: the period timer's callback is stalled {} times while it runs, which a hypervisor "
                "can do to a kernel, but not user space",
                number + 1, event.amount);
        if (event.kind == event_kind::offline || event.kind == event_kind::online)
            return fmt::format("step {}: a CPU goes offline or comes back, which the guest does not do", number + 1);
        if (event.cpu != model::no_cpu && static_cast<unsigned>(event.cpu) >= nr_cpus)
            return fmt::format("step {}: needs cpu{}, and the kernel has {} CPU{}", number + 1, event.cpu, nr_cpus,
                               nr_cpus == 1 ? "" : "s");
    }
    const replay_observer* const observer = find_observer(trace.property);
    if (observer == nullptr)
        return "nothing that user space can read shows it: it is about the kernel's own state";
    if (!has_kernel_constants(trace) && !observer->about_waiting)
        return fmt::format("the constants of its scope, {}, are not the kernel's", trace.scope);
    if (observer->about_waiting && has_kernel_constants(trace)) {
        const auto* const period = counterexamples::find_field(trace.steps.back().state, model::field::period);
        const std::uint64_t lasts_us = period == nullptr ? 0 : std::get<std::uint64_t>(*period) / usec;
        if (lasts_us < noticed_us + a_while_us)
            return fmt::format(
                "it lasts until the next refill, at most {} us, which is less than a kernel takes to notice "
                "that a task has used up its runtime",
                lasts_us);
    }
    return "";
}

replay_plan plan_replay(const trace& trace) { return script_writer(trace, !has_kernel_constants(trace)).write(); }

replay_sight look_at(const trace& trace, const replay_plan& plan, std::span<const answer> answers) {
    std::vector<files_shown> shown;
    std::size_t position = shown_files.size();
    for (std::size_t number = 0; number < plan.script.size(); ++number) {
        const command& command = plan.script[number];
        const answer& said = answers[number];
        const bool no_runtime_file = said.error == ENOENT && command.file == "cpu.max.runtime";
        if (command.action == verb::write && said.error != 0)
            return {false,
                    fmt::format("\"{}\" written to {} is answered with {}", command.text, command.file,
                                no_runtime_file ? "ENOENT: the kernel has no such file" : errno_name(said.error))};
        if (said.error != 0 && !no_runtime_file)
            throw lab_error(fmt::format("\"{}\" failed with {}", to_string(command), errno_name(said.error)));
        if (command.action != verb::read)
            continue;
        if (position == shown_files.size()) {
            shown.emplace_back();
            position = 0;
        }
        files_shown& last = shown.back();
        const std::array places{&last.cpu_max, &last.cpu_max_burst, &last.cpu_max_runtime, &last.cpu_stat};
        *places.at(position++) = said.value;
    }
    const replay_observer* const observer = find_observer(trace.property);
    if (observer->needs_runtime_file && shown.back().cpu_max_runtime.empty())
        return {false, "the kernel has no cpu.max.runtime, which would show it"};
    return observer->look(trace, {shown.front(), shown.size() > 1 ? shown[1] : shown.front(), shown.back()});
}

std::size_t tries_within(const replay_plan& plan, std::uint64_t total_us) {
    constexpr std::uint64_t most = 20;
    return static_cast<std::size_t>(std::clamp<std::uint64_t>(total_us / std::max<std::uint64_t>(1, plan.us), 1, most));
}

} // namespace bwcheck::lab

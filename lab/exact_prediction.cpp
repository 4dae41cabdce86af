#include "lab/exact_prediction.hpp"

#include "lab/answers.hpp"
#include "lab/model_group.hpp"
#include "lab/simulation.hpp"
#include "lab/virtual_time.hpp"
#include "lab/write_sequence.hpp"

#include <algorithm>
#include <cerrno>
#include <limits>
#include <memory>

namespace bwcheck::lab {

namespace {

using model::event_kind;

constexpr std::uint64_t no_moment = std::numeric_limits<std::uint64_t>::max();

/// A timer of the kernel. Those that are due together expire in the order in which they were started.
struct high_resolution_timer {
    std::uint64_t expires = no_moment; ///< ns; no_moment: it is not started
    std::uint64_t started = 0;         ///< counts all that were
};

/// A group of the script, with what the model leaves to its surroundings.
struct scripted_group {
    std::string name;
    std::unique_ptr<model_group> group;
    high_resolution_timer period_timer;
    high_resolution_timer slack_timer;
    std::uint64_t period_expiry = 0; ///< hrtimer_get_expires(), also of a stopped timer; 0 in a new group, until 6.3
    std::uint64_t usage_ns = 0;      ///< cpu.stat
    bool killed = false;             ///< its children were, which nobody predicts

    [[nodiscard]] const auto& cfs_b() const { return group->tg().cfs_bandwidth; }
    [[nodiscard]] const auto& cfs_rq() const { return group->tg().cfs_rq(0); }
    [[nodiscard]] bool executes() const { return cfs_rq().curr; }
};

struct scripted_child {
    std::shared_ptr<scripted_group> in{};
    const command* made_by = nullptr;
    bool begun = false;
    bool ended = false;
    bool asleep = false;
    std::size_t next = 0;   ///< its next activity
    std::uint64_t end = 0;  ///< of the present one, if it is `busy`
    std::uint64_t left = 0; ///< of the present one, if it is `burn`
    bool burns = false;
    high_resolution_timer sleep_timer{}; ///< while asleep

    [[nodiscard]] bool ready() const { return begun && !ended && !asleep; }
};

class exact_run {
public:
    exact_run(std::string_view revision, const std::vector<command>& script, std::uint64_t tick_ns)
        : revision_(revision), script_(script), tick_ns_(tick_ns) {}

    [[nodiscard]] std::vector<expected_answer> run() {
        for (const command& each : script_) {
            expected_answer said = obey(each);
            if (clock_known_)
                said.time_us = now_ / nsec_per_usec;
            said_.push_back(std::move(said));
        }
        return std::move(said_);
    }

private:
    expected_answer obey(const command& command) {
        switch (command.action) {
        case verb::at:
            if (said_.empty())
                begin_at(command.us * nsec_per_usec);
            else
                run_until(command.us * nsec_per_usec);
            return {.value = ""};
        case verb::sleep:
            if (!clock_known_)
                throw beyond_the_model("how-children-die");
            run_until(now_ / nsec_per_usec * nsec_per_usec + command.us * nsec_per_usec);
            return {.value = ""};
        case verb::until:
            run_until(origin_ + command.us * nsec_per_usec);
            return {.value = ""};
        case verb::mkdir:
            return make_group(command.group);
        case verb::rmdir:
            return remove_group(command.group);
        case verb::write:
            return write(command);
        case verb::read:
            return read(command);
        case verb::child:
            return make_child(command);
        case verb::go:
            origin_ = now_ / nsec_per_usec * nsec_per_usec;
            for (scripted_child& each : children_)
                if (!each.begun)
                    wake(each);
            return {.value = ""};
        case verb::start:
            if (command.us >= children_.size() || children_[command.us].begun)
                return {.error = ESRCH, .value = ""};
            wake(children_[command.us]);
            return {.value = ""};
        case verb::wait:
            wait_for_children();
            return {};
        case verb::kill:
            for (scripted_child& each : children_)
                each.in->killed = true;
            clock_known_ = clock_known_ && children_.empty(); // how a child dies is not told
            children_.clear();
            return {.value = ""};
        case verb::wake:
        case verb::count:
            break;
        }
        throw beyond_the_model("delays");
    }

    void begin_at(std::uint64_t moment) {
        now_ = moment;
        tick_.expires = moment / tick_ns_ * tick_ns_ + virtual_tick_phase_ns;
        if (tick_.expires <= moment)
            tick_.expires += tick_ns_;
    }

    [[nodiscard]] std::shared_ptr<scripted_group> group_named(std::string_view name) const {
        for (const auto& each : groups_)
            if (each->name == name)
                return each;
        return nullptr;
    }

    expected_answer make_group(const std::string& name) {
        if (group_named(name) != nullptr)
            return {.error = EEXIST, .value = ""};
        if (name.find('/') != std::string::npos)
            throw beyond_the_model("nested-groups");
        groups_.push_back(std::make_shared<scripted_group>());
        groups_.back()->name = name;
        groups_.back()->group = make_model_group(revision_);
        return {.value = ""};
    }

    expected_answer make_child(const command& command) {
        const auto group = group_named(command.group);
        if (group == nullptr)
            return {.error = ENOENT, .value = ""};
        if (group->cfs_b().quota != model::runtime_inf || nr_ready(*group) > 0)
            throw beyond_the_model("tasks-that-move");
        run_until(now_ + child_takes_us * nsec_per_usec);
        children_.push_back({.in = group, .made_by = &command});
        return {.value = ""};
    }

    expected_answer remove_group(const std::string& name) {
        const auto group = group_named(name);
        if (group == nullptr)
            return {.error = ENOENT, .value = ""};
        for (const scripted_child& each : children_)
            if (each.in == group && !each.ended)
                return {.error = EBUSY, .value = ""};
        std::erase(groups_, group);
        return {.value = ""};
    }

    expected_answer write(const command& command) {
        const auto group = group_named(command.group);
        if (group == nullptr)
            return {.error = ENOENT, .value = ""};
        for (const model::file_info& each : model::file_infos())
            if (each.name == command.file) {
                prepare(*group);
                const model::status status = group->group->write({each.which, command.text});
                settle(*group);
                if (status == model::status::ok)
                    return {.value = std::to_string(command.text.size())};
                return {.error = errno_of(status), .value = ""};
            }
        throw beyond_the_model("other-files");
    }

    [[nodiscard]] expected_answer read(const command& command) const {
        const auto group = group_named(command.group);
        if (group == nullptr)
            return {.error = ENOENT, .value = ""};
        if (group->killed)
            return {};
        if (command.file == "cpu.stat")
            return {.values = statistics_of(*group)};
        if (command.file == bandwidth_state_file)
            return {.values = state_of(*group)};
        for (const model::file_info& each : model::file_infos())
            if (each.name == command.file) {
                if (!model::file_exists(*group->group->tg().kernel, each.which))
                    return {.error = ENOENT, .value = ""};
                return {.value = read_file(*group->group, each.which)};
            }
        throw beyond_the_model("other-files");
    }

    static named_values statistics_of(const scripted_group& group) {
        const auto& cfs_b = group.cfs_b();
        return {{"usage_usec", std::to_string(group.usage_ns / nsec_per_usec)},
                {"nr_periods", std::to_string(cfs_b.nr_periods)},
                {"nr_throttled", std::to_string(cfs_b.nr_throttled)},
                {"throttled_usec", std::to_string(cfs_b.throttled_time / nsec_per_usec)},
                {"nr_bursts", std::to_string(cfs_b.nr_burst)},
                {"burst_usec", std::to_string(cfs_b.burst_time / nsec_per_usec)}};
    }

    [[nodiscard]] named_values state_of(const scripted_group& group) const {
        const auto& cfs_b = group.cfs_b();
        const auto& cfs_rq = group.cfs_rq();
        const auto flag = [](bool set) { return std::string(set ? "1" : "0"); };
        named_values state{{"now", std::to_string(now_)},
                           {"tick", std::to_string(tick_.expires)},
                           {"period", std::to_string(cfs_b.period)},
                           {"quota", std::to_string(cfs_b.quota)},
                           {"burst", std::to_string(cfs_b.burst)},
                           {"runtime", std::to_string(cfs_b.runtime)},
                           {"runtime_snap", std::to_string(cfs_b.runtime_snap)},
                           {"idle", flag(cfs_b.idle)},
                           {"period_active", flag(cfs_b.period_active)},
                           {"period_timer", std::to_string(group.period_expiry)},
                           {"period_timer_queued", flag(cfs_b.period_active)},
                           {"slack_started", flag(cfs_b.slack_started)},
                           {"slack_timer_queued", flag(cfs_b.slack_started)},
                           {"nr_periods", std::to_string(cfs_b.nr_periods)},
                           {"nr_throttled", std::to_string(cfs_b.nr_throttled)},
                           {"nr_burst", std::to_string(cfs_b.nr_burst)},
                           {"throttled_time", std::to_string(cfs_b.throttled_time)},
                           {"burst_time", std::to_string(cfs_b.burst_time)},
                           {"throttled_cfs_rq", cfs_b.throttled_cfs_rq.empty() ? "" : "0"},
                           {"cpu0.runtime_remaining", std::to_string(cfs_rq.runtime_remaining)},
                           {"cpu0.runtime_enabled", flag(cfs_rq.runtime_enabled)},
                           {"cpu0.throttled", flag(cfs_rq.throttled)},
                           {"cpu0.throttle_count", flag(cfs_rq.throttled)},
                           {"cpu0.queued", flag(cfs_rq.runnable())}};
        if (cfs_b.slack_started)
            state["slack_timer"] = std::to_string(group.slack_timer.expires);
        return state;
    }

    // --- a group's own events

    /// Before anything happens to a group: where a stopped period timer's expiry really is.
    void prepare(scripted_group& group) const {
        if (!group.cfs_b().period_active)
            group.group->set_period_timer(static_cast<std::int64_t>(group.period_expiry) -
                                          static_cast<std::int64_t>(now_));
    }

    /// After it has: timers that were started, or stopped.
    void settle(scripted_group& group) {
        const auto follow = [&](high_resolution_timer& timer, bool runs, std::int64_t in) {
            const std::uint64_t expires = now_ + static_cast<std::uint64_t>(in);
            if (!runs)
                timer.expires = no_moment;
            else if (timer.expires != expires)
                timer = {.expires = expires, .started = ++timers_started_};
        };
        const auto& cfs_b = group.cfs_b();
        if (cfs_b.period_active && group.period_timer.expires == no_moment && group.period_expiry > now_ &&
            group.period_expiry != now_ + static_cast<std::uint64_t>(cfs_b.period_timer))
            throw beyond_the_model("stopped-timer-ahead");
        follow(group.period_timer, cfs_b.period_active, cfs_b.period_timer);
        follow(group.slack_timer, cfs_b.slack_started, cfs_b.slack_timer);
        if (cfs_b.period_active)
            group.period_expiry = group.period_timer.expires;
    }

    void happen(scripted_group& group, event_kind kind) {
        const bool of_cpu = model::info_of(kind).by == model::event_actor::cpu;
        const model::event event{.kind = kind, .cpu = static_cast<model::cpu_id>(of_cpu ? 0 : model::no_cpu)};
        prepare(group);
        const auto& cfs_rq = group.cfs_rq();
        if (kind == event_kind::sleep && cfs_rq.runtime_enabled && !cfs_rq.throttled && cfs_rq.unaccounted == 0 &&
            cfs_rq.runtime_remaining <= 0)
            throw beyond_the_model("charges-of-nothing");
        if (group.group->enabled(event))
            group.group->happen(event);
        const model::event parks{.kind = event_kind::exit_to_user, .cpu = 0};
        if (group.group->enabled(parks))
            group.group->happen(parks);
        if (kind == event_kind::period_timer && !group.cfs_b().period_active)
            group.period_expiry = now_ + static_cast<std::uint64_t>(group.cfs_b().period_timer);
        settle(group);
    }

    // --- children

    [[nodiscard]] std::size_t nr_ready(const scripted_group& group) const {
        return static_cast<std::size_t>(std::ranges::count_if(
            children_, [&](const auto& each) { return each.in.get() == &group && each.ready(); }));
    }

    void wake(scripted_child& child) {
        const bool first = nr_ready(*child.in) == 0;
        child.begun = true;
        child.asleep = false;
        child.sleep_timer = {};
        // Whoever joins others makes their queue account what they have executed.
        happen(*child.in, first ? event_kind::wake : event_kind::charge);
    }

    /// Its present activity is over: it does the next thing. Takes no time.
    void move_on(scripted_child& child) {
        const auto& all = child.made_by->activities;
        if (child.next == all.size() && child.made_by->again)
            child.next = 0;
        child.ended = child.next == all.size();
        const activity* const next = child.ended ? nullptr : &all[child.next++];
        if (next != nullptr && next->what != activity::kind::sleep) {
            child.burns = next->what == activity::kind::burn;
            child.end = now_ + next->us * nsec_per_usec;
            child.left = next->us * nsec_per_usec;
            return;
        }
        child.asleep = !child.ended;
        if (child.asleep) {
            if (next->us == 0)
                throw beyond_the_model("sleeps-of-no-time");
            child.sleep_timer = {.expires = now_ + next->us * nsec_per_usec, .started = ++timers_started_};
        }
        happen(*child.in, nr_ready(*child.in) == 0 ? event_kind::sleep : event_kind::charge);
    }

    [[nodiscard]] bool is_through(const scripted_child& child) const {
        return child.burns ? child.left == 0 : child.end <= now_;
    }

    /// Whoever executes and is through with an activity goes on with the next one.
    void let_children_move_on() {
        for (bool moved = true; moved;) {
            moved = false;
            for (scripted_child& each : children_) {
                if (!each.ready() || !each.in->executes() || !is_through(each))
                    continue;
                // Who of several executes is not for the model to say.
                if (nr_ready(*each.in) > 1 && !only_goes_on(each))
                    throw beyond_the_model("order-of-children");
                move_on(each);
                moved = true;
            }
        }
    }

    /// It begins to execute for longer than any script lasts, so that it does not matter when it comes to its turn.
    [[nodiscard]] static bool only_goes_on(const scripted_child& child) {
        const auto& all = child.made_by->activities;
        return child.next == 0 && all.size() == 1 && all.front().what == activity::kind::busy &&
               all.front().us == longest_wait_us;
    }

    // --- time

    void run_until(std::uint64_t moment) {
        clock_known_ = true;
        if (moment <= now_) // it does not sleep: nobody else comes to their turn
            return;
        const high_resolution_timer init{.expires = moment, .started = ++timers_started_};
        let_children_move_on();
        while (!come_to_next_moment(init))
            let_children_move_on();
    }

    void wait_for_children() {
        let_children_move_on();
        while (!std::ranges::all_of(children_, &scripted_child::ended)) {
            for (const scripted_child& each : children_)
                if (!each.begun || each.made_by->again)
                    throw beyond_the_model("children-without-end");
            static_cast<void>(come_to_next_moment({}));
            let_children_move_on();
        }
        children_.clear();
    }

    /// Returns whether the guest's first process woke up.
    bool come_to_next_moment(const high_resolution_timer& init) {
        nobody_competes();
        pass(next_moment(init) - now_);
        return expire_timers(init);
    }

    void nobody_competes() const {
        if (std::ranges::count_if(groups_, [](const auto& each) { return each->executes(); }) > 1)
            throw beyond_the_model("groups-compete");
    }

    [[nodiscard]] std::uint64_t next_moment(const high_resolution_timer& init) const {
        std::uint64_t next = std::min(init.expires, tick_.expires);
        for (const auto& each : groups_)
            next = std::min({next, each->period_timer.expires, each->slack_timer.expires});
        for (const scripted_child& each : children_) {
            if (each.asleep)
                next = std::min(next, each.sleep_timer.expires);
            if (!each.ready() || !each.in->executes())
                continue;
            if (each.burns && nr_ready(*each.in) > 1)
                throw beyond_the_model("order-of-children");
            next = std::min(next, each.burns ? now_ + each.left : std::max(now_, each.end));
        }
        return next;
    }

    void pass(std::uint64_t delta) {
        if (delta == 0)
            return;
        for (const auto& each : groups_) {
            if (each->executes())
                each->usage_ns += delta;
            each->group->happen({.kind = event_kind::tick, .amount = delta});
        }
        for (scripted_child& each : children_)
            if (each.ready() && each.in->executes() && each.burns)
                each.left -= std::min(each.left, delta);
        now_ += delta;
    }

    /// One interrupt of the kernel: all timers that are due, in the order of their start. Returns whether the guest's
    /// first process woke up, which goes before its children.
    bool expire_timers(const high_resolution_timer& init) {
        struct due_timer {
            std::uint64_t started;
            enum class kind : std::uint8_t { tick, period, slack, child, guest } what;
            scripted_group* group;
            scripted_child* child;
        };
        using kind = due_timer::kind;
        std::vector<due_timer> due;
        const auto add = [&](const high_resolution_timer& timer, kind what, scripted_group* group,
                             scripted_child* child) {
            if (timer.expires <= now_)
                due.push_back({timer.started, what, group, child});
        };
        add(tick_, kind::tick, nullptr, nullptr);
        add(init, kind::guest, nullptr, nullptr);
        for (const auto& each : groups_) {
            add(each->period_timer, kind::period, each.get(), nullptr);
            add(each->slack_timer, kind::slack, each.get(), nullptr);
        }
        for (scripted_child& each : children_)
            if (each.asleep)
                add(each.sleep_timer, kind::child, each.in.get(), &each);
        std::ranges::sort(due, {}, &due_timer::started);
        bool woke = false;
        for (const due_timer& each : due) {
            switch (each.what) {
            case kind::tick:
                charge_whoever_executes();
                tick_ = {.expires = tick_.expires + tick_ns_, .started = ++timers_started_};
                break;
            case kind::period:
                happen(*each.group, event_kind::period_timer);
                break;
            case kind::slack:
                happen(*each.group, event_kind::slack_timer);
                break;
            case kind::child:
                if (due.size() > 1 && nr_ready(*each.child->in) > 0)
                    throw beyond_the_model("timers-at-once");
                wake(*each.child);
                break;
            case kind::guest:
                woke = true;
                break;
            }
        }
        if (woke)
            charge_whoever_executes();
        return woke;
    }

    void charge_whoever_executes() {
        for (const auto& each : groups_)
            if (each->executes())
                happen(*each, event_kind::charge);
    }

    std::string_view revision_;
    const std::vector<command>& script_;
    std::uint64_t tick_ns_;
    std::vector<expected_answer> said_;
    std::vector<std::shared_ptr<scripted_group>> groups_;
    std::vector<scripted_child> children_;
    high_resolution_timer tick_;
    std::uint64_t timers_started_ = 0;
    std::uint64_t now_ = 0;
    std::uint64_t origin_ = 0;
    bool clock_known_ = true;
};

} // namespace

named_values read_named_values(std::string_view text) {
    named_values all;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        const std::size_t blank = std::min(line.find(' '), line.size());
        all.emplace(line.substr(0, blank), line.substr(std::min(blank + 1, line.size())));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
    }
    return all;
}

std::vector<expected_answer> predict_answers(std::string_view revision, const std::vector<command>& script,
                                             std::uint64_t tick_ns) {
    if (script.empty() || script.front().action != verb::at)
        throw beyond_the_model("scripts-without-a-beginning");
    return exact_run(revision, script, tick_ns).run();
}

std::vector<answer_difference> first_difference(const std::vector<command>& script,
                                                const std::vector<expected_answer>& expected,
                                                const std::vector<answer>& answers, std::size_t begin) {
    std::vector<answer_difference> all;
    for (std::size_t number = 0; number < script.size() && all.empty(); ++number) {
        const answer& said = answers[begin + number];
        const auto compare = [&](std::string_view name, const std::string& wanted, const std::string& got) {
            if (wanted != got)
                all.push_back({number, std::string(name), wanted, got});
        };
        compare("errno", std::to_string(expected[number].error), std::to_string(said.error));
        if (expected[number].time_us)
            compare("time_us", std::to_string(*expected[number].time_us), std::to_string(said.time_us));
        if (expected[number].value)
            compare("value", *expected[number].value, said.value);
        if (expected[number].values.empty() || said.error != 0)
            continue;
        const named_values values = read_named_values(said.value);
        for (const auto& [name, value] : expected[number].values) {
            const auto known = values.find(name);
            compare(name, value, known == values.end() ? "(none)" : known->second);
        }
    }
    return all;
}

} // namespace bwcheck::lab

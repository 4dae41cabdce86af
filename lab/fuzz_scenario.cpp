#include "lab/kernel_fuzz.hpp"
#include "lab/model_group.hpp"
#include "lab/virtual_time.hpp"
#include "random/interesting.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace bwcheck::lab {

namespace {

using model::file;
using random::dice;
using kind = activity::kind;

constexpr std::uint64_t slot_us = 2'000'000;
constexpr std::uint64_t first_slot_us = 4'000'000;
constexpr std::uint64_t longest_us = 1'200'000; // of a scenario, so that it ends within its slot

constexpr const char* main_group = "g0";
constexpr const char* other_group = "g1";

/// Writes one scenario.
class scenario_writer {
public:
    scenario_writer(const fuzz_plan& plan, std::uint64_t number)
        : random_(std::hash<std::string>()(fmt::format("{}/{}", plan.seed, number))),
          has_runtime_file_(model::file_exists(*make_model_group(plan.revision)->tg().kernel, file::cpu_max_runtime)) {
        begin_us_ = now_us_ = first_slot_us + number % scenarios_in_a_boot * slot_us + some_us();
    }

    [[nodiscard]] std::vector<command> write() {
        add(verb::at).us = now_us_;
        add(verb::mkdir);
        const std::uint64_t nr_children = one_in(12) ? 0 : one_in(4) ? 2 + dice(random_, 2) : 1;
        for (std::uint64_t number = 0; number < nr_children; ++number)
            add_child(nr_children == 1);
        now_us_ += nr_children * child_takes_us;
        if (!one_in(10))
            write_limit();
        if (one_in(3))
            write_burst();
        if (one_in(3))
            pass(some_us());
        std::uint64_t started = 0;
        if (!one_in(8))
            started = start_children(nr_children);
        const std::uint64_t actions = 2 + dice(random_, 10);
        for (std::uint64_t number = 0; number < actions && now_us_ < begin_us_ + longest_us; ++number) {
            pass(some_us());
            if (started < nr_children && one_in(3))
                add(verb::start).us = started++;
            else
                act();
            look();
        }
        add(verb::read).file = "cpu.stat";
        if (other_exists_)
            add(verb::rmdir).group = other_group;
        write_text(file::cpu_max, "max");
        add(verb::kill);
        add(verb::rmdir);
        return std::move(script_);
    }

private:
    [[nodiscard]] bool one_in(std::uint64_t chances) { return dice(random_, chances) == 0; }

    /// From 1 µs to 200 ms, each order of magnitude as often as the others.
    [[nodiscard]] std::uint64_t some_us() {
        constexpr std::uint64_t most = 200'000;
        std::uint64_t bound = 10;
        for (std::uint64_t more = dice(random_, 6); more > 0; --more)
            bound *= 10;
        return 1 + dice(random_, std::min(bound, most));
    }

    command& add(verb verb) {
        script_.emplace_back();
        script_.back().action = verb;
        if (verb == verb::mkdir || verb == verb::rmdir || verb == verb::write || verb == verb::read ||
            verb == verb::child)
            script_.back().group = main_group;
        return script_.back();
    }

    void pass(std::uint64_t us) {
        now_us_ += us;
        add(verb::at).us = now_us_;
    }

    void write_text(file where, const std::string& text, const char* group = main_group) {
        command& writes = add(verb::write);
        writes.group = group;
        writes.file = to_string(where);
        writes.text = text;
    }

    void add_child(bool alone) {
        command& child = add(verb::child);
        if (!alone || one_in(3)) {
            child.activities = {{kind::busy, longest_wait_us}};
            return;
        }
        const std::uint64_t size = 1 + dice(random_, 4);
        for (std::uint64_t number = 0; number < size; ++number)
            child.activities.push_back({static_cast<kind>(dice(random_, 3)), some_us()});
        child.again = !one_in(4) && goes_round_slowly(child);
    }

    /// Either all at once, or the first one; the others follow.
    std::uint64_t start_children(std::uint64_t nr_children) {
        if (nr_children == 0)
            return 0;
        if (one_in(2)) {
            add(verb::go);
            return nr_children;
        }
        add(verb::start).us = 0;
        return 1;
    }

    void write_limit() {
        static constexpr std::uint64_t min_us = 1'000;
        static constexpr std::uint64_t max_us = 1'000'000;
        std::uint64_t period = std::clamp(some_us(), min_us, max_us);
        if (one_in(3))
            period = std::clamp(period / 10'000 * 10'000, min_us, max_us); // what people write
        const std::uint64_t percent = 1 + dice(random_, one_in(4) ? 200 : 60);
        const std::uint64_t quota = std::max(min_us, period * percent / 100);
        last_quota_us_ = quota;
        write_text(file::cpu_max, one_in(5) ? std::to_string(quota) : fmt::format("{} {}", quota, period));
    }

    void write_burst() { write_text(file::cpu_max_burst, std::to_string(dice(random_, last_quota_us_ * 5 / 4 + 1))); }

    void write_anything() {
        const auto where = static_cast<file>(dice(random_, has_runtime_file_ ? 3 : 2));
        const random::shown_values shown{.quota_us = last_quota_us_, .period_us = last_quota_us_, .runtime_us = 1};
        write_text(where, random::interesting_text(random_, where, limits_, shown));
    }

    void act() {
        switch (dice(random_, has_runtime_file_ ? 10 : 8)) {
        case 0:
        case 1:
            write_limit();
            break;
        case 2:
            write_burst();
            break;
        case 3:
            write_text(file::cpu_max, "max");
            break;
        case 4:
            write_anything();
            break;
        case 5:
            other_group_comes_or_goes();
            break;
        case 6:
        case 7:
            add(verb::read).file = "cpu.stat";
            break;
        default:
            write_text(file::cpu_max_runtime, std::to_string(dice(random_, last_quota_us_ * 2)));
            break;
        }
    }

    void other_group_comes_or_goes() {
        if (!other_exists_ || one_in(2)) {
            add(other_exists_ ? verb::rmdir : verb::mkdir).group = other_group;
            other_exists_ = !other_exists_;
            return;
        }
        write_text(file::cpu_max, fmt::format("{} {}", 1'000 + some_us(), 1'000 + some_us()), other_group);
        command& reads = add(verb::read);
        reads.group = other_group;
        reads.file = bandwidth_state_file;
    }

    void look() { add(verb::read).file = bandwidth_state_file; }

    rc::Random random_;
    bool has_runtime_file_;
    model::constants<model::plain> limits_;
    std::vector<command> script_;
    std::uint64_t begin_us_ = 0;
    std::uint64_t now_us_ = 0;
    std::uint64_t last_quota_us_ = 10'000;
    bool other_exists_ = false;
};

} // namespace

bool goes_round_slowly(const command& child) {
    constexpr std::uint64_t least_us = 2'000;
    std::uint64_t round_us = 0;
    for (const activity& each : child.activities)
        round_us += each.us;
    return round_us >= least_us;
}

std::vector<command> fuzz_scenario(const fuzz_plan& plan, std::uint64_t number) {
    return scenario_writer(plan, number).write();
}

} // namespace bwcheck::lab

#include "lab/kernel_fuzz.hpp"

#include <algorithm>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>

namespace bwcheck::lab {

namespace {

constexpr std::uint64_t between_us = 2'000'000;
constexpr std::uint64_t first_us = 4'000'000;

/// A script with what it must come to.
struct experiment {
    std::uint64_t scenario = 0;
    std::vector<command> script{};
    std::vector<expected_answer> expected{};
};

std::optional<std::vector<expected_answer>> predicted(const fuzz_plan& plan, const std::vector<command>& script,
                                                      std::uint64_t tick_ns) {
    try {
        return predict_answers(plan.revision, script, tick_ns);
    } catch (const beyond_the_model&) {
        return std::nullopt;
    }
}

/// The same script, beginning at another moment.
std::vector<command> moved_to(std::vector<command> script, std::uint64_t begin_us) {
    const std::uint64_t old_us = script.front().us;
    for (command& each : script)
        if (each.action == verb::at)
            each.us = each.us - old_us + begin_us;
    return script;
}

/// Runs experiments one after the other in one boot, and tells what each differs in.
std::vector<std::vector<answer_difference>> differences_of(const std::vector<experiment>& all,
                                                           const virtual_boot& run) {
    std::vector<command> script;
    for (const experiment& each : all)
        script.insert(script.end(), each.script.begin(), each.script.end());
    const boot_result booted = run(script);
    std::vector<std::vector<answer_difference>> differences;
    std::size_t begin = 0;
    for (const experiment& each : all) {
        differences.push_back(first_difference(each.script, each.expected, booted.answers, begin));
        begin += each.script.size();
    }
    return differences;
}

/// Makes a script short that differs.
class shrinking {
public:
    shrinking(const fuzz_plan& plan, const virtual_boot& run, std::uint64_t tick_ns, std::uint64_t& boots)
        : plan_(plan), run_(run), tick_ns_(tick_ns), boots_(boots) {}

    void shrink(fuzz_difference& found) {
        name_ = found.values.front().name;
        // Early, so that boots are short. What depends on the moment stays where it is.
        const auto early = moved_to(found.script, first_us);
        if (const auto values = try_alone(early)) {
            found.script = early;
            found.values = *values;
        }
        for (bool shorter = true; shorter;) {
            shorter = false;
            std::vector<std::vector<command>> smaller = candidates(found.script);
            const std::uint64_t begin_us = found.script.front().us;
            for (std::size_t next = 0; next < smaller.size() && !shorter; next += scenarios_in_a_boot) {
                std::vector<experiment> all;
                for (std::size_t number = next; number < std::min(smaller.size(), next + scenarios_in_a_boot); ++number)
                    if (auto one = prepared(moved_to(smaller[number], first_us + all.size() * between_us)))
                        all.push_back(*std::move(one));
                ++boots_;
                const auto differences = differences_of(all, run_);
                for (std::size_t number = 0; number < all.size() && !shorter; ++number) {
                    if (!is_same(differences[number]))
                        continue;
                    const auto script = moved_to(all[number].script, begin_us);
                    if (const auto values = try_alone(script)) {
                        found.script = script;
                        found.values = *values;
                        shorter = true;
                    }
                }
            }
        }
        found.reproduced = try_alone(found.script).has_value();
    }

private:
    [[nodiscard]] bool is_same(const std::vector<answer_difference>& values) const {
        return std::ranges::any_of(values, [&](const auto& each) { return each.name == name_; });
    }
    [[nodiscard]] std::optional<experiment> prepared(std::vector<command> script) const {
        auto expected = predicted(plan_, script, tick_ns_);
        if (!expected)
            return std::nullopt;
        return experiment{.script = std::move(script), .expected = *std::move(expected)};
    }
    [[nodiscard]] std::optional<std::vector<answer_difference>> try_alone(const std::vector<command>& script) {
        const auto one = prepared(script);
        if (!one)
            return std::nullopt;
        ++boots_;
        auto values = differences_of({*one}, run_).front();
        if (!is_same(values))
            return std::nullopt;
        return values;
    }

    /// What could do as well: without some commands, without some activities; the shortest first. Neither without the
    /// first two, which begin it, nor without those at the end that leave nothing behind for others.
    static std::vector<std::vector<command>> candidates(const std::vector<command>& script) {
        constexpr std::size_t beginning = 2;
        constexpr std::size_t end = 3;
        std::vector<std::vector<command>> all;
        for (std::size_t size = script.size() / 2; size > 0; size /= 2)
            for (std::size_t begin = beginning; begin + size + end <= script.size(); begin += size) {
                all.push_back(script);
                const auto from = all.back().begin() + static_cast<std::ptrdiff_t>(begin);
                all.back().erase(from, from + static_cast<std::ptrdiff_t>(size));
            }
        for (std::size_t number = 0; number < script.size(); ++number)
            for (std::size_t activity = 0; activity < script[number].activities.size(); ++activity) {
                if (script[number].activities.size() == 1)
                    continue;
                all.push_back(script);
                auto& left = all.back()[number].activities;
                left.erase(left.begin() + static_cast<std::ptrdiff_t>(activity));
                all.back()[number].again = all.back()[number].again && goes_round_slowly(all.back()[number]);
            }
        return all;
    }

    const fuzz_plan& plan_;
    const virtual_boot& run_;
    std::uint64_t tick_ns_;
    std::uint64_t& boots_;
    std::string name_;
};

/// The boots of a comparison, which several threads share.
class fuzzing {
public:
    fuzzing(const fuzz_plan& plan, const virtual_boot& run, const fuzz_listener& listen)
        : plan_(plan), run_(run), listen_(listen), begun_(std::chrono::steady_clock::now()), next_(plan.first) {}

    [[nodiscard]] fuzz_report report() {
        const boot_result first = run_({});
        report_.hello = first.hello;
        report_.boots = 1;
        std::vector<std::thread> others;
        for (unsigned number = 1; number < plan_.jobs; ++number)
            others.emplace_back([this] { work(); });
        work();
        for (std::thread& each : others)
            each.join();
        if (failure_)
            std::rethrow_exception(failure_);
        shrinking shorter(plan_, run_, report_.hello.tick_ns, report_.boots);
        for (fuzz_difference& each : report_.differences)
            shorter.shrink(each);
        report_.total = std::chrono::steady_clock::now() - begun_;
        return std::move(report_);
    }

private:
    void work() {
        try {
            while (const auto size = take()) {
                const std::uint64_t begin = size->first;
                compare(begin, size->second);
            }
        } catch (...) {
            const std::scoped_lock lock(mutex_);
            if (!failure_)
                failure_ = std::current_exception();
        }
    }

    /// The scenarios of the next boot: the first one, and the one after the last.
    std::optional<std::pair<std::uint64_t, std::uint64_t>> take() {
        const std::scoped_lock lock(mutex_);
        const std::uint64_t end = plan_.first + plan_.scenarios;
        const programs::seconds spent = std::chrono::steady_clock::now() - begun_;
        if (next_ >= end || failure_ || report_.differences.size() >= plan_.most_differences ||
            (plan_.budget_s > 0 && spent.count() > plan_.budget_s))
            return std::nullopt;
        const std::uint64_t begin = next_;
        next_ = std::min(end, (begin / scenarios_in_a_boot + 1) * scenarios_in_a_boot);
        return std::pair{begin, next_};
    }

    void compare(std::uint64_t begin, std::uint64_t end) {
        std::vector<experiment> all;
        std::map<std::string, std::uint64_t, std::less<>> avoided;
        for (std::uint64_t number = begin; number < end; ++number) {
            experiment one{.scenario = number, .script = fuzz_scenario(plan_, number)};
            try {
                one.expected = predict_answers(plan_.revision, one.script, report_.hello.tick_ns);
                all.push_back(std::move(one));
            } catch (const beyond_the_model& abstraction) {
                ++avoided[abstraction.what()];
            }
        }
        const auto differences = differences_of(all, run_);
        const std::scoped_lock lock(mutex_);
        ++report_.boots;
        for (const auto& [name, count] : avoided)
            report_.avoided[name] += count;
        for (std::size_t number = 0; number < all.size(); ++number) {
            ++report_.scenarios;
            report_.commands += all[number].script.size();
            report_.throttled += was_throttled(all[number]) ? 1 : 0;
            if (!differences[number].empty())
                remember(all[number], differences[number]);
        }
        if (listen_)
            listen_(report_.scenarios);
    }

    static bool was_throttled(const experiment& one) {
        return std::ranges::any_of(one.expected, [](const expected_answer& each) {
            const auto times = each.values.find("throttled_time");
            const auto now = each.values.find("cpu0.throttled");
            return times != each.values.end() && (times->second != "0" || now->second == "1");
        });
    }

    void remember(const experiment& one, const std::vector<answer_difference>& values) {
        for (fuzz_difference& each : report_.differences)
            if (each.values.front().name == values.front().name) {
                ++each.alike;
                return;
            }
        report_.differences.push_back(
            {.scenario = one.scenario, .script = one.script, .found_commands = one.script.size(), .values = values});
    }

    const fuzz_plan& plan_;
    const virtual_boot& run_;
    const fuzz_listener& listen_;
    std::chrono::steady_clock::time_point begun_;
    std::mutex mutex_;
    std::uint64_t next_;
    std::exception_ptr failure_;
    fuzz_report report_;
};

} // namespace

fuzz_report fuzz_kernel(const fuzz_plan& plan, const virtual_boot& run, const fuzz_listener& listen) {
    return fuzzing(plan, run, listen).report();
}

} // namespace bwcheck::lab

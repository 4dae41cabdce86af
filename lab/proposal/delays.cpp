#include "lab/proposal/delays.hpp"

#include "lab/errno_name.hpp"
#include "lab/lab_error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <random>

namespace bwcheck::lab {

namespace {

constexpr std::string_view delayed_group = "delayed";

} // namespace

std::vector<command> delay_script(const delay_plan& plan) {
    std::string text = fmt::format("mkdir {0}\n"
                                   "read {0} cpu.max.runtime\n"
                                   "write {0} cpu.max \"{1} {2}\"\n"
                                   "write {0} cpu.max.burst \"{3}\"\n"
                                   "child {0} 0 busy {4} again\n"
                                   "go\n",
                                   delayed_group, plan.quota_us, plan.period_us, plan.burst_us, longest_wait_us);
    // Long enough to be sure that it is throttled; then at any moment of a period.
    constexpr std::uint64_t surely_us = 5'000;
    std::mt19937_64 random(plan.seed);
    for (std::size_t number = 0; number < plan.injections; ++number)
        text += fmt::format("wake {} cpu.max.runtime {} \"{}\"\n", delayed_group, surely_us + random() % plan.period_us,
                            plan.credit_us);
    text += fmt::format("read {0} cpu.stat\nkill\nrmdir {0}\n", delayed_group);
    return parse_script(text, "delays");
}

delay_sample read_delays(const std::vector<command>& script, const std::vector<answer>& answers) {
    delay_sample sample;
    for (std::size_t number = 0; number < script.size(); ++number) {
        const int error = answers.at(number).error;
        if (script[number].action == verb::wake && error == 0)
            sample.delays_us.push_back(std::stoull(answers[number].value));
        else if (script[number].action == verb::wake && error == ETIMEDOUT)
            ++sample.missed;
        else if (error == ENOENT && script[number].file == "cpu.max.runtime")
            throw lab_error("the kernel has no cpu.max.runtime; bwcheck lab build --patch makes one that has");
        else if (error != 0)
            throw lab_error(fmt::format("\"{}\" failed with {}", to_string(script[number]), errno_name(error)));
    }
    std::sort(sample.delays_us.begin(), sample.delays_us.end());
    return sample;
}

wakening judge(const delay_sample& sample, const delay_plan& plan) {
    constexpr std::size_t enough = 20;
    constexpr double nearly_all = 0.95;
    constexpr std::uint64_t parts_of_period = 20;
    constexpr double one_percent_level = 1.63; // of the statistic, times the root of the sample's size
    constexpr double unevenness_of_timers = 0.05;
    const auto& delays = sample.delays_us;
    if (delays.size() < enough || sample.missed > delays.size() / parts_of_period)
        return wakening::unclear;
    if (quantile(delays, nearly_all) < plan.period_us / parts_of_period)
        return wakening::at_once;
    const double allowed = one_percent_level / std::sqrt(static_cast<double>(delays.size())) + unevenness_of_timers;
    return distance_from_even(delays, plan.period_us) <= allowed ? wakening::at_refill : wakening::unclear;
}

double distance_from_even(const std::vector<std::uint64_t>& sorted_us, std::uint64_t period_us) {
    double largest = 0;
    const auto size = static_cast<double>(sorted_us.size());
    for (std::size_t number = 0; number < sorted_us.size(); ++number) {
        const double even = std::min(1.0, static_cast<double>(sorted_us[number]) / static_cast<double>(period_us));
        const auto below = static_cast<double>(number);
        largest = std::max({largest, std::abs(below / size - even), std::abs((below + 1) / size - even)});
    }
    return largest;
}

std::uint64_t quantile(const std::vector<std::uint64_t>& sorted_us, double share) {
    if (sorted_us.empty())
        return 0;
    const double place = std::ceil(share * static_cast<double>(sorted_us.size()));
    const auto last = sorted_us.size() - 1;
    return sorted_us[std::min(last, static_cast<std::size_t>(std::max(1.0, place)) - 1)];
}

} // namespace bwcheck::lab

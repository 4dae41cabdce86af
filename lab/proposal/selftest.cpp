#include "lab/proposal/selftest.hpp"

#include "lab/errno_name.hpp"

#include <fmt/format.h>

#include <sstream>

namespace bwcheck::lab {

std::vector<command> selftest_script(const selftest_plan& plan) {
    return parse_script(fmt::format("mkdir {0}\n"
                                    "write {0} cpu.max \"{1} {2}\"\n"
                                    "write {0} cpu.max.burst \"{3}\"\n"
                                    "child {0} 0 busy {4}\n"
                                    "go\n"
                                    "sleep {5}\n"
                                    "write {0} cpu.max.runtime \"{6}\"\n"
                                    "wait\n"
                                    "read {0} cpu.stat\n"
                                    "rmdir {0}\n",
                                    "selftest", plan.quota_us, plan.period_us, plan.burst_us, plan.duration_us,
                                    plan.written_after_us, plan.runtime_us),
                        "selftest");
}

selftest_result read_selftest(const std::vector<command>& script, const std::vector<answer>& answers,
                              const selftest_plan& plan) {
    selftest_result result;
    for (std::size_t number = 0; number < script.size(); ++number) {
        const answer& said = answers.at(number);
        if (said.error != 0 && result.failure.empty())
            result.failure = fmt::format("\"{}\" failed with {}", to_string(script[number]), errno_name(said.error));
        if (script[number].file == "cpu.stat")
            result.usage_us = cpu_stat_number(said.value, "usage_usec");
    }
    constexpr std::uint64_t hundred = 100;
    const std::uint64_t difference =
        result.usage_us > plan.expected_us ? result.usage_us - plan.expected_us : plan.expected_us - result.usage_us;
    result.passed =
        result.failure.empty() && difference <= (result.usage_us + plan.expected_us) / hundred * plan.percent;
    return result;
}

std::uint64_t cpu_stat_number(const std::string& cpu_stat, const std::string& name) {
    std::istringstream words(cpu_stat);
    std::string word;
    std::uint64_t value = 0;
    while (words >> word >> value)
        if (word == name)
            return value;
    return 0;
}

} // namespace bwcheck::lab

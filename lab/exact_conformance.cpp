#include "lab/exact_conformance.hpp"

#include "lab/virtual_time.hpp"

#include <algorithm>

namespace bwcheck::lab {

namespace {

constexpr std::uint64_t first_scenario_us = 4'000'000;
constexpr std::uint64_t scenario_grid_us = 1'000'000;
/// Between two looks at the state. Not a part of any period or tick.
constexpr std::uint64_t look_every_us = 7'013;

command reads(std::string_view group, std::string_view file) {
    command made;
    made.action = verb::read;
    made.group = group;
    made.file = file;
    return made;
}

std::uint64_t numbers_in(const expected_answer& expected) {
    return 1 + (expected.time_us ? 1 : 0) + (expected.value ? 1 : 0) + expected.values.size();
}

std::uint64_t last_known_us(const std::vector<expected_answer>& all) {
    std::uint64_t last = 0;
    for (const expected_answer& each : all)
        last = std::max(last, each.time_us.value_or(0));
    return last;
}

} // namespace

std::vector<command> exact_script(const scenario& one, std::uint64_t begin_us) {
    std::vector<command> script(1);
    script.front().action = verb::at;
    script.front().us = begin_us;
    std::vector<command> plain;
    append_scenario(plain, one);
    bool begun = false;
    std::uint64_t now_us = 0;
    for (const command& each : plain) {
        begun = begun || each.action == verb::go;
        if (each.action == verb::until)
            for (; now_us + look_every_us < each.us; now_us += look_every_us) {
                script.push_back(each);
                script.back().us = now_us + look_every_us;
                script.push_back(reads(each.group, bandwidth_state_file));
            }
        script.push_back(each);
        if (begun && (each.action == verb::until || each.action == verb::write))
            script.push_back(reads(each.group, bandwidth_state_file));
    }
    return script;
}

exact_report compare_exactly(std::string_view revision, const script_runner& run) {
    exact_report report;
    report.revision = revision;
    report.hello = run({}).hello;
    std::vector<command> script;
    std::vector<std::vector<expected_answer>> expected;
    std::uint64_t begin_us = first_scenario_us;
    for (const scenario& each : scenarios_for(1)) {
        exact_result one{.what = each, .script = exact_script(each, begin_us), .differences = {}};
        expected.push_back(predict_answers(revision, one.script, report.hello.tick_ns));
        for (const expected_answer& answer : expected.back())
            one.numbers += numbers_in(answer);
        begin_us = (last_known_us(expected.back()) / scenario_grid_us + 2) * scenario_grid_us;
        script.insert(script.end(), one.script.begin(), one.script.end());
        report.scenarios.push_back(std::move(one));
    }
    const boot_result booted = run(script);
    report.boot = booted.boot;
    report.total = booted.total;
    std::size_t begin = 0;
    for (std::size_t number = 0; number < report.scenarios.size(); ++number) {
        exact_result& one = report.scenarios[number];
        one.differences = first_difference(one.script, expected[number], booted.answers, begin);
        begin += one.script.size();
    }
    return report;
}

} // namespace bwcheck::lab

#include "lab/scenario.hpp"

#include <algorithm>

namespace bwcheck::lab {

namespace {

using model::file;
using kind = activity::kind;

constexpr std::uint64_t msec = 1000; // µs

std::vector<activity> once(kind action, std::uint64_t us) { return {{action, us}}; }

/// Long enough for a period timer to find nothing to do twice, and stop; the pool is full then.
std::uint64_t settled(std::uint64_t period_us) { return 2 * period_us + 10 * msec; }

std::vector<scenario> on_one_cpu() {
    const auto busy = [](std::uint64_t us) { return scenario_child{0, once(kind::busy, us), false}; };
    return {
        {.name = "limited",
         .about = "Busy at 20 ms of 100 ms.",
         .setup = {{file::cpu_max, "20000 100000"}},
         .children = {busy(2000 * msec)},
         .writes = {},
         .settle_us = settled(100 * msec)},
        {.name = "short-period",
         .about = "Busy at 2 ms of 8 ms: mostly paying debts of a tick.",
         .setup = {{file::cpu_max, "2000 8000"}},
         .children = {busy(2000 * msec)},
         .writes = {},
         .settle_us = settled(8 * msec)},
        {.name = "long-period",
         .about = "Busy at 100 ms of 500 ms.",
         .setup = {{file::cpu_max, "100000 500000"}},
         .children = {busy(3000 * msec)},
         .writes = {},
         .settle_us = settled(500 * msec),
         .duration_us = 2000 * msec},
        {.name = "enough",
         .about = "Busy at 150 ms of 100 ms, on one CPU: never throttled.",
         .setup = {{file::cpu_max, "150000 100000"}},
         .children = {busy(2000 * msec)},
         .writes = {},
         .settle_us = settled(100 * msec)},
        {.name = "burst-used",
         .about = "Busy at 30 ms of 100 ms with a burst of 30 ms, which is used up once.",
         .setup = {{file::cpu_max, "30000 100000"}, {file::cpu_max_burst, "30000"}},
         .children = {busy(2000 * msec)},
         .writes = {},
         .settle_us = settled(100 * msec)},
        {.name = "burst-regained",
         .about = "50 ms of CPU time, then 350 ms asleep, again and again, at 30 ms of 100 ms with a burst of 30 ms.",
         .setup = {{file::cpu_max, "30000 100000"}, {file::cpu_max_burst, "30000"}},
         .children = {{0, {{kind::burn, 50 * msec}, {kind::sleep, 350 * msec}}, true}},
         .writes = {},
         .settle_us = settled(100 * msec),
         .duration_us = 1600 * msec},
        {.name = "on-and-off",
         .about = "50 ms of CPU time, then 150 ms asleep, again and again, at 30 ms of 100 ms.",
         .setup = {{file::cpu_max, "30000 100000"}},
         .children = {{0, {{kind::burn, 50 * msec}, {kind::sleep, 150 * msec}}, true}},
         .writes = {},
         .settle_us = settled(100 * msec),
         .duration_us = 1500 * msec},
        {.name = "raised-while-throttled",
         .about = "Busy at 20 ms of 1 s; after 500 ms the quota becomes 600 ms.",
         .setup = {{file::cpu_max, "20000 1000000"}},
         .children = {busy(3000 * msec)},
         .writes = {{500 * msec, {file::cpu_max, "600000 1000000"}}},
         .settle_us = settled(1000 * msec)},
        {.name = "unlimited-while-throttled",
         .about = "Busy at 20 ms of 1 s; after 500 ms the limit is taken away.",
         .setup = {{file::cpu_max, "20000 1000000"}},
         .children = {busy(3000 * msec)},
         .writes = {{500 * msec, {file::cpu_max, "max"}}},
         .settle_us = settled(1000 * msec)},
        {.name = "written-again-and-again",
         .about = "Busy at 20 ms of 1 s; the same limit is written every 100 ms, and each write refills the pool.",
         .setup = {{file::cpu_max, "20000 1000000"}},
         .children = {busy(3000 * msec)},
         .writes = {{100 * msec, {file::cpu_max, "20000 1000000"}},
                    {200 * msec, {file::cpu_max, "20000 1000000"}},
                    {300 * msec, {file::cpu_max, "20000 1000000"}},
                    {400 * msec, {file::cpu_max, "20000 1000000"}},
                    {500 * msec, {file::cpu_max, "20000 1000000"}}},
         .settle_us = settled(1000 * msec),
         .duration_us = 600 * msec},
    };
}

std::vector<scenario> on_two_cpus() {
    const auto busy_on = [](unsigned cpu) { return scenario_child{cpu, once(kind::busy, 3000 * msec), false}; };
    return {
        {.name = "two-cpus",
         .about = "Two CPUs busy at 50 ms of 100 ms.",
         .setup = {{file::cpu_max, "50000 100000"}},
         .children = {busy_on(0), busy_on(1)},
         .writes = {},
         .settle_us = settled(100 * msec)},
        {.name = "two-cpus-one-sleeps",
         .about = "One CPU busy, one with 8 ms of CPU time every 50 ms, at 40 ms of 100 ms: slack goes back and forth.",
         .setup = {{file::cpu_max, "40000 100000"}},
         .children = {busy_on(0), {1, {{kind::burn, 8 * msec}, {kind::sleep, 42 * msec}}, true}},
         .writes = {},
         .settle_us = settled(100 * msec)},
        {.name = "two-cpus-raised",
         .about = "Two CPUs busy at 20 ms of 1 s; after 500 ms the quota becomes 600 ms.",
         .setup = {{file::cpu_max, "20000 1000000"}},
         .children = {busy_on(0), busy_on(1)},
         .writes = {{500 * msec, {file::cpu_max, "600000 1000000"}}},
         .settle_us = settled(1000 * msec)},
    };
}

} // namespace

unsigned scenario::nr_cpus() const {
    unsigned most = 0;
    for (const scenario_child& each : children)
        most = std::max(most, each.cpu + 1);
    return most;
}

const std::vector<statistic>& all_statistics() {
    static const std::vector<statistic> all{
        {"usage_usec", &statistics::usage_us},       {"nr_periods", &statistics::nr_periods},
        {"nr_throttled", &statistics::nr_throttled}, {"nr_bursts", &statistics::nr_bursts},
        {"burst_usec", &statistics::burst_us},       {"throttled_usec", &statistics::throttled_us}};
    return all;
}

std::vector<scenario> scenarios_for(std::uint64_t nr_cpus) {
    std::vector<scenario> all = on_one_cpu();
    if (nr_cpus > 1)
        std::ranges::move(on_two_cpus(), std::back_inserter(all));
    return all;
}

void append_scenario(std::vector<command>& script, const scenario& one) {
    const auto add = [&](verb verb) -> command& {
        script.emplace_back();
        script.back().action = verb;
        script.back().group = "busy";
        return script.back();
    };
    const auto write = [&](const model::scope_write& written) {
        command& writes = add(verb::write);
        writes.file = to_string(written.file);
        writes.text = written.text;
    };
    add(verb::mkdir);
    // Children first: making them executes in the group.
    for (const scenario_child& each : one.children) {
        command& child = add(verb::child);
        child.cpu = each.cpu;
        child.activities = each.activities;
        child.again = each.again;
    }
    for (const model::scope_write& each : one.setup)
        write(each);
    add(verb::sleep).us = one.settle_us;
    add(verb::read).file = "cpu.stat";
    add(verb::go);
    for (const timed_write& each : one.writes) {
        add(verb::until).us = each.at_us;
        write(each.write);
    }
    add(verb::until).us = one.duration_us;
    add(verb::read).file = "cpu.stat";
    // Without a limit it ends at once.
    write({file::cpu_max, "max"});
    add(verb::kill);
    add(verb::rmdir);
}

} // namespace bwcheck::lab

#include "random/case.hpp"

#include "properties/history.hpp"
#include "random/interesting.hpp"

#include <fmt/format.h>

#include <array>

namespace bwcheck::random {

namespace {

constexpr std::uint64_t usec = 1000;
constexpr std::uint64_t msec = 1000 * usec;

template <class Value, std::size_t Count>
Value one_of(rc::Random& random, const std::array<Value, Count>& values) {
    return values[dice(random, Count)];
}

/// The largest limit that validation lets through, of the shortest period, and stalls for as many doublings as there
/// can be in a row: nine, of four passes each.
void make_extreme(model::scope_part& part) {
    const std::uint64_t half_us = part.constants.max_bw_runtime_us / 2;
    const std::uint64_t least_us = part.constants.min_cfs_quota_period / part.constants.nsec_per_usec;
    part.setup = {{model::file::cpu_max, fmt::format("{} {}", half_us, least_us)},
                  {model::file::cpu_max_burst, fmt::format("{}", half_us)}};
    part.environment.max_stalls = 36;
}

} // namespace

model::scope_part random_part(std::uint64_t seed) {
    rc::Random random(seed);
    model::scope_part part;
    part.name = "random";
    part.nr_cpus = one_of(random, std::array{1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 8, 16, 64});
    for (const properties::history_info& each : properties::history_infos)
        part.histories.emplace_back(each.name);
    part.first_phase = dice(random, 2) == 0 ? 0 : 1 + dice(random, part.constants.default_cfs_period);

    auto& env = part.environment;
    env.tick = usec;
    env.max_unaccounted = one_of(random, std::array{msec, 4 * msec, 10 * msec}); // HZ = 1000, 250, 100
    env.max_in_kernel = one_of(random, std::array{100 * usec, msec, 5 * msec});
    env.max_lateness = one_of(random, std::array{usec, 50 * usec, msec, 20 * msec});
    env.max_stalls = one_of(random, std::array{0, 0, 1, 3, 5});
    env.hotplug = dice(random, 4) == 0;

    if (dice(random, 8) != 0) {
        const std::uint64_t period_us = valid_period_us(random, part.constants);
        const std::uint64_t least_us = part.constants.min_cfs_quota_period / part.constants.nsec_per_usec;
        const std::uint64_t slice_us = part.constants.sched_cfs_bandwidth_slice / part.constants.nsec_per_usec;
        const std::uint64_t quota_us =
            dice(random, 3) == 0 ? 2 * slice_us + dice(random, 2 * slice_us) : least_us + dice(random, 2 * period_us);
        part.setup.push_back({model::file::cpu_max, fmt::format("{} {}", quota_us, period_us)});
        if (dice(random, 2) == 0)
            part.setup.push_back({model::file::cpu_max_burst, fmt::format("{}", dice(random, 2 * quota_us))});
    }
    constexpr std::uint64_t extreme_in = 16;
    if (dice(random, extreme_in) == 0)
        make_extreme(part);
    part.longest_period = model::longest_period_of(part);
    return part;
}

} // namespace bwcheck::random

// What reading the interface files returns. References are to Linux 6.1, 64 bit.
#pragma once

#include <cstdint>
#include <string>

namespace bwcheck::model {

// cpu.max: cpu_period_quota_print() of kernel/sched/core.c, fed by tg_get_cfs_quota() and tg_get_cfs_period(). Both
// return a long, and no limit is told as -1. Whatever arrives as a negative quota is shown as "max"; a negative period
// is shown as it is. With 1000 ns to the microsecond no other value can turn negative.
inline std::string read_cpu_max(std::uint64_t quota_ns, std::uint64_t period_ns, std::uint64_t nsec_per_usec = 1000) {
    const bool unlimited = quota_ns == UINT64_MAX;
    const auto quota_us = unlimited ? std::int64_t{-1} : static_cast<std::int64_t>(quota_ns / nsec_per_usec);
    const auto period_us = static_cast<std::int64_t>(period_ns / nsec_per_usec);
    return (quota_us < 0 ? "max" : std::to_string(quota_us)) + ' ' + std::to_string(period_us) + '\n';
}

// A file that shows one time in microseconds, rounded down: cgroup_seqfile_show() of kernel/cgroup/cgroup.c, "%llu\n".
inline std::string read_usec(std::uint64_t time_ns, std::uint64_t nsec_per_usec = 1000) {
    return std::to_string(time_ns / nsec_per_usec) + '\n';
}

// cpu.max.burst: tg_get_cfs_burst().
inline std::string read_cpu_max_burst(std::uint64_t burst_ns, std::uint64_t nsec_per_usec = 1000) {
    return read_usec(burst_ns, nsec_per_usec);
}

// cpu.max.runtime, as proposed: the pool, which the kernel keeps unsigned.
inline std::string read_cpu_max_runtime(std::uint64_t runtime_ns, std::uint64_t nsec_per_usec = 1000) {
    return read_usec(runtime_ns, nsec_per_usec);
}

} // namespace bwcheck::model

// The kernel's constants, with their kernel values as defaults. A scope may make them small, so that every state can be
// visited; what matters then is that their order and the inequalities between them stay (docs/semantics.md).
#pragma once

#include "model/arithmetic.hpp"

#include <cstdint>
#include <limits>

namespace bwcheck::model {

/// "No limit", as quota: all ones (RUNTIME_INF, kernel/sched/sched.h).
inline constexpr std::uint64_t runtime_inf = std::numeric_limits<std::uint64_t>::max();

/// runtime_inf in the signed numbers of cfs_bandwidth::hierarchical_quota.
inline constexpr int no_hierarchical_quota = -1;

/// Shift of a bandwidth ratio (BW_SHIFT, kernel/sched/sched.h): 2^20 is 100 % of a CPU.
inline constexpr unsigned bw_shift = 20;

/// Constants of kernel/sched/fair.c and core.c. Times in ns unless a name says otherwise.
template <arithmetic Num>
struct constants {
    using u64 = typename Num::u64;

    u64 nsec_per_usec = std::uint64_t{1000};                   ///< NSEC_PER_USEC
    u64 sched_cfs_bandwidth_slice = std::uint64_t{5'000'000};  ///< sysctl sched_cfs_bandwidth_slice_us
    u64 min_cfs_rq_runtime = std::uint64_t{1'000'000};         ///< kept by a CPU when it returns slack
    u64 min_bandwidth_expiration = std::uint64_t{2'000'000};   ///< no slack distribution this close to a refill
    u64 cfs_bandwidth_slack_period = std::uint64_t{5'000'000}; ///< delay of the slack timer
    u64 default_cfs_period = std::uint64_t{100'000'000};       ///< period of a new group
    u64 min_cfs_quota_period = std::uint64_t{1'000'000};       ///< lower bound of quota and of period
    u64 max_cfs_quota_period = std::uint64_t{1'000'000'000};   ///< upper bound of period
    u64 max_bw_runtime_us = (std::uint64_t{1} << (64U - bw_shift)) - 1; ///< MAX_BW, in µs: upper bound of quota + burst
    u64 max_usec = runtime_inf / 1000; ///< largest µs value that survives conversion to ns

    friend bool operator==(const constants&, const constants&) = default;
};

/// The same constants over another family of numbers.
template <arithmetic Num>
[[nodiscard]] constexpr constants<Num> constants_over(const constants<plain>& from) {
    return {.nsec_per_usec = from.nsec_per_usec,
            .sched_cfs_bandwidth_slice = from.sched_cfs_bandwidth_slice,
            .min_cfs_rq_runtime = from.min_cfs_rq_runtime,
            .min_bandwidth_expiration = from.min_bandwidth_expiration,
            .cfs_bandwidth_slack_period = from.cfs_bandwidth_slack_period,
            .default_cfs_period = from.default_cfs_period,
            .min_cfs_quota_period = from.min_cfs_quota_period,
            .max_cfs_quota_period = from.max_cfs_quota_period,
            .max_bw_runtime_us = from.max_bw_runtime_us,
            .max_usec = from.max_usec};
}

} // namespace bwcheck::model

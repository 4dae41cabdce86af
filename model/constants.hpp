// The kernel's constants, with their kernel values as defaults. A scope may make them small, so that every state can be
// visited; what matters then is that their order and the inequalities between them stay (docs/semantics.md).
#pragma once

#include "model/arithmetic.hpp"
#include "model/setting_row.hpp"

#include <cstdint>
#include <limits>
#include <tuple>

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
};

namespace detail {

template <arithmetic Num>
constexpr auto make_constant_rows() {
    using all = constants<Num>;
    // What to_ratio() can shift without losing bits.
    constexpr std::uint64_t largest_ratio_operand = (std::uint64_t{1} << (64U - bw_shift)) - 1;
    constexpr std::uint64_t s64_max = std::numeric_limits<std::int64_t>::max();
    constexpr accepted_values usec{.least = 1, .most = 1'000'000};
    constexpr accepted_values positive{.least = 1}; // the machine divides by some of them
    constexpr accepted_values any{};
    return std::tuple{
        setting_row{"nsec_per_usec", &all::nsec_per_usec, usec},
        setting_row{"sched_cfs_bandwidth_slice", &all::sched_cfs_bandwidth_slice, positive, any},
        setting_row{"min_cfs_rq_runtime", &all::min_cfs_rq_runtime, positive, any},
        setting_row{"min_bandwidth_expiration", &all::min_bandwidth_expiration, positive, any},
        setting_row{"cfs_bandwidth_slack_period", &all::cfs_bandwidth_slack_period, positive, any},
        setting_row{"default_cfs_period", &all::default_cfs_period, positive},
        setting_row{"min_cfs_quota_period", &all::min_cfs_quota_period, positive},
        setting_row{"max_cfs_quota_period", &all::max_cfs_quota_period, positive},
        setting_row{"max_bw_runtime_us", &all::max_bw_runtime_us, {.least = 1, .most = largest_ratio_operand}},
        setting_row{"max_usec", &all::max_usec, {.least = 1, .most = s64_max}, {.least = 1, .most = runtime_inf}},
    };
}

} // namespace detail

/// A row for each constant, in the order in which they are written.
template <arithmetic Num>
inline constexpr auto constant_rows = detail::make_constant_rows<Num>();

/// The same constants over another family of numbers.
template <arithmetic Num>
[[nodiscard]] constexpr constants<Num> constants_over(const constants<plain>& from) {
    static_assert(sizeof from ==
                      std::tuple_size_v<decltype(detail::make_constant_rows<plain>())> * sizeof(std::uint64_t),
                  "each constant has a row");
    return settings_over<constants<Num>>(constant_rows<Num>, constant_rows<plain>, from);
}

} // namespace bwcheck::model

#include "random/interesting.hpp"

#include <fmt/format.h>

#include <array>
#include <limits>
#include <string_view>

namespace bwcheck::random {

namespace {

constexpr std::uint64_t usec_per_msec = 1000;

/// About as many numbers of each length.
std::uint64_t of_any_length(rc::Random& random) { return random.next() >> dice(random, 64); }

/// Texts at the edges of what sscanf() and kstrtoull() take.
std::string odd_text(rc::Random& random, std::uint64_t number) {
    constexpr std::array<std::string_view, 12> fixed{"x",
                                                     "-1",
                                                     "+5000",
                                                     "0x10000",
                                                     "010000",
                                                     "max max",
                                                     "maxx",
                                                     " ",
                                                     "18446744073709551616",
                                                     "9223372036854775808",
                                                     "-9223372036854775808",
                                                     "99999999999999999999999"};
    switch (dice(random, 6)) {
    case 0:
        return fmt::format("{}junk 100000", number);
    case 1:
        return fmt::format("{} ", number);
    case 2:
        return fmt::format("-{}", number);
    case 3:
        return fmt::format("{:024}", number);
    default:
        return std::string(fixed[dice(random, fixed.size())]);
    }
}

std::string cpu_max_text(rc::Random& random, const model::constants<model::plain>& limits, const shown_values& shown) {
    const bool unlimited = dice(random, 12) == 0;
    std::string quota = unlimited ? "max" : fmt::format("{}", interesting_us(random, limits, shown));
    switch (dice(random, 4)) {
    case 0:
        return quota; // the period stays
    case 1:
        return fmt::format("{} {}", quota, interesting_us(random, limits, shown));
    default:
        return fmt::format("{} {}", quota, valid_period_us(random, limits));
    }
}

/// An amount to add to the pool, or to take from it.
std::string delta_text(rc::Random& random, const model::constants<model::plain>& limits, const shown_values& shown) {
    const bool negative = dice(random, 2) == 0;
    const std::uint64_t room = shown.quota_us + shown.burst_us - shown.runtime_us;
    const std::array<std::uint64_t, 5> amounts{negative ? shown.runtime_us : room,
                                               negative ? shown.runtime_us + 1 : room + 1, 1,
                                               dice(random, 10) * usec_per_msec, interesting_us(random, limits, shown)};
    return fmt::format("{}{}", negative ? "-" : "", amounts[dice(random, amounts.size())]);
}

} // namespace

std::uint64_t interesting_us(rc::Random& random, const model::constants<model::plain>& limits,
                             const shown_values& shown) {
    const std::uint64_t unit = limits.nsec_per_usec;
    const std::uint64_t infinite = shown.quota_us == model::runtime_inf ? 0 : shown.quota_us;
    const std::array<std::uint64_t, 16> landmarks{0,
                                                  limits.min_cfs_quota_period / unit,
                                                  limits.max_cfs_quota_period / unit,
                                                  limits.sched_cfs_bandwidth_slice / unit,
                                                  limits.min_cfs_rq_runtime / unit,
                                                  limits.max_bw_runtime_us,
                                                  limits.max_bw_runtime_us - infinite,
                                                  limits.max_bw_runtime_us - shown.burst_us,
                                                  limits.max_usec,
                                                  std::numeric_limits<std::uint64_t>::max(),
                                                  infinite,
                                                  infinite + shown.burst_us,
                                                  shown.period_us,
                                                  shown.burst_us,
                                                  shown.runtime_us,
                                                  infinite / 2};
    switch (dice(random, 10)) {
    case 0:
        return of_any_length(random);
    case 1:
        return (std::uint64_t{1} << dice(random, 64)) + dice(random, 3) - 1;
    case 2:
    case 3:
    case 4:
        return (1 + dice(random, 200)) * usec_per_msec; // what people write
    default:
        return landmarks[dice(random, landmarks.size())] + dice(random, 3) - 1;
    }
}

std::uint64_t valid_period_us(rc::Random& random, const model::constants<model::plain>& limits) {
    const std::uint64_t least = limits.min_cfs_quota_period / limits.nsec_per_usec;
    const std::uint64_t most = limits.max_cfs_quota_period / limits.nsec_per_usec;
    switch (dice(random, 4)) {
    case 0:
        return least + dice(random, 2);
    case 1:
        return dice(random, 8) == 0 ? most - dice(random, 2) : least * (1 + dice(random, 10));
    case 2:
        return least + dice(random, 100 * usec_per_msec);
    default:
        return least * 10 * (1 + dice(random, 10));
    }
}

std::string interesting_text(rc::Random& random, model::file where, const model::constants<model::plain>& limits,
                             const shown_values& shown) {
    constexpr std::uint64_t one_in = 10;
    if (dice(random, one_in) == 0)
        return odd_text(random, interesting_us(random, limits, shown));
    switch (model::info_of(where).content(shown.runtime_file)) {
    case model::file_content::limits:
        return cpu_max_text(random, limits, shown);
    case model::file_content::signed_usec:
        return delta_text(random, limits, shown);
    case model::file_content::usec:
    case model::file_content::absent:
        break;
    }
    return fmt::format("{}", interesting_us(random, limits, shown));
}

} // namespace bwcheck::random

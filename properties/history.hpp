// What properties remember beyond the state: how much was consumed since, how long somebody has been waiting.
//
// Histories are observers. They never influence the machine, but they tell apart states that it does not, so a scope
// keeps only those that it asks for. All times in ns; values saturate where a note says so, which no property can see.
#pragma once

#include "model/arithmetic.hpp"
#include "model/event.hpp"
#include "model/scope.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <type_traits>

namespace bwcheck::properties {

/// Which histories are kept: bits, or-ed together.
enum history_bits : unsigned {
    history_none = 0,
    history_burst = 1U << 0U,     ///< what CPUs took from the pool since the last refill
    history_throttle = 1U << 1U,  ///< whether a CPU was throttled in this period
    history_latency = 1U << 2U,   ///< how long throttled CPUs have waited although there is runtime
    history_credit = 1U << 3U,    ///< whether written runtime is left
    history_departed = 1U << 4U,  ///< whether the run has used what only the revision offers
    history_overuse = 1U << 5U,   ///< consumption beyond the quota, over the worst window
    history_drain = 1U << 6U,     ///< the same, over windows that begin with an empty pool
    history_hierarchy = 1U << 7U, ///< what the tree was told of the group's ratio, which is in the machine's own state
};

/// "burst", "throttle", ... as in scope files.
[[nodiscard]] std::optional<history_bits> history_from_string(std::string_view name);
[[nodiscard]] std::string_view to_string(history_bits one);

/// The histories that a part keeps, or-ed together.
[[nodiscard]] unsigned histories_of(const model::scope_part& part);

/// A bit for each CPU.
template <int MaxCpus>
using cpu_set = std::conditional_t<(MaxCpus <= 8), std::uint8_t, std::uint64_t>;
static_assert(model::plain_many_cpus::max_cpus <= 64);

template <int MaxCpus>
struct basic_history {
    std::int64_t taken = 0;                           ///< burst
    bool throttled_this_period = false;               ///< throttle
    std::array<std::int64_t, MaxCpus> kept_waiting{}; ///< latency: runnable, throttled, pool not empty; saturates
    cpu_set<MaxCpus> write_waits_for{};  ///< latency: CPUs still throttled since the last write that left runtime
    std::int64_t write_wait = 0;         ///< latency: how long they have been; saturates
    bool credited = false;               ///< credit: an accepted write set the pool, which has not been empty since
    bool departed = false;               ///< departed
    std::int64_t excess = 0;             ///< overuse: most consumed in a window, less one quota for each of its refills
    std::int64_t excess_since_empty = 0; ///< drain: likewise; saturates below

    friend bool operator==(const basic_history&, const basic_history&) = default;
};

/// The histories of a machine over a family of numbers.
template <class Num>
using history_over = basic_history<Num::max_cpus>;
using history = history_over<model::plain>;

/// Where waiting times stop counting, ns: beyond any bound that a property states.
[[nodiscard]] inline std::int64_t longest_wait(const model::scope_part& part) {
    return static_cast<std::int64_t>(2 * part.longest_period + part.environment.max_lateness + 1);
}

/// The most that CPUs can have beyond the pool, ns: a slice each, and what they execute before they are charged and
/// stopped.
[[nodiscard]] inline std::int64_t local_allowance(const model::scope_part& part) {
    const auto& env = part.environment;
    return static_cast<std::int64_t>(part.constants.sched_cfs_bandwidth_slice + env.max_unaccounted +
                                     env.max_in_kernel) *
           part.nr_cpus;
}

/// An unbounded integer as a measurement: what does not fit is as large, or as small, as measurements are. At the
/// kernel's constants a scaled quota comes close to 2^63.
[[nodiscard]] constexpr std::int64_t saturated(const model::int128& value) {
    constexpr model::int128 least = std::numeric_limits<std::int64_t>::min();
    constexpr model::int128 most = std::numeric_limits<std::int64_t>::max();
    return static_cast<std::int64_t>(std::clamp(value, least, most));
}

/// A number of the model as a machine integer.
[[nodiscard]] constexpr std::int64_t plain_value(std::uint64_t value) { return static_cast<std::int64_t>(value); }
[[nodiscard]] constexpr std::int64_t plain_value(std::int64_t value) { return value; }

/// What an event adds to the histories in `kept`. `before` and `after` are the machine around it.
template <class Num>
void advance_history(history_over<Num>& past, unsigned kept, const model::task_group<Num>& before,
                     const model::event& what, const model::write_request<Num>* request, model::status result,
                     const model::task_group<Num>& after, const model::scope_part& part);

} // namespace bwcheck::properties

#include "properties/history_advance.hpp"

// What properties remember beyond the state: how much was consumed since, how long somebody has been waiting.
//
// Histories are observers. They never influence the machine, but they tell apart states that it does not, so a scope
// keeps only those that it asks for. All times in ns; values saturate where a note says so, which no property can see.
#pragma once

#include "model/arithmetic.hpp"
#include "model/event.hpp"
#include "model/fields.hpp"
#include "model/scope.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <tuple>
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
    static constexpr int max_cpus = MaxCpus;

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

/// What the ranges of histories follow from, ns.
struct history_numbers {
    std::int64_t most_runtime = 0; ///< in the pool
    std::int64_t local = 0;        ///< local_allowance()
    std::int64_t in_a_period = 0;  ///< what all CPUs can execute in one
    std::int64_t longest_wait = 0; ///< longest_wait()
};

/// What a row says of a history beside its members.
struct history_info {
    history_bits bit = history_none;
    std::string_view name;                    ///< as in scope files
    model::field reads = model::field::count; ///< a field that an exploration keeps for it; count: none
};

/// A member of basic_history that belongs to a history: a flag, a set of CPUs, a number, or a number for each CPU.
/// Numbers have a range.
template <class Past, class Value>
struct history_member {
    constexpr history_member(Value Past::*place, model::value_range (*values)(const history_numbers&) = nullptr)
        : member(place), range(values) {}
    Value Past::*member;
    model::value_range (*range)(const history_numbers&);
};

/// A history: what it is called, and all that is remembered for it.
template <class... Members>
struct history_row {
    constexpr explicit history_row(const history_info& says, const Members&... all) : info(says), members(all...) {}
    history_info info;
    std::tuple<Members...> members;
};

namespace detail {

template <int MaxCpus>
constexpr auto make_history_rows() {
    using past = basic_history<MaxCpus>;
    using of = const history_numbers&;
    using model::value_range;
    constexpr auto waits = [](of n) { return value_range{0, n.longest_wait}; };
    return std::tuple{
        history_row{{.bit = history_burst, .name = "burst", .reads = model::field::runtime_snap},
                    // A pool that is written again and again gives as much as CPUs can take in a period.
                    history_member{&past::taken,
                                   [](of n) {
                                       return value_range{-n.local, n.most_runtime + n.local + n.in_a_period};
                                   }}},
        history_row{{.bit = history_throttle, .name = "throttle"}, history_member{&past::throttled_this_period}},
        history_row{{.bit = history_latency, .name = "latency"},
                    history_member{&past::kept_waiting, waits},
                    history_member{&past::write_waits_for},
                    history_member{&past::write_wait, waits}},
        history_row{{.bit = history_credit, .name = "credit"}, history_member{&past::credited}},
        history_row{{.bit = history_departed, .name = "departed"}, history_member{&past::departed}},
        history_row{{.bit = history_overuse, .name = "overuse"},
                    history_member{&past::excess,
                                   [](of n) {
                                       return value_range{0, n.most_runtime + n.local};
                                   }}},
        history_row{{.bit = history_drain, .name = "drain"},
                    history_member{&past::excess_since_empty,
                                   [](of n) {
                                       return value_range{-(n.most_runtime + n.local), n.most_runtime + n.local};
                                   }}},
        history_row{{.bit = history_hierarchy, .name = "hierarchy", .reads = model::field::hierarchical_quota}},
    };
}

} // namespace detail

/// The rows, in the order in which histories are packed.
template <int MaxCpus>
inline constexpr auto history_rows = detail::make_history_rows<MaxCpus>();

/// What the rows say beside the members.
inline constexpr auto history_infos =
    std::apply([](const auto&... row) { return std::array{row.info...}; }, history_rows<model::plain::max_cpus>);

/// The bits of all.
inline constexpr unsigned all_histories =
    std::apply([](const auto&... row) { return (0U | ... | row.bit); }, history_infos);

/// How many members basic_history has, and so how many belong to a history.
inline constexpr std::size_t history_members = 9;
static_assert(
    [] {
        // Does not compile if the structure has another one: without a row it would be forgotten.
        [[maybe_unused]] const auto& [a, b, c, d, e, f, g, h, i] = history{};
        const auto members_of = [](const auto&... row) { return (std::tuple_size_v<decltype(row.members)> + ...); };
        return std::apply(members_of, history_rows<history::max_cpus>) == history_members;
    }(),
    "each member of basic_history belongs to one history");

/// Calls visit(number, row, member) for each member of `past` that belongs to a history in `kept`. `number` counts all
/// members, kept or not; `row` has the range.
template <class Visit, class Past>
[[gnu::always_inline]] constexpr void visit_histories(unsigned kept, Visit&& visit, Past& past) {
    std::size_t number = 0;
    const auto visit_member = [&](bool is_kept, const auto& row) __attribute__((always_inline)) {
        if (is_kept)
            visit(number, row, past.*row.member);
        ++number;
    };
    const auto visit_row = [&](const auto& row) __attribute__((always_inline)) {
        const bool is_kept = (kept & row.info.bit) != 0;
        std::apply([&](const auto&... member) { (visit_member(is_kept, member), ...); }, row.members);
    };
    std::apply([&](const auto&... row) { (visit_row(row), ...); }, history_rows<std::remove_cvref_t<Past>::max_cpus>);
}
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

/// The histories in `kept` where a run begins.
template <class Num>
[[nodiscard]] history_over<Num> first_history(unsigned kept, const model::task_group<Num>& tg,
                                              const model::scope_part& part);

/// What an event adds to the histories in `kept`. `before` and `after` are the machine around it.
template <class Num>
void advance_history(history_over<Num>& past, unsigned kept, const model::task_group<Num>& before,
                     const model::event& event, const model::write_request<Num>* request, model::status result,
                     const model::task_group<Num>& after, const model::scope_part& part);

} // namespace bwcheck::properties

#include "properties/history_advance.hpp"

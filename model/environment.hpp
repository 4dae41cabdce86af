// What surrounds the machine: how far time, tasks, timers and hot-plug may go, and so what can happen in a state. No
// revision has a say in it.
#pragma once

#include "model/event.hpp"
#include "model/setting_row.hpp"
#include "model/task_group.hpp"

#include <cstdint>
#include <tuple>

namespace bwcheck::model {

/// What the environment is allowed. Times in ns.
template <arithmetic Num>
struct environment {
    typename Num::u64 tick{1};            ///< how far the clock moves in one event of the explorer
    typename Num::u64 max_unaccounted{1}; ///< how long a task may execute without being charged
    typename Num::u64
        max_in_kernel{}; ///< how long tasks of a throttled queue may execute in the kernel before they park
    typename Num::u64 max_lateness{}; ///< how late a timer may fire
    int max_stalls = 0;               ///< how often a period callback may find its timer due again
    bool hotplug = false;             ///< CPUs go offline and come back

    friend bool operator==(const environment&, const environment&) = default;
};

/// A period callback that finds its timer due again more often than this is none that a trace may have.
inline constexpr std::uint64_t most_stalls = 1000;

namespace detail {

template <arithmetic Num>
constexpr auto make_environment_rows() {
    using all = environment<Num>;
    constexpr accepted_values positive{.least = 1};
    constexpr accepted_values any{};
    // Four passes to a doubling, and ten doublings from 1 ms to 1 s: more stalls show nothing new.
    constexpr accepted_values stalls{.most = 64};
    return std::tuple{
        setting_row{"tick", &all::tick, positive},
        setting_row{"max_unaccounted", &all::max_unaccounted, positive, any},
        setting_row{"max_in_kernel", &all::max_in_kernel},
        setting_row{"max_lateness", &all::max_lateness},
        setting_row{"max_stalls", &all::max_stalls, stalls, {.most = most_stalls}},
        setting_row{"hotplug", &all::hotplug},
    };
}

} // namespace detail

/// A row for each setting of the environment, in the order in which they are written.
template <arithmetic Num>
inline constexpr auto environment_rows = detail::make_environment_rows<Num>();

/// The same environment over another family of numbers.
template <arithmetic Num>
[[nodiscard]] constexpr environment<Num> environment_over(const environment<plain>& from) {
    // Does not compile if there is another one: without a row it would be forgotten.
    [[maybe_unused]] const auto& [a, b, c, d, e, f] = from;
    static_assert(std::tuple_size_v<decltype(detail::make_environment_rows<plain>())> == 6);
    return settings_over<environment<Num>>(environment_rows<Num>, environment_rows<plain>, from);
}

namespace detail {

template <arithmetic Num>
[[nodiscard]] int nr_online(const task_group<Num>& tg) {
    int count = 0;
    for (cpu_id cpu = 0; cpu < tg.nr_cpus; ++cpu)
        count += tg.cfs_rq(cpu).online ? 1 : 0;
    return count;
}

/// Time may pass as long as nobody waits longer than the environment lets them.
template <arithmetic Num>
[[nodiscard]] bool may_pass(const task_group<Num>& tg, const environment<Num>& env, const typename Num::u64& delta) {
    const auto& cfs_b = tg.cfs_bandwidth;
    const typename Num::s64 earliest = -as_s64(env.max_lateness);
    if (cfs_b.period_active && cfs_b.period_timer - as_s64(delta) < earliest)
        return false;
    if (cfs_b.slack_started && cfs_b.slack_timer - as_s64(delta) < earliest)
        return false;
    for (cpu_id cpu = 0; cpu < tg.nr_cpus; ++cpu) {
        const auto& cfs_rq = tg.cfs_rq(cpu);
        if (cfs_rq.curr && cfs_rq.unaccounted + delta > env.max_unaccounted)
            return false;
        if (cfs_rq.curr && cfs_rq.throttled && cfs_rq.in_kernel + delta > env.max_in_kernel)
            return false;
    }
    return true;
}

} // namespace detail

/// Whether `event` can happen in this state. Writes and reads always can, where the file exists.
template <arithmetic Num>
[[nodiscard]] bool enabled(const task_group<Num>& tg, const environment<Num>& env, const event& event) {
    switch (event.kind) {
    case event_kind::tick:
        return detail::may_pass(tg, env, typename Num::u64(event.amount));
    case event_kind::wake:
        return tg.cfs_rq(event.cpu).online && !tg.cfs_rq(event.cpu).runnable();
    case event_kind::sleep:
        return tg.cfs_rq(event.cpu).curr;
    case event_kind::charge:
        return tg.cfs_rq(event.cpu).curr && tg.cfs_rq(event.cpu).unaccounted > 0;
    case event_kind::exit_to_user:
        return tg.cfs_rq(event.cpu).sched_throttle_work;
    case event_kind::period_timer:
        return tg.cfs_bandwidth.period_active && tg.cfs_bandwidth.period_timer <= 0;
    case event_kind::slack_timer:
        return tg.cfs_bandwidth.slack_started && tg.cfs_bandwidth.slack_timer <= 0;
    case event_kind::offline:
        return env.hotplug && tg.cfs_rq(event.cpu).online && detail::nr_online(tg) > 1;
    case event_kind::online:
        return env.hotplug && !tg.cfs_rq(event.cpu).online;
    case event_kind::write:
    case event_kind::read:
    case event_kind::walk:
        return true;
    case event_kind::count:
        break;
    }
    return false;
}

/// Calls visit(event) for everything that can happen and may change the state, in a fixed order; but for writes.
template <arithmetic Num, class Visit>
void for_each_event(const task_group<Num>& tg, const environment<Num>& env, Visit&& visit) {
    const auto offer = [&](const event& event) {
        if (enabled(tg, env, event))
            visit(event);
    };
    for (cpu_id cpu = 0; cpu < tg.nr_cpus; ++cpu)
        for (const event_info& each : event_infos)
            if (each.offered_by_state && each.by == event_actor::cpu)
                offer({.kind = each.kind, .cpu = cpu});
    for (const event_info& each : event_infos)
        if (each.offered_by_state && each.by != event_actor::cpu) {
            const int most = each.amount == event_amount::stalls ? env.max_stalls : 0;
            for (int stalls = 0; stalls <= most; ++stalls)
                offer({.kind = each.kind, .amount = static_cast<std::uint64_t>(stalls)});
        }
}

} // namespace bwcheck::model

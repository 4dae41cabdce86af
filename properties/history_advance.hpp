// How each history follows the machine. Part of history.hpp.
#pragma once

#include "model/step_log.hpp"
#include "properties/history.hpp"

namespace bwcheck::properties {

namespace detail {

/// Net runtime that CPUs took from the pool since the last refill (slack that they returned counts against it).
template <class Num>
void advance_burst(history_over<Num>& past, const model::task_group<Num>& after) {
    for (const auto& step : after.log->records())
        if (step.refills > 0)
            past.taken = 0;
        else if (step.function != model::step::cpu_runtime_write_u64)
            past.taken = saturated(past.taken + model::wide(step.runtime_before) - model::wide(step.runtime_after));
}

template <class Num>
void advance_throttle(history_over<Num>& past, const model::event& event, const model::task_group<Num>& after) {
    if (event.kind == model::event_kind::period_timer)
        past.throttled_this_period = !after.cfs_bandwidth.throttled_cfs_rq.empty();
    for (const auto& step : after.log->records())
        past.throttled_this_period = past.throttled_this_period || step.appended;
}

template <class Num>
void advance_latency(history_over<Num>& past, const model::task_group<Num>& before, const model::event& event,
                     bool accepted, const model::task_group<Num>& after, const model::scope_part& part) {
    const std::int64_t passed = event.kind == model::event_kind::tick ? static_cast<std::int64_t>(event.amount) : 0;
    const bool pool_has_some = after.cfs_bandwidth.runtime > 0;
    const auto waits = [](const auto& cfs_rq) { return cfs_rq.throttled && cfs_rq.runnable(); };
    using cpus = cpu_set<Num::max_cpus>;
    const auto bit_of = [](model::cpu_id cpu) { return std::uint64_t{1} << static_cast<unsigned>(cpu); };

    for (model::cpu_id cpu = 0; cpu < after.nr_cpus; ++cpu) {
        auto& waited = past.kept_waiting[static_cast<std::size_t>(cpu)];
        if (!pool_has_some || !waits(after.cfs_rq(cpu)))
            waited = 0;
        else if (waits(before.cfs_rq(cpu)))
            waited = std::min(waited + passed, longest_wait(part));
        if (!waits(after.cfs_rq(cpu)))
            past.write_waits_for = static_cast<cpus>(past.write_waits_for & ~bit_of(cpu));
    }
    if (accepted) {
        past.write_waits_for = 0;
        past.write_wait = 0;
        for (model::cpu_id cpu = 0; cpu < after.nr_cpus; ++cpu)
            if (pool_has_some && waits(after.cfs_rq(cpu)))
                past.write_waits_for = static_cast<cpus>(past.write_waits_for | bit_of(cpu));
    }
    past.write_wait = past.write_waits_for == 0 ? 0 : std::min(past.write_wait + passed, longest_wait(part));
}

/// Consumption less one quota for each refill, over the window that makes it largest: it starts anew where it would be
/// negative. With `only_from_empty`, windows begin only where the pool is empty.
template <class Num>
void advance_excess(std::int64_t& excess, bool only_from_empty, const model::task_group<Num>& after,
                    const model::scope_part& part) {
    const model::int128 quota = model::wide(after.cfs_bandwidth.quota);
    const model::int128 least =
        only_from_empty ? -(quota + model::wide(after.cfs_bandwidth.burst) + local_allowance(part)) : 0;
    for (const auto& step : after.log->records()) {
        model::int128 sum = excess + model::wide(step.consumed) - step.refills * quota;
        if (step.runtime_after == 0)
            sum = std::max<model::int128>(sum, 0);
        excess = saturated(std::max(sum, least));
    }
}

} // namespace detail

template <class Num>
history_over<Num> first_history(unsigned kept, const model::task_group<Num>& tg, const model::scope_part& part) {
    history_over<Num> past;
    past.departed = tg.cfs_bandwidth.burst > tg.cfs_bandwidth.quota;
    if ((kept & history_drain) != 0)
        past.excess_since_empty = -plain_value(tg.cfs_bandwidth.runtime) - local_allowance(part);
    return past;
}

template <class Num>
void advance_history(history_over<Num>& past, unsigned kept, const model::task_group<Num>& before,
                     const model::event& event, const model::write_request<Num>* request, model::status result,
                     const model::task_group<Num>& after, const model::scope_part& part) {
    const bool accepted = event.kind == model::event_kind::write && result == model::status::ok;
    const bool limited = !(after.cfs_bandwidth.quota == model::runtime_inf);
    if ((kept & history_burst) != 0)
        detail::advance_burst(past, after);
    if ((kept & history_throttle) != 0)
        detail::advance_throttle(past, event, after);
    if ((kept & history_latency) != 0)
        detail::advance_latency(past, before, event, accepted, after, part);
    if ((kept & history_credit) != 0) {
        if (accepted && request->file == model::file::cpu_max_runtime)
            past.credited = true;
        for (const auto& step : after.log->records())
            past.credited = past.credited && step.runtime_after > 0;
    }
    if ((kept & history_departed) != 0)
        past.departed = past.departed || (accepted && request->file == model::file::cpu_max_runtime) ||
                        after.cfs_bandwidth.burst > after.cfs_bandwidth.quota;
    const bool window_ends = accepted || !limited;
    if ((kept & history_overuse) != 0) {
        detail::advance_excess(past.excess, false, after, part);
        if (window_ends)
            past.excess = 0;
    }
    if ((kept & history_drain) != 0) {
        detail::advance_excess(past.excess_since_empty, true, after, part);
        if (window_ends)
            past.excess_since_empty = saturated(-model::wide(after.cfs_bandwidth.runtime) - local_allowance(part));
    }
}

// Compiled once, in over_plain.cpp.
extern template history_over<model::plain> first_history(unsigned, const model::task_group<model::plain>&,
                                                         const model::scope_part&);
extern template void advance_history(history_over<model::plain>&, unsigned, const model::task_group<model::plain>&,
                                     const model::event&, const model::write_request<model::plain>*, model::status,
                                     const model::task_group<model::plain>&, const model::scope_part&);

} // namespace bwcheck::properties

// What happened inside one operation, for those who look at it from outside: properties, coverage and traces.
//
// A step is what the kernel does under one hold of its locks (docs/semantics.md lists them). Each leaves a record with
// the pool and the CPU's local runtime before and after it, so that a property can speak about steps whose intermediate
// states no operation lets out. Branches are places inside steps that a run ought to have reached.
#pragma once

#include "model/task_group.hpp"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace bwcheck::model {

/// The steps, named after the kernel function whose critical section they are.
enum class step : std::uint8_t {
    update_curr,               ///< charge, and a new slice if that emptied the local runtime
    enqueue_entity,            ///< a task arrives on an empty queue
    set_next_entity,           ///< a task starts to execute
    dequeue_entity,            ///< a task leaves
    return_cfs_rq_runtime,     ///< slack goes back to the pool
    throttle_cfs_rq,           ///< the re-check, and the append to the list
    throttle_cfs_rq_work,      ///< a task parks itself on return to user space
    do_sched_cfs_period_timer, ///< forward, refill, and all up to the next time the lock is dropped
    hrtimer_restart,           ///< the callback decides whether to run on, and re-arms or stops
    distribute_cfs_runtime,    ///< one throttled CPU gets its grant
    cfsb_csd_unthrottle,       ///< the IPI that unthrottles a remote CPU
    do_sched_cfs_slack_timer,  ///< the slack timer looks whether there is something to distribute
    tg_set_cfs_bandwidth,      ///< the new configuration and its refill
    tg_set_cfs_bandwidth_cpu,  ///< the new configuration reaches one CPU
    cpu_runtime_write_u64,     ///< a write to cpu.max.runtime
    rq_offline_fair,
    rq_online_fair,
    count,
};

/// Branches inside steps.
enum class branch : std::uint8_t {
    charge_not_enabled,
    charge_throttled,
    assign_unlimited,
    assign_full,
    assign_partial,
    assign_pool_empty,
    throttle_avoided,
    throttled,
    grant_full,
    grant_partial,
    distribute_left_some,
    unthrottle_refused,
    refill_burst_counted,
    refill_capped,
    refill_not_capped,
    timer_started,
    timer_quota_unlimited,
    timer_idle_marked,
    timer_stopped,
    timer_overrun,
    period_scaled,
    period_not_scaled,
    slack_returned,
    slack_timer_started,
    slack_too_late,
    slack_distributed,
    slack_nothing,
    write_rejected,
    write_accepted,
    write_limits,
    write_unlimits,
    task_parked,
    task_unparked,
    count,
};

/// The checks of a validation, so that one can ask which of them decide (guard-decides).
enum class guard : std::uint8_t {
    parse,
    period_us_converts,
    quota_us_converts,
    burst_us_converts,
    quota_at_least_min,
    period_at_least_min,
    period_at_most_max,
    quota_within_limit,
    burst_within_quota,
    burst_within_limit,
    burst_and_quota_within_limit,
    runtime_within_limit,
    runtime_within_cap,
    runtime_not_negative,
    count,
};

[[nodiscard]] std::string_view to_string(step value);
[[nodiscard]] std::string_view to_string(branch value);
[[nodiscard]] std::string_view to_string(guard value);

/// One step that ran.
template <arithmetic Num>
struct step_record {
    step function = step::count;
    cpu_id cpu = no_cpu;                  ///< whose run queue lock was held; no_cpu: only the group's lock
    typename Num::u64 runtime_before{};   ///< the pool, ns
    typename Num::u64 runtime_after{};    ///< the pool, ns
    typename Num::s64 remaining_before{}; ///< that CPU's local runtime, ns
    typename Num::s64 remaining_after{};  ///< that CPU's local runtime, ns
    typename Num::u64 consumed{};         ///< execution charged to the local runtime, ns
    bool appended = false;                ///< the CPU was appended to the list
    std::int8_t refills = 0;              ///< calls of refill
};

/// The records of one operation. Cleared before each.
template <arithmetic Num>
class step_log {
public:
    void clear() {
        records_.clear();
        branches_ = 0;
        rejected_by_ = guard::count;
        asked_ = 0;
        ran_away_ = false;
    }

    void reached(branch place) { branches_ |= std::uint64_t{1} << static_cast<unsigned>(place); }
    [[nodiscard]] bool was_reached(branch place) const {
        return ((branches_ >> static_cast<unsigned>(place)) & 1U) != 0;
    }
    [[nodiscard]] std::uint64_t branches() const { return branches_; }

    /// One check of a validation: true if the input is to be rejected by it.
    template <class Truth>
    [[nodiscard]] bool rejects(guard which, const Truth& bad) {
        asked_ |= std::uint32_t{1} << static_cast<unsigned>(which);
        if (((without_ >> static_cast<unsigned>(which)) & 1U) != 0)
            return false;
        if (bad) {
            rejected_by_ = which;
            return true;
        }
        return false;
    }
    /// The check that rejected this operation's input; guard::count if none did.
    [[nodiscard]] guard rejected_by() const { return rejected_by_; }
    /// The checks that this operation went through, a bit each.
    [[nodiscard]] std::uint32_t asked() const { return asked_; }
    /// From now on, validations go without this check (guard::count: with all). For "what if it were not there".
    void leave_out(guard which) {
        without_ = which == guard::count ? 0 : std::uint32_t{1} << static_cast<unsigned>(which);
    }
    /// The same for several checks, a bit each.
    void leave_out_all(std::uint32_t checks) { without_ = checks; }

    /// The operation did not come to an end and was broken off.
    void ran_away() { ran_away_ = true; }
    [[nodiscard]] bool has_run_away() const { return ran_away_; }

    [[nodiscard]] const std::vector<step_record<Num>>& records() const { return records_; }
    [[nodiscard]] step_record<Num>& current() { return records_.back(); }
    void push(const step_record<Num>& record) { records_.push_back(record); }

private:
    std::vector<step_record<Num>> records_; // keeps its capacity: no allocation after the first operations
    std::uint64_t branches_ = 0;
    guard rejected_by_ = guard::count;
    std::uint32_t without_ = 0;
    std::uint32_t asked_ = 0;
    bool ran_away_ = false;
};

static_assert(static_cast<unsigned>(branch::count) <= 64);

/// Stands where the kernel takes the locks of a step, and makes the step's record. Not to be nested.
template <arithmetic Num>
class step_scope {
public:
    step_scope(task_group<Num>& tg, step step, cpu_id cpu = no_cpu) : tg_(tg) {
        step_record<Num> record;
        record.function = step;
        record.cpu = cpu;
        record.runtime_before = tg.cfs_bandwidth.runtime;
        if (cpu != no_cpu)
            record.remaining_before = tg.cfs_rq(cpu).runtime_remaining;
        tg.log->push(record);
    }
    ~step_scope() {
        step_record<Num>& record = tg_.log->current();
        record.runtime_after = tg_.cfs_bandwidth.runtime;
        if (record.cpu != no_cpu)
            record.remaining_after = tg_.cfs_rq(record.cpu).runtime_remaining;
    }
    step_scope(const step_scope&) = delete;
    step_scope& operator=(const step_scope&) = delete;

private:
    task_group<Num>& tg_;
};

} // namespace bwcheck::model

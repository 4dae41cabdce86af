// Faulty revisions, for tests of the properties: each mutant is one small mistake, and each property must notice one.
//
// They are one type for each base, and switched at run time, so that a new one costs a line and not a compilation.
#pragma once

#include "model/revision.hpp"
#include "model/revisions/cpu_max_runtime_delta.hpp"
#include "model/revisions/throttle_in_account.hpp"

namespace bwcheck::explorer {

enum class mutant {
    none,
    assign_all_or_nothing,
    assign_gives_one_more,
    assign_does_not_start_timer,
    assign_while_throttled,
    charge_nothing,
    charge_gives_to_others,
    charge_takes_from_others,
    distribute_forever,
    distribute_never,
    unthrottle_stays_listed,
    unthrottle_takes_local_runtime,
    scale_never,
    refill_without_cap,
    refill_without_snapshot,
    refill_twice_the_quota,
    refill_counts_every_burst_twice,
    tick_counts_periods_twice,
    tick_does_not_count_throttled,
    scale_forgets_burst,
    scale_rounds_quota,
    write_without_conversion_guard,
    write_without_sum_check,
    write_with_useless_check,
    write_with_burst_within_quota,
    write_stores_one_more,
    write_keeps_pool,
    rejected_write_stores_burst,
    rejected_write_counts_a_burst,
    burst_write_changes_period,
    runtime_write_ignored,
    runtime_write_one_more,
    runtime_write_without_cap,
    runtime_write_below_cap,
    runtime_write_does_not_distribute,
    runtime_write_sets_instead_of_adding,
    runtime_read_halves,
    assign_beyond_target,
    write_forgets_throttled,
    write_shortens_period,
    write_forgets_a_cpu,
    write_leaves_two_ns,
    write_adds_to_what_is_fetched,
    forward_too_far,
    assign_leaves_group_idle,
    charge_again,
    throttle_never,
    throttle_tells_nobody,
    throttle_clock_stands,
    throttled_time_never_added,
    throttled_time_added_twice,
    unthrottle_forgets_task,
    unthrottle_invents_task,
    unthrottle_charges_late,
    offline_leaves_debt,
    slack_is_kept,
    slack_timer_never,
    throttled_are_not_charged,
    tree_is_not_told,
};

/// The mutant that all mutated revisions of this process are. Set before an exploration and left alone during it.
inline mutant active_mutant = mutant::none;

[[nodiscard]] inline bool is(mutant one) { return active_mutant == one; }

template <class Base>
struct mutated {
    static constexpr model::revision_info info{.id = "mutant",
                                               .base = Base::info.id,
                                               .summary = "A small mistake.",
                                               .source = "tests",
                                               .posted_on = model::mainline::info.id};

    template <model::arithmetic Num, class Kernel>
    struct functions : Base::template functions<Num, Kernel> {
        using base = typename Base::template functions<Num, Kernel>;
        using u64 = typename Num::u64;
        using group = model::task_group<Num>;
        using frame = model::interface::write_frame<Num>;

        static bool assign_cfs_rq_runtime(group& tg, model::cpu_id cpu, const u64& target) {
            const auto wanted = model::as_u64(model::as_s64(target) - tg.cfs_rq(cpu).runtime_remaining);
            if (is(mutant::assign_all_or_nothing) && tg.cfs_bandwidth.runtime < wanted)
                return false;
            const bool assigned = base::assign_cfs_rq_runtime(tg, cpu, target);
            if (is(mutant::assign_gives_one_more) && assigned)
                tg.cfs_rq(cpu).runtime_remaining -= 1;
            if (is(mutant::assign_leaves_group_idle))
                tg.cfs_bandwidth.idle = true;
            if (is(mutant::assign_beyond_target) && assigned)
                tg.cfs_rq(cpu).runtime_remaining += 1;
            return assigned && tg.cfs_rq(cpu).runtime_remaining > 0;
        }
        static void start_cfs_bandwidth(group& tg) {
            if (!is(mutant::assign_does_not_start_timer))
                base::start_cfs_bandwidth(tg);
        }
        [[nodiscard]] static u64 hrtimer_forward_now(typename Num::s64& expires, const u64& period) {
            const u64 periods = base::hrtimer_forward_now(expires, period);
            if (is(mutant::forward_too_far) && periods > 0)
                expires += model::as_s64(period);
            return periods;
        }
        static bool update_curr(group& tg, model::cpu_id cpu) {
            if (is(mutant::throttled_are_not_charged) && tg.cfs_rq(cpu).throttled)
                return false;
            const u64 executed = tg.cfs_rq(cpu).unaccounted;
            const bool resched = base::update_curr(tg, cpu);
            if (is(mutant::charge_again))
                tg.cfs_rq(cpu).unaccounted = executed;
            return resched;
        }
        static bool account_cfs_rq_runtime(group& tg, model::cpu_id cpu, const u64& delta_exec) {
            auto& cfs_rq = tg.cfs_rq(cpu);
            const auto before = cfs_rq.runtime_remaining;
            const bool resched = base::account_cfs_rq_runtime(tg, cpu, delta_exec);
            if (is(mutant::charge_nothing) && cfs_rq.runtime_remaining < before)
                cfs_rq.runtime_remaining = before;
            for (model::cpu_id other = 0; other < tg.nr_cpus; ++other)
                if (other != cpu && delta_exec > 0)
                    tg.cfs_rq(other).runtime_remaining += is(mutant::charge_gives_to_others)     ? 1
                                                          : is(mutant::charge_takes_from_others) ? -1
                                                                                                 : 0;
            if (is(mutant::assign_while_throttled) && cfs_rq.throttled)
                static_cast<void>(Kernel::assign_cfs_rq_runtime(tg, cpu, tg.constants->sched_cfs_bandwidth_slice));
            return resched;
        }
        [[nodiscard]] static bool still_throttled(const group& tg, const model::fair::distribute_walk<Num>& walk) {
            return is(mutant::distribute_forever) || base::still_throttled(tg, walk);
        }
        static void distribute_to(group& tg, model::cpu_id cpu, model::fair::distribute_walk<Num>& walk) {
            const u64 executed = tg.cfs_rq(cpu).unaccounted;
            if (is(mutant::unthrottle_charges_late))
                tg.cfs_rq(cpu).unaccounted = 0;
            if (!is(mutant::distribute_never))
                base::distribute_to(tg, cpu, walk);
            else
                walk.remaining = 0;
            if (is(mutant::unthrottle_charges_late))
                tg.cfs_rq(cpu).unaccounted = executed;
        }
        static bool throttle_cfs_rq(group& tg, model::cpu_id cpu) {
            return !is(mutant::throttle_never) && base::throttle_cfs_rq(tg, cpu);
        }
        static void unthrottle_offline_cfs_rqs(group& tg, model::cpu_id cpu) {
            base::unthrottle_offline_cfs_rqs(tg, cpu);
            if (is(mutant::offline_leaves_debt))
                tg.cfs_rq(cpu).runtime_remaining -= 1;
        }
        static void repick_task(group& tg, model::cpu_id cpu) {
            if (!is(mutant::throttle_tells_nobody))
                base::repick_task(tg, cpu);
        }
        [[nodiscard]] static bool throttle_clock_runs(const model::cfs_rq<Num>& cfs_rq) {
            return !is(mutant::throttle_clock_stands) && base::throttle_clock_runs(cfs_rq);
        }
        static void return_cfs_rq_runtime(group& tg, model::cpu_id cpu) {
            if (!is(mutant::slack_is_kept))
                base::return_cfs_rq_runtime(tg, cpu);
        }
        static void start_cfs_slack_bandwidth(group& tg) {
            if (!is(mutant::slack_timer_never))
                base::start_cfs_slack_bandwidth(tg);
        }
        static void unthrottle_cfs_rq(group& tg, model::cpu_id cpu) {
            const bool was_throttled = tg.cfs_rq(cpu).throttled;
            const u64 throttled_time = tg.cfs_bandwidth.throttled_time;
            const u64 executed = tg.cfs_rq(cpu).unaccounted;
            if (is(mutant::unthrottle_charges_late))
                tg.cfs_rq(cpu).unaccounted = 0;
            base::unthrottle_cfs_rq(tg, cpu);
            if (is(mutant::unthrottle_charges_late)) {
                tg.cfs_rq(cpu).unaccounted = executed;
                if (was_throttled && !tg.cfs_rq(cpu).throttled)
                    static_cast<void>(Kernel::update_curr(tg, cpu));
            }
            if (is(mutant::throttled_time_never_added))
                tg.cfs_bandwidth.throttled_time = throttled_time;
            if (is(mutant::throttled_time_added_twice))
                tg.cfs_bandwidth.throttled_time += tg.cfs_bandwidth.throttled_time - throttled_time;
            if (is(mutant::unthrottle_stays_listed) && was_throttled && !tg.cfs_rq(cpu).throttled)
                tg.cfs_bandwidth.throttled_cfs_rq.push_back(cpu);
        }
        static void refill_cfs_bandwidth_runtime(group& tg) {
            auto& cfs_b = tg.cfs_bandwidth;
            const u64 runtime = cfs_b.runtime;
            const u64 snap = cfs_b.runtime_snap;
            const auto bursts = cfs_b.nr_burst;
            if (is(mutant::refill_twice_the_quota) && cfs_b.quota != model::runtime_inf)
                cfs_b.runtime += cfs_b.quota;
            base::refill_cfs_bandwidth_runtime(tg);
            if (cfs_b.quota == model::runtime_inf)
                return;
            if (is(mutant::refill_without_cap))
                cfs_b.runtime = runtime + cfs_b.quota;
            if (is(mutant::refill_without_snapshot))
                cfs_b.runtime_snap = snap;
            if (is(mutant::refill_counts_every_burst_twice))
                cfs_b.nr_burst += cfs_b.nr_burst - bursts;
        }
        static bool do_sched_cfs_period_timer(group& tg, const u64& overrun,
                                              model::fair::period_timer_frame<Num>& timer) {
            const auto throttled = tg.cfs_bandwidth.nr_throttled;
            const bool stop = base::do_sched_cfs_period_timer(tg, overrun, timer);
            if (is(mutant::tick_does_not_count_throttled))
                tg.cfs_bandwidth.nr_throttled = throttled;
            if (is(mutant::tick_counts_periods_twice))
                tg.cfs_bandwidth.nr_periods += model::as_s32(overrun);
            return stop;
        }
        static void tg_unthrottle_up(group& tg, model::cpu_id cpu) {
            if (is(mutant::unthrottle_takes_local_runtime))
                tg.cfs_rq(cpu).runtime_remaining = 0;
            if (is(mutant::unthrottle_forgets_task))
                return;
            if (is(mutant::unthrottle_invents_task))
                tg.cfs_rq(cpu).nr_queued = true;
            const bool by_write = tg.log->current().function == model::step::tg_set_cfs_bandwidth_cpu;
            if (is(mutant::write_adds_to_what_is_fetched) && by_write)
                tg.cfs_rq(cpu).runtime_remaining = 0;
            base::tg_unthrottle_up(tg, cpu);
            if (is(mutant::write_adds_to_what_is_fetched) && by_write)
                tg.cfs_rq(cpu).runtime_remaining += 2;
        }
        static void scale_period(group& tg) {
            if (is(mutant::scale_never))
                return;
            const u64 burst = tg.cfs_bandwidth.burst;
            const u64 quota = tg.cfs_bandwidth.quota;
            base::scale_period(tg);
            if (is(mutant::scale_forgets_burst))
                tg.cfs_bandwidth.burst = burst;
            if (is(mutant::scale_rounds_quota) && tg.cfs_bandwidth.quota != quota)
                tg.cfs_bandwidth.quota = quota * 2 + 1;
        }
        static void set_cfs_bandwidth(group& tg, frame& f, const u64& period, const u64& quota, const u64& burst) {
            const u64 runtime = tg.cfs_bandwidth.runtime;
            base::set_cfs_bandwidth(tg, f, period, quota, burst);
            if (is(mutant::write_stores_one_more))
                tg.cfs_bandwidth.burst += tg.constants->nsec_per_usec;
            if (is(mutant::write_keeps_pool))
                tg.cfs_bandwidth.runtime = runtime;
            if (is(mutant::burst_write_changes_period) && f.request.file == model::file::cpu_max_burst)
                tg.cfs_bandwidth.period += tg.constants->nsec_per_usec;
            if (is(mutant::write_shortens_period))
                tg.cfs_bandwidth.period = tg.constants->nsec_per_usec;
        }
        /// A constant of the base, and a mistake all the same.
        struct local_runtime_after_write {
            operator typename Num::s64() const { // NOLINT(google-explicit-constructor): it stands where an int does
                return is(mutant::write_leaves_two_ns) ? 2 : base::runtime_remaining_after_write;
            }
        };
        static constexpr local_runtime_after_write runtime_remaining_after_write{};
        static void tg_set_cfs_bandwidth_cpu(group& tg, frame& f) {
            if (!is(mutant::write_forgets_throttled) || f.enabled || f.cpu == tg.nr_cpus) {
                base::tg_set_cfs_bandwidth_cpu(tg, f);
                if (is(mutant::write_forgets_a_cpu))
                    tg.cfs_rq(0).runtime_enabled = false;
                return;
            }
            const model::step_scope<Num> rq_lock(tg, model::step::tg_set_cfs_bandwidth_cpu, f.cpu);
            tg.cfs_rq(f.cpu).runtime_enabled = false;
            ++f.cpu;
        }
        static void cfs_schedulable(group& tg, const u64& period, const u64& quota) {
            if (!is(mutant::tree_is_not_told))
                base::cfs_schedulable(tg, period, quota);
        }
        static model::status cpu_burst_write_u64(group& tg, frame& f) {
            if (is(mutant::write_without_conversion_guard))
                tg.log->leave_out(model::guard::burst_us_converts);
            const model::status result = base::cpu_burst_write_u64(tg, f);
            if (is(mutant::write_without_conversion_guard))
                tg.log->leave_out(model::guard::count);
            if (is(mutant::rejected_write_stores_burst) && result != model::status::ok)
                tg.cfs_bandwidth.burst = 0;
            if (is(mutant::rejected_write_counts_a_burst) && result != model::status::ok)
                tg.cfs_bandwidth.nr_burst += 1;
            return result;
        }
        [[nodiscard]] static bool burst_is_valid(group& tg, const u64& quota_us, const u64& burst_us,
                                                 const u64& limit) {
            if (is(mutant::write_without_sum_check))
                return true;
            if (is(mutant::write_with_burst_within_quota) &&
                tg.log->rejects(model::guard::burst_within_quota, burst_us > quota_us))
                return false;
            return base::burst_is_valid(tg, quota_us, burst_us, limit);
        }
        static model::status cpu_runtime_write(group& tg, frame& f) {
            if (is(mutant::write_with_useless_check) && tg.log->rejects(model::guard::burst_within_limit, false))
                return model::status::einval;
            if (is(mutant::runtime_write_ignored)) {
                f.next = frame::at::done;
                return model::status::ok;
            }
            if (is(mutant::runtime_write_without_cap))
                tg.log->leave_out(model::guard::runtime_within_cap);
            if (is(mutant::runtime_write_sets_instead_of_adding))
                tg.cfs_bandwidth.runtime = 0;
            const model::status result = base::cpu_runtime_write(tg, f);
            if (is(mutant::runtime_write_without_cap))
                tg.log->leave_out(model::guard::count);
            const auto& cfs_b = tg.cfs_bandwidth;
            if (is(mutant::runtime_write_below_cap) && cfs_b.runtime == cfs_b.quota + cfs_b.burst)
                return model::status::einval;
            if (is(mutant::runtime_write_one_more) && result == model::status::ok)
                tg.cfs_bandwidth.runtime += 1;
            return result;
        }
        static void after_runtime_write(group& tg, frame& f) {
            if constexpr (requires { base::after_runtime_write(tg, f); }) {
                if (is(mutant::runtime_write_does_not_distribute))
                    f.next = frame::at::done;
                else
                    base::after_runtime_write(tg, f);
            }
        }
        [[nodiscard]] static u64 cpu_runtime_read_u64(const group& tg) {
            const u64 runtime = base::cpu_runtime_read_u64(tg);
            return is(mutant::runtime_read_halves) ? runtime / 2 : runtime;
        }
    };
};

} // namespace bwcheck::explorer

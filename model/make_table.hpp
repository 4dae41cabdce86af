// From the functions of a revision to its table. The only place, with the revisions themselves, that names a `Kernel`.
#pragma once

#include "model/kernel_table.hpp"
#include "model/machine.hpp"
#include "model/revision.hpp"

namespace bwcheck::model {

/// A revision whose accepted writes store the configuration and do nothing else: for kernel_table::validate.
template <class Revision, arithmetic Num>
struct validating_kernel : Revision::template functions<Num, validating_kernel<Revision, Num>> {
    using num = Num;
    using u64 = typename Num::u64;
    using frame = interface::write_frame<Num>;

    static void set_cfs_bandwidth(task_group<Num>& tg, frame& f, const u64& period, const u64& quota,
                                  const u64& burst) {
        tg.cfs_bandwidth.period = period;
        tg.cfs_bandwidth.quota = quota;
        tg.cfs_bandwidth.burst = burst;
        f.next = frame::at::done;
    }
    static void after_runtime_write(task_group<Num>& /*tg*/, frame& f) { f.next = frame::at::done; }

    // No write gets as far as its other steps: what those call need not be compiled once more.
    static void tg_set_cfs_bandwidth_cpu(task_group<Num>& /*tg*/, frame& f) { f.next = frame::at::done; }
    static void distribute_step(task_group<Num>& /*tg*/, fair::distribute_walk<Num>& walk) { walk.next = no_cpu; }
};

/// The table of `Revision` over `Num`, on top of the table of the kernel that it is posted on, if any.
template <class Revision, arithmetic Num>
[[nodiscard]] constexpr kernel_table<Num> make_table(const kernel_table<Num>* posted_on) {
    using functions = kernel<Revision, Num>;
    using group = task_group<Num>;
    return {
        .info = &revision_info_of<Revision>,
        .cpu_max_runtime = functions::cpu_max_runtime,
        .runtime_expires = functions::runtime_expires,
        .throttles_where_charged = functions::throttles_where_charged,
        .accepts_burst_alone = functions::accepts_burst_alone,
        .accepts_burst = functions::accepts_burst,
        .pool_cap = functions::template pool_cap<unbounded<Num>>,
        .posted_on = posted_on,
        .init_cfs_bandwidth = [](group& tg) { functions::init_cfs_bandwidth(tg); },
        .apply = [](group& tg, const event& happening,
                    const write_request<Num>* request) { return machine<functions>::apply(tg, happening, request); },
        .operate =
            [](group& tg, const event& happening, const write_request<Num>* request) {
                return machine<functions>::operate(tg, happening, request);
            },
        .validate =
            [](group& tg, const write_request<Num>& request) {
                tg.log->clear();
                return machine<validating_kernel<Revision, Num>>::write(tg, request);
            },
        .cpu_runtime_read_u64 = [](const group& tg) { return functions::cpu_runtime_read_u64(tg); },
        .cgroup_file_write = [](group& tg, interface::write_frame<Num>& f) { functions::cgroup_file_write(tg, f); },
        .sched_cfs_period_timer = [](group& tg,
                                     fair::period_timer_frame<Num>& f) { functions::sched_cfs_period_timer(tg, f); },
        .sched_cfs_slack_timer = [](group& tg,
                                    fair::slack_timer_frame<Num>& f) { functions::sched_cfs_slack_timer(tg, f); },
        .distribute_begin = [](const group& tg) { return functions::distribute_begin(tg); },
        .distribute_step = [](group& tg, fair::distribute_walk<Num>& walk) { functions::distribute_step(tg, walk); },
        .cfsb_csd_unthrottle = [](group& tg, cpu_id cpu) { functions::cfsb_csd_unthrottle(tg, cpu); },
        .refill_cfs_bandwidth_runtime = [](group& tg) { functions::refill_cfs_bandwidth_runtime(tg); },
        .scale_period = [](group& tg) { functions::scale_period(tg); },
        .advance_timers = [](group& tg, const typename Num::u64& delta) { functions::advance_timers(tg, delta); },
    };
}

} // namespace bwcheck::model

// A revision as everybody outside of it sees it: a table of its functions over one family of numbers. It hangs in the
// task_group, so that engines, properties, replay and lab are compiled once, and a revision may come from anywhere:
// built in, from a header outside the tree, or from a kernel's own text.
//
// The table is also the ABI of revisions that are loaded. Whoever changes its layout, or that of the structures it is
// handed, changes the hash of the headers, by which a foreign one is refused (model/revisions/plugin.hpp).
#pragma once

#include "model/event.hpp"
#include "model/frames.hpp"
#include "model/interface/write_request.hpp"
#include "model/step_log.hpp"
#include "model/task_group.hpp"

#include <string_view>

namespace bwcheck::model {

struct revision_info;

/// The functions of one revision over the numbers `Num`. They are handed a group whose `constants`, `log` and `kernel`
/// are set. No pointer is null, except where it says so.
template <class Num>
struct kernel_table {
    using u64 = typename Num::u64;
    using group = task_group<Num>;

    const revision_info* info; ///< whose functions these are

    // What is fixed in a revision.
    runtime_interface cpu_max_runtime; ///< what cpu.max.runtime takes; none: there is no such file
    bool runtime_expires;              ///< local runtime expires with its period (before 5.4)
    bool throttles_where_charged;      ///< charging throttles a CPU (since the middle of 2026)

    // What is promised of a configuration, in integers that do not wrap; properties ask this.
    /// Whether a group may have this burst, µs, whatever its quota (interface/bandwidth.hpp).
    bool (*accepts_burst_alone)(const constants<Num>&, const unbounded<Num>& burst_us);
    /// Whether a finite quota may have it; all in ns, or all in µs.
    bool (*accepts_burst)(const unbounded<Num>& quota, const unbounded<Num>& burst, const unbounded<Num>& limit);
    /// What a refill caps the pool at, ns.
    unbounded<Num> (*pool_cap)(const unbounded<Num>& quota, const unbounded<Num>& burst);

    /// The kernel that a patch is posted on, and must not change for those who do not use it; null if it is none.
    const kernel_table* posted_on;

    [[nodiscard]] bool has_runtime_file() const { return cpu_max_runtime != runtime_interface::none; }
    [[nodiscard]] bool takes_deltas() const { return cpu_max_runtime == runtime_interface::delta; }

    /// A new group: init_cfs_bandwidth(), in a task_group whose `kernel` is this table.
    void (*init_cfs_bandwidth)(group&);
    /// Lets an event happen, which must be enabled (environment.hpp); the steps are in the group's log afterwards.
    /// `request` is what a write event writes, null for others. Returns a write's status. IPIs are delivered.
    status (*apply)(group&, const event&, const write_request<Num>* request);
    /// The same, but IPIs stay pending.
    status (*operate)(group&, const event&, const write_request<Num>* request);
    /// A write that goes no further than its validation and, if that accepts, what it stores. For questions about
    /// checks, which do not care what else a write does.
    status (*validate)(group&, const write_request<Num>& request);
    /// What reading cpu.max.runtime returns, µs, where the file exists.
    u64 (*cpu_runtime_read_u64)(const group&);

    // The steps that a proof takes one at a time. What they need of locks is held.
    void (*cgroup_file_write)(group&, interface::write_frame<Num>&);
    void (*sched_cfs_period_timer)(group&, fair::period_timer_frame<Num>&);
    void (*sched_cfs_slack_timer)(group&, fair::slack_timer_frame<Num>&);
    fair::distribute_walk<Num> (*distribute_begin)(const group&);
    void (*distribute_step)(group&, fair::distribute_walk<Num>&);
    void (*cfsb_csd_unthrottle)(group&, cpu_id);
    void (*refill_cfs_bandwidth_runtime)(group&);
    void (*scale_period)(group&);
    void (*advance_timers)(group&, const u64& delta);
};

/// Whether a revision has this file.
template <class Num>
[[nodiscard]] bool file_exists(const kernel_table<Num>& kernel, file which) {
    return info_of(which).content(kernel.cpu_max_runtime) != file_content::absent;
}

/// What the kernel function behind a file is handed when `text` is written to it.
template <class Num>
[[nodiscard]] write_request<Num> request_of(const kernel_table<Num>& kernel, file where, std::string_view text) {
    return request_over<Num>(parse_write(where, kernel.cpu_max_runtime, text));
}

/// A group of `nr_cpus` CPUs as the kernel makes it, without any limit. What it points to has to outlive it.
template <class Num>
[[nodiscard]] task_group<Num> new_group(const kernel_table<Num>& kernel, const constants<Num>& constants,
                                        step_log<Num>& log, int nr_cpus) {
    task_group<Num> tg;
    tg.kernel = &kernel;
    tg.constants = &constants;
    tg.log = &log;
    tg.nr_cpus = static_cast<cpu_id>(nr_cpus);
    kernel.init_cfs_bandwidth(tg);
    return tg;
}

} // namespace bwcheck::model

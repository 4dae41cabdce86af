// The state of the machine: one task group with a bandwidth limit, and its run queue on each CPU.
//
// Fields carry the kernel's names (struct cfs_bandwidth and struct cfs_rq, kernel/sched/sched.h, Linux 6.1) except
// where a comment says what stands in for several of the kernel's. There is no clock: every time is relative to now, so
// that a machine that does the same thing in every period has finitely many states.
#pragma once

#include "model/arithmetic.hpp"
#include "model/constants.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace bwcheck::model {

/// Numbers a CPU, from 0. -1 stands for "none".
using cpu_id = std::int8_t;
inline constexpr cpu_id no_cpu = -1;

/// Which CPUs are throttled, in the order in which they were (cfs_b->throttled_cfs_rq): appended at the tail, served
/// from the head.
template <int MaxCpus>
class throttled_list {
public:
    [[nodiscard]] bool empty() const { return size_ == 0; }
    [[nodiscard]] int size() const { return size_; }
    [[nodiscard]] cpu_id operator[](int position) const { return cpus_[static_cast<std::size_t>(position)]; }
    [[nodiscard]] bool contains(cpu_id cpu) const { return position_of(cpu) < size_; }
    [[nodiscard]] cpu_id front() const { return empty() ? no_cpu : cpus_[0]; }

    /// The CPU listed after `cpu`; no_cpu if it is the last or not listed.
    [[nodiscard]] cpu_id after(cpu_id cpu) const {
        const int next = position_of(cpu) + 1;
        return next < size_ ? (*this)[next] : no_cpu;
    }
    void push_back(cpu_id cpu) { cpus_[static_cast<std::size_t>(size_++)] = cpu; }
    void remove(cpu_id cpu) {
        int position = position_of(cpu);
        if (position == size_)
            return;
        for (--size_; position < size_; ++position)
            cpus_[static_cast<std::size_t>(position)] = cpus_[static_cast<std::size_t>(position) + 1];
    }
    void clear() { size_ = 0; }

    friend bool operator==(const throttled_list& a, const throttled_list& b) {
        return std::equal(a.cpus_.begin(), a.cpus_.begin() + a.size_, b.cpus_.begin(), b.cpus_.begin() + b.size_);
    }

private:
    [[nodiscard]] int position_of(cpu_id cpu) const {
        int position = 0;
        while (position < size_ && (*this)[position] != cpu)
            ++position;
        return position;
    }

    std::array<cpu_id, MaxCpus> cpus_{};
    std::int8_t size_ = 0;
};

/// struct cfs_bandwidth: the group's token bucket. Times in ns.
template <arithmetic Num>
struct cfs_bandwidth {
    using u64 = typename Num::u64;
    using s64 = typename Num::s64;
    using s32 = typename Num::s32;
    using flag = typename Num::flag;

    u64 period{};               ///< refill interval P
    u64 quota = runtime_inf;    ///< allowance a period Q; runtime_inf: no limit
    u64 runtime{};              ///< the global pool R
    u64 burst{};                ///< what R may exceed Q by, B
    u64 runtime_snap{};         ///< R right after the previous refill, S
    s64 hierarchical_quota{};   ///< what the tree leaves of Q / P, as a fraction of 2^20; no_hierarchical_quota: no
                                ///< limit. Nothing in this model depends on it
    s64 runtime_expires{};      ///< time until local runtime of the last refill expires; -1: it has (before 5.4)
    flag idle = false;          ///< nothing was allocated since the last tick
    flag period_active = false; ///< the period timer is armed or its callback will re-arm it
    flag slack_started = false; ///< the slack timer is pending
    s64 period_timer{};         ///< time until the period timer expires; not positive: it is due. Keeps its phase while
                                ///< inactive
    s64 slack_timer{};          ///< time until the slack timer expires, while slack_started
    throttled_list<Num::max_cpus> throttled_cfs_rq;

    s32 nr_periods{};     ///< `int` in the kernel
    s32 nr_throttled{};   ///< `int` in the kernel
    s32 nr_burst{};       ///< `int` in the kernel
    u64 throttled_time{}; ///< ns
    u64 burst_time{};     ///< ns
};

/// struct cfs_rq: the group's run queue on one CPU, with the one task that it holds. Times in ns.
template <arithmetic Num>
struct cfs_rq {
    using u64 = typename Num::u64;
    using s64 = typename Num::s64;
    using flag = typename Num::flag;

    s64 runtime_remaining{};      ///< local runtime L; negative: debt
    flag runtime_enabled = false; ///< the limit applies on this CPU
    flag throttled = false;       ///< this queue's own limit was hit
    flag expires_equal = false;   ///< its runtime_expires is the group's (before 5.4)
    flag throttled_csd = false;   ///< on the CPU's list of queues to unthrottle by IPI (throttled_csd_list, since 6.3)

    flag online = true;
    flag nr_queued = false;           ///< the task is queued here (nr_running; at most one task a CPU is modelled)
    flag throttled_limbo = false;     ///< the task is parked (throttled_limbo_list, per-task throttle, since 6.18)
    flag curr = false;                ///< the task executes
    flag sched_throttle_work = false; ///< the task parks itself on its next return to user space (since 6.18)

    u64 unaccounted{};     ///< executed since the last update_curr()
    u64 in_kernel{};       ///< executed in the kernel since the queue was throttled (since 6.18)
    u64 throttled_clock{}; ///< how long the throttle clock has been running

    /// Whether a task here could make use of the CPU.
    [[nodiscard]] bool runnable() const { return nr_queued || throttled_limbo; }
};

template <arithmetic Num>
class step_log;
template <class Num>
struct kernel_table;

/// struct task_group: one group below the root.
template <arithmetic Num>
struct task_group {
    using num = Num;
    using flag = typename Num::flag;

    model::cfs_bandwidth<Num> cfs_bandwidth;
    std::array<model::cfs_rq<Num>, Num::max_cpus> cfs_rqs;
    cpu_id nr_cpus = 1;
    /// The static key cfs_bandwidth_used, whose count is 0 or 1 with one group.
    flag cfs_bandwidth_used = false;

    /// Not state: whether local runtime expires, as it did before 5.4. If not, the fields about it stay as they are.
    bool runtime_expires = false;
    // Not state: the functions, and what they consult and report to.
    const kernel_table<Num>* kernel = nullptr;
    const model::constants<Num>* constants = nullptr;
    step_log<Num>* log = nullptr;

    [[nodiscard]] model::cfs_rq<Num>& cfs_rq(cpu_id cpu) { return cfs_rqs[static_cast<std::size_t>(cpu)]; }
    [[nodiscard]] const model::cfs_rq<Num>& cfs_rq(cpu_id cpu) const { return cfs_rqs[static_cast<std::size_t>(cpu)]; }
};

} // namespace bwcheck::model

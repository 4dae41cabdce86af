// What would happen if: a copy of the machine on which a probe tries out writes.
#pragma once

#include "model/kernel_table.hpp"
#include "model/scope.hpp"
#include "properties/property.hpp"

namespace bwcheck::properties {

template <class Num>
class trial {
public:
    explicit trial(const model::task_group<Num>& from) : tg(from) {
        tg.log = &log();
        log().leave_out(model::guard::count);
    }

    /// A group as the kernel makes it, without any limit.
    [[nodiscard]] static model::task_group<Num> new_group(const model::kernel_table<Num>& kernel,
                                                          const model::scope_part& part,
                                                          const model::constants<Num>& constants) {
        model::task_group<Num> tg = model::new_group(kernel, constants, log(), part.nr_cpus);
        if (part.first_phase != 0)
            tg.cfs_bandwidth.period_timer = as_s64(part.first_phase);
        return tg;
    }

    model::status write(const model::write_request<Num>& request) {
        return tg.kernel->apply(tg, {.kind = model::event_kind::write}, &request);
    }
    /// The same in a kernel that lacks one check of its validation.
    model::status write_without(model::guard check, const model::write_request<Num>& request) {
        log().leave_out(check);
        const model::status result = write(request);
        log().leave_out(model::guard::count);
        return result;
    }
    model::status write_cpu_max(const typename Num::u64& quota_us, const typename Num::u64& period_us) {
        return write({.file = model::file::cpu_max,
                      .unlimited = quota_us == model::runtime_inf,
                      .has_period = true,
                      .quota_us = quota_us,
                      .period_us = period_us});
    }
    model::status write_burst(const typename Num::u64& burst_us) {
        return write({.file = model::file::cpu_max_burst, .value_us = burst_us});
    }
    model::status write_runtime(const typename Num::u64& runtime_us) {
        return write({.file = model::file::cpu_max_runtime, .value_us = runtime_us, .delta_us = as_s64(runtime_us)});
    }
    void happen(const model::event& event) { static_cast<void>(tg.kernel->apply(tg, event, nullptr)); }

    /// Lets `step` ns pass, and what is due then happen: the scheduler's tick, every `scheduler_tick` ns of execution;
    /// the period timer; tasks that were told to park.
    void pass_busily(std::uint64_t step, std::uint64_t scheduler_tick) {
        happen({.kind = model::event_kind::tick, .amount = step});
        for (model::cpu_id cpu = 0; cpu < tg.nr_cpus; ++cpu)
            if (tg.cfs_rq(cpu).curr && tg.cfs_rq(cpu).unaccounted >= scheduler_tick)
                happen({.kind = model::event_kind::charge, .cpu = cpu});
        if (tg.cfs_bandwidth.period_active && tg.cfs_bandwidth.period_timer <= 0)
            happen({.kind = model::event_kind::period_timer});
        for (model::cpu_id cpu = 0; cpu < tg.nr_cpus; ++cpu)
            if (tg.cfs_rq(cpu).sched_throttle_work)
                happen({.kind = model::event_kind::exit_to_user, .cpu = cpu});
    }

    model::task_group<Num> tg;

private:
    // One log a thread, so that probes in the explorer's inner loop do not allocate.
    static model::step_log<Num>& log() {
        static thread_local model::step_log<Num> scratch;
        return scratch;
    }
};

} // namespace bwcheck::properties

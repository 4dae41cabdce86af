// model_group for a revision that is known at compile time.
#pragma once

#include "lab/model_group.hpp"
#include "model/interface/cgroup_write.hpp"
#include "model/machine.hpp"
#include "model/revision.hpp"

namespace bwcheck::lab {

template <class Revision>
class revision_group final : public model_group {
public:
    using kernel = model::kernel<Revision, model::plain>;
    using machine = model::machine<kernel>;

    revision_group(int nr_cpus, std::int64_t period_timer) {
        constexpr std::uint64_t unbounded = std::uint64_t{1} << 62U;
        environment_.max_unaccounted = unbounded;
        environment_.max_in_kernel = unbounded;
        environment_.max_lateness = unbounded;
        tg_.nr_cpus = static_cast<model::cpu_id>(nr_cpus);
        tg_.constants = &constants_;
        tg_.log = &log_;
        kernel::init_cfs_bandwidth(tg_);
        if (period_timer != 0)
            tg_.cfs_bandwidth.period_timer = period_timer;
    }

    model::status write(const model::scope_write& what) override {
        log_.clear();
        // An empty write is answered with 0 before the file sees it, which a request cannot say.
        if (const auto accepted = model::accept_cgroup_write(what.text);
            !accepted.reaches_file && accepted.error == model::status::ok && has(what.file))
            return model::status::ok;
        const auto request = model::parse_write(what.file, kernel::cpu_max_runtime, what.text);
        return machine::apply(tg_, {.kind = model::event_kind::write}, &request);
    }
    [[nodiscard]] bool enabled(const model::event& what) const override {
        return machine::enabled(tg_, environment_, what);
    }
    void happen(const model::event& what) override { static_cast<void>(machine::apply(tg_, what)); }

    [[nodiscard]] const model::task_group<model::plain>& tg() const override { return tg_; }
    [[nodiscard]] random::shown_values shown() const override {
        const auto& cfs_b = tg_.cfs_bandwidth;
        const std::uint64_t unit = constants_.nsec_per_usec;
        return {.quota_us = cfs_b.quota == model::runtime_inf ? model::runtime_inf : cfs_b.quota / unit,
                .period_us = cfs_b.period / unit,
                .burst_us = cfs_b.burst / unit,
                .runtime_us = cfs_b.runtime / unit,
                .runtime_file = kernel::cpu_max_runtime};
    }

private:
    [[nodiscard]] static bool has(model::file which) {
        return which != model::file::cpu_max_runtime || kernel::cpu_max_runtime != model::runtime_interface::none;
    }

    model::constants<model::plain> constants_;
    model::environment<model::plain> environment_;
    model::step_log<model::plain> log_;
    model::task_group<model::plain> tg_;
};

} // namespace bwcheck::lab

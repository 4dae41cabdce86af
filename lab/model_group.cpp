#include "lab/model_group.hpp"

#include "lab/patched_kernels.hpp"
#include "model/interface/cgroup_write.hpp"
#include "model/revisions/compiled.hpp"
#include "model/revisions/registry.hpp"

#include <array>

namespace bwcheck::lab {

namespace {

std::span<const model::revision> patched_kernels() {
    static const std::array all{model::compiled<linux_6_1_runtime_v1>(model::revisions()),
                                model::compiled<linux_6_1_runtime_v2>(model::revisions())};
    return all;
}

} // namespace

std::vector<std::string_view> comparable_revisions() {
    std::vector<std::string_view> ids = model::revision_ids();
    for (const model::revision& each : patched_kernels())
        ids.push_back(each.info.id);
    return ids;
}

const model::revision& comparable_revision(std::string_view id) {
    for (const model::revision& each : patched_kernels())
        if (each.info.id == id)
            return each;
    return model::revision_named(id);
}

model_group::model_group(const model::revision& revision, int nr_cpus, std::int64_t period_timer)
    : tg_(model::new_group(*revision.over_plain, constants_, log_, nr_cpus)) {
    constexpr std::uint64_t unbounded = std::uint64_t{1} << 62U;
    environment_.max_unaccounted = unbounded;
    environment_.max_in_kernel = unbounded;
    environment_.max_lateness = unbounded;
    if (period_timer != 0)
        tg_.cfs_bandwidth.period_timer = period_timer;
}

model::status model_group::write(const model::scope_write& written) {
    log_.clear();
    // An empty write is answered with 0 before the file sees it, which a request cannot say.
    if (const auto accepted = model::accept_cgroup_write(written.text);
        !accepted.reaches_file && accepted.error == model::status::ok && model::file_exists(*tg_.kernel, written.file))
        return model::status::ok;
    const auto request = model::request_of(*tg_.kernel, written.file, written.text);
    return tg_.kernel->apply(tg_, {.kind = model::event_kind::write}, &request);
}

random::shown_values model_group::shown() const {
    const auto& cfs_b = tg_.cfs_bandwidth;
    const std::uint64_t unit = constants_.nsec_per_usec;
    return {.quota_us = cfs_b.quota == model::runtime_inf ? model::runtime_inf : cfs_b.quota / unit,
            .period_us = cfs_b.period / unit,
            .burst_us = cfs_b.burst / unit,
            .runtime_us = cfs_b.runtime / unit,
            .runtime_file = tg_.kernel->cpu_max_runtime};
}

std::string read_file(const model_group& group, model::file which) { return model::info_of(which).read(group.tg()); }

} // namespace bwcheck::lab

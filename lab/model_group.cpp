#include "lab/model_group.hpp"

#include "lab/patched_kernels.hpp"
#include "lab/revision_group.hpp"
#include "model/interface/read_format.hpp"
#include "model/revisions/registry.hpp"

#include <fmt/format.h>

#include <array>
#include <stdexcept>

namespace bwcheck::lab {

// One function a revision, each in the source file made from revision_group_of.cpp.in.
#define BWCHECK_REVISION(name)                                                                                         \
    std::unique_ptr<model_group> make_group_of_##name(int nr_cpus, std::int64_t period_timer);
#include "model/revisions/registry.def"
#undef BWCHECK_REVISION

namespace {

using factory = std::unique_ptr<model_group> (*)(int, std::int64_t);

constexpr std::array factories{
#define BWCHECK_REVISION(name) factory{make_group_of_##name},
#include "model/revisions/registry.def"
#undef BWCHECK_REVISION
};

} // namespace

std::vector<std::string_view> comparable_revisions() {
    std::vector<std::string_view> ids;
    for (const model::revision_info& each : model::revisions())
        ids.push_back(each.id);
    ids.insert(ids.end(), {linux_6_1_runtime_v1::info.id, linux_6_1_runtime_v2::info.id});
    return ids;
}

std::unique_ptr<model_group> make_model_group(std::string_view revision, int nr_cpus, std::int64_t period_timer) {
    if (revision == linux_6_1_runtime_v1::info.id)
        return std::make_unique<revision_group<linux_6_1_runtime_v1>>(nr_cpus, period_timer);
    if (revision == linux_6_1_runtime_v2::info.id)
        return std::make_unique<revision_group<linux_6_1_runtime_v2>>(nr_cpus, period_timer);
    const auto number = model::revision_number(revision);
    if (!number)
        throw std::invalid_argument(fmt::format("there is no revision {}", revision));
    return factories.at(*number)(nr_cpus, period_timer);
}

std::string read_file(const model_group& group, model::file which) {
    const auto& cfs_b = group.tg().cfs_bandwidth;
    switch (which) {
    case model::file::cpu_max:
        return model::read_cpu_max(cfs_b.quota, cfs_b.period);
    case model::file::cpu_max_burst:
        return model::read_cpu_max_burst(cfs_b.burst);
    case model::file::cpu_max_runtime:
        return model::read_cpu_max_runtime(cfs_b.runtime);
    }
    return "";
}

} // namespace bwcheck::lab

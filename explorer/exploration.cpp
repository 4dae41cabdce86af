#include "explorer/exploration.hpp"

#include "model/revisions/registry.hpp"

#include <fmt/format.h>

#include <array>
#include <stdexcept>

namespace bwcheck::explorer {

// One for each revision, in files made from explore_revision.cpp.in.
#define BWCHECK_REVISION(name)                                                                                         \
    exploration explore_##name(const model::scope&, const exploration_options&, const exploration_progress&);
#include "model/revisions/registry.def"
#undef BWCHECK_REVISION

namespace {
constexpr std::array explorers{
#define BWCHECK_REVISION(name) &explore_##name,
#include "model/revisions/registry.def"
#undef BWCHECK_REVISION
};
} // namespace

exploration explore_revision(std::string_view revision, const model::scope& scope, const exploration_options& options,
                             const exploration_progress& on_progress) {
    const auto number = model::revision_number(revision);
    if (!number)
        throw std::invalid_argument(fmt::format("there is no revision {}", revision));
    return explorers[*number](scope, options, on_progress);
}

} // namespace bwcheck::explorer

#include "counterexamples/runner.hpp"

#include "model/revisions/registry.hpp"

#include <fmt/format.h>

#include <array>
#include <stdexcept>

namespace bwcheck::counterexamples {

// One function a revision, each in the source file made from runner_of.cpp.in.
#define BWCHECK_REVISION(name) std::unique_ptr<runner> make_runner_of_##name(const model::scope_part& part);
#include "model/revisions/registry.def"
#undef BWCHECK_REVISION

namespace {

using factory = std::unique_ptr<runner> (*)(const model::scope_part&);

constexpr std::array factories{
#define BWCHECK_REVISION(name) factory{make_runner_of_##name},
#include "model/revisions/registry.def"
#undef BWCHECK_REVISION
};

} // namespace

std::unique_ptr<runner> make_runner(std::string_view revision, const model::scope_part& part) {
    const auto number = model::revision_number(revision);
    if (!number)
        throw std::invalid_argument(fmt::format("there is no revision {}", revision));
    return factories[*number](part);
}

} // namespace bwcheck::counterexamples

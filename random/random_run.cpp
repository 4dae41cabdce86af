#include "random/random_run.hpp"

#include "model/revisions/registry.hpp"

#include <fmt/format.h>

#include <array>
#include <stdexcept>

namespace bwcheck::random {

// One for each revision, in files made from random_revision.cpp.in.
#define BWCHECK_REVISION(name) random_run run_##name(const run_options&, const run_progress&);
#include "model/revisions/registry.def"
#undef BWCHECK_REVISION

namespace {
constexpr std::array runs{
#define BWCHECK_REVISION(name) &run_##name,
#include "model/revisions/registry.def"
#undef BWCHECK_REVISION
};
} // namespace

random_run run_random(std::string_view revision, const run_options& options, const run_progress& on_progress) {
    const auto number = model::revision_number(revision);
    if (!number)
        throw std::invalid_argument(fmt::format("there is no revision {}", revision));
    return runs[*number](options, on_progress);
}

std::string distribution_text(const random_run& run) {
    std::string text = fmt::format("{} cases, {} events, {:.0f} events/s\n", run.cases, run.events,
                                   run.seconds > 0 ? static_cast<double>(run.events) / run.seconds : 0);
    for (const auto& [name, count] : run.distribution)
        text += fmt::format("  {:<40} {:>12}\n", name, count);
    for (const auto& result : run.properties)
        text += fmt::format("  {:<40} {:>12}\n", fmt::format("trigger {}", result.property), result.fired);
    return text;
}

} // namespace bwcheck::random

// The counterexamples of a check, made from what an engine found and written to files: the same for all engines.
#pragma once

#include "cli/options.hpp"
#include "cli/reports/checked_revision.hpp"
#include "model/event.hpp"
#include "model/scope.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bwcheck::cli {

/// What an engine found, beyond what the check knows of the run.
struct found_run {
    std::string_view property;
    const model::scope_part& part;
    std::span<const model::event> events;
    std::optional<std::uint64_t> seed{};
    std::vector<std::string> did_not_matter{}; ///< as shrink() says
};

/// Writes the trace to REVISION/PROPERTY.json below `options.traces`, and adds it to `checked`, whose engine, revision
/// and scope are those of the run. If several engines run, those after the first have their name in the file's, so that
/// none overwrites what another reports.
void write_trace(checked_revision& checked, const check_options& options, const found_run& found);

} // namespace bwcheck::cli

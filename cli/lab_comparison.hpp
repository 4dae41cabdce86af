// A comparison of a kernel with the model, as bwcheck lab run reports it.
#pragma once

#include "cli/exit_status.hpp"
#include "lab/interface_conformance.hpp"
#include "lab/kernel.hpp"

#include <algorithm>
#include <optional>

namespace bwcheck::cli {

struct lab_comparison {
    lab::kernel_image kernel;
    std::optional<lab::interface_report> interface; ///< if it was asked for
};

/// What does not happen again is not held against anybody; it leaves the comparison open.
[[nodiscard]] inline exit_status status_of(const lab_comparison& all) {
    if (!all.interface || all.interface->disagreements.empty())
        return exit_status::success;
    const auto& found = all.interface->disagreements;
    return std::any_of(found.begin(), found.end(), [](const auto& each) { return each.reproduced; })
               ? exit_status::violated
               : exit_status::inconclusive;
}

} // namespace bwcheck::cli

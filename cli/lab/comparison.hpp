// A comparison of a kernel with the model, as bwcheck lab run reports it.
#pragma once

#include "cli/exit_status.hpp"
#include "lab/behaviour_conformance.hpp"
#include "lab/exact_conformance.hpp"
#include "lab/interface_conformance.hpp"
#include "lab/kernel.hpp"

#include <optional>

namespace bwcheck::cli {

struct lab_comparison {
    lab::kernel_image kernel;
    std::optional<lab::interface_report> interface; ///< if it was asked for
    std::optional<lab::behaviour_report> behaviour; ///< if it was asked for, in real time
    std::optional<lab::exact_report> exact;         ///< if it was asked for, on virtual time
};

/// What does not happen again, or was measured on a busy host, is not held against anybody; it leaves the comparison
/// open.
[[nodiscard]] exit_status status_of(const lab_comparison& all);

} // namespace bwcheck::cli

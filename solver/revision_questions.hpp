// The list of questions that can be asked about any revision. Adding one is one line in all_questions().
#pragma once

#include "solver/inquiry.hpp"

#include <functional>
#include <vector>

namespace bwcheck::solver {

/// Something to ask, and which properties the answer is about.
struct inquirable {
    properties::property_set about = 0;
    std::function<inquiry(const model::revision&, const inquiry_limits&)> ask;
    bool takes_runtime_file = false; ///< asked of revisions only that have cpu.max.runtime
};

/// The long ones first, so that threads end together.
[[nodiscard]] std::vector<inquirable> all_questions();

} // namespace bwcheck::solver

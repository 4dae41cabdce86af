// How far an exploration is, for people who wait.
#pragma once

#include "explorer/progress.hpp"

#include <string>
#include <string_view>

namespace bwcheck::explorer {

/// "pool: 1.20 M states, 3.40 M transitions, ..., about 12 s left".
[[nodiscard]] std::string progress_text(std::string_view part, const progress& now);

} // namespace bwcheck::explorer

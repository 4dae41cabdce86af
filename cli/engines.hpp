// The engines that there are. This is the only place that lists them; adding one is a line here.
#pragma once

#include "verdicts/engine.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bwcheck::cli {

/// All of them, in the order in which they run.
[[nodiscard]] std::span<const verdicts::engine* const> engines();

/// The names of those that can be asked for, in that order.
[[nodiscard]] std::vector<std::string> engine_names();

/// The engine of that name, which must be one of engine_names().
[[nodiscard]] const verdicts::engine& engine_named(std::string_view name);

} // namespace bwcheck::cli

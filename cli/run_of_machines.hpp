// A run as text, on one machine or on two side by side: one line an event, and below each machine what it changed
// there.
#pragma once

#include "explorer/comparison.hpp"
#include "model/revisions/revision.hpp"
#include "text/style.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace bwcheck::cli {

/// `machines`: one or two, the first and the second of the run. `width`: in columns. Ticks show as time that has
/// passed, in the time of the part's clock. With two machines, what is different between them at the end comes last.
[[nodiscard]] std::string run_text(const explorer::run_of_two& run, const std::vector<const model::revision*>& machines,
                                   std::size_t width, const text::style& look);

/// How far each part was looked at, a line each.
[[nodiscard]] std::string bounds_text(const std::vector<explorer::compared_part>& parts);

} // namespace bwcheck::cli

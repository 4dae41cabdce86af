// Texts in all the forms that the parsers of cpu.max and cpu.max.burst tell apart.
#pragma once

#include "model/scope.hpp"

#include <vector>

namespace bwcheck::lab {

[[nodiscard]] std::vector<model::scope_write> text_forms();

} // namespace bwcheck::lab

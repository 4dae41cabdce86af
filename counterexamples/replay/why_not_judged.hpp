// Which properties the run of a part can say something about.
#pragma once

#include "model/scope.hpp"

#include <cstddef>
#include <string>

namespace bwcheck::counterexamples {

/// Why replaying says nothing about that property in that part; empty if it does. A property that is not judged is
/// never broken, which must not be taken for good news.
[[nodiscard]] std::string why_not_judged(std::size_t property, const model::scope_part& part);

} // namespace bwcheck::counterexamples

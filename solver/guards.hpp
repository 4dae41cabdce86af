// guard-decides, for all inputs: which check of a validation is the only one to reject something, and which is implied
// by others.
//
// A check is taken out, and what is accepted then is written again with the check in place. If no input tells the two
// apart, the check is redundant; the checks that imply it are found by taking out the others, one after the other, as
// long as it stays so.
#pragma once

#include "solver/inquiry.hpp"

namespace bwcheck::solver {

/// Asks about every check. The property is refuted if one is redundant; the reason names them all, with what implies
/// them.
[[nodiscard]] inquiry inquire_guards(const model::revision& revision, const inquiry_limits& limits);

} // namespace bwcheck::solver

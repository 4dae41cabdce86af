// What `replay` prints.
#pragma once

#include "counterexamples/replay.hpp"
#include "counterexamples/style.hpp"
#include "counterexamples/trace.hpp"

#include <string>

namespace bwcheck::cli {

[[nodiscard]] std::string replay_text(const counterexamples::trace& what, const counterexamples::replay_report& report,
                                      const counterexamples::style& look);

} // namespace bwcheck::cli

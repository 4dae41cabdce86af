// What `replay` prints.
#pragma once

#include "counterexamples/replay/replay.hpp"
#include "counterexamples/trace.hpp"
#include "text/style.hpp"

#include <string>

namespace bwcheck::cli {

[[nodiscard]] std::string replay_text(const counterexamples::trace& trace, const counterexamples::replay_report& report,
                                      const text::style& look);

} // namespace bwcheck::cli

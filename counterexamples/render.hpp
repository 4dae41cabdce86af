// A trace as people discuss races: one column for each CPU, one for the timers, one for user space; time goes down the
// page.
#pragma once

#include "counterexamples/trace.hpp"
#include "text/style.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

namespace bwcheck::counterexamples {

enum class detail_level : std::uint8_t {
    readable, ///< every event but the mere passing of time, the steps it ran, and the changes that matter
    diff,     ///< every event, and every change
    full,     ///< every event, the steps it ran, and every field
};

struct render_options {
    detail_level detail = detail_level::readable;
    bool coloured = false;
    std::size_t width = 120;    ///< of the page, in columns; it takes more where its columns would be too narrow
    std::string replay_command; ///< told at the end; empty: not told
};

/// The whole text: heading, run, why it breaks the property, how to run it again, and since when it could not be
/// avoided.
[[nodiscard]] std::string render(const trace& trace, const render_options& options);

} // namespace bwcheck::counterexamples

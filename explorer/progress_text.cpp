#include "explorer/progress_text.hpp"

#include "text/quantities.hpp"

#include <fmt/format.h>

namespace bwcheck::explorer {

std::string progress_text(std::string_view part, const progress& now) {
    std::string text = fmt::format("{}: {} transitions, {} distinct states, ", part,
                                   text::rounded(static_cast<double>(now.transitions)),
                                   text::rounded(static_cast<double>(now.states)));
    if (now.rebuilding_traces)
        return text + "looking for the shortest counterexamples";
    text += fmt::format("{} states/s, depth {}, queue {}, {} MiB", text::rounded(now.states_per_second), now.depth,
                        text::rounded(static_cast<double>(now.queue)), text::mebibytes(now.memory_bytes));
    if (now.seconds_left)
        text += fmt::format(", about {} s left", text::seconds_text(*now.seconds_left));
    return text;
}

} // namespace bwcheck::explorer

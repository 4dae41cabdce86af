// `bwcheck show`: a counterexample as text.
#include "cli/commands.hpp"
#include "cli/standard_output.hpp"
#include "counterexamples/render.hpp"
#include "counterexamples/trace_file.hpp"
#include "text/shell_word.hpp"

#include <fmt/format.h>

namespace bwcheck::cli {

exit_status run(const show_options& options) {
    const counterexamples::trace trace = counterexamples::read_trace(options.trace);
    write_output(counterexamples::render(
        trace, {.detail = options.detail,
                .coloured = colour_wanted(options.colour),
                .width = options.width,
                .replay_command = fmt::format("bwcheck replay {}", text::shell_word(options.trace))}));
    return exit_status::success;
}

} // namespace bwcheck::cli

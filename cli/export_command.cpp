// `bwcheck export`: a counterexample for other tools, or for a mail.
#include "cli/commands.hpp"
#include "cli/standard_output.hpp"
#include "counterexamples/interchange.hpp"
#include "counterexamples/trace_file.hpp"
#include "text/shell_word.hpp"
#include "text/text_file.hpp"

#include <fmt/format.h>

namespace bwcheck::cli {

exit_status run(const export_options& options) {
    const counterexamples::trace trace = counterexamples::read_trace(options.trace);
    std::string text;
    switch (options.as) {
    case export_format::itf:
        text = counterexamples::as_itf(trace);
        break;
    case export_format::perfetto:
        text = counterexamples::as_trace_events(trace);
        break;
    case export_format::mail:
        text = counterexamples::as_mail(trace, fmt::format("bwcheck replay {}", text::shell_word(options.trace)));
        break;
    }
    if (options.output.empty())
        write_output(text);
    else
        text::write_text_file(options.output, text);
    return exit_status::success;
}

} // namespace bwcheck::cli

// `bwcheck lab build`: builds a kernel, or finds it built, and prints where it is.
#include "cli/lab/commands.hpp"
#include "cli/lab/json.hpp"
#include "cli/progress_line.hpp"
#include "cli/standard_output.hpp"
#include "text/quantities.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace bwcheck::cli {

exit_status run(const lab_build_options& options) {
    const auto tell = [&](std::string_view message) {
        if (!options.quiet)
            say(message);
    };
    const lab::built_kernel built = lab::build_kernel(options.request, lab::cache_directory(), tell);
    tell(fmt::format("Linux {} {} {} s", built.release, built.cached ? "was built before; found within" : "built in",
                     text::seconds_text(built.duration.count())));
    if (!options.json) {
        write_output(built.path.string() + "\n");
        return exit_status::success;
    }
    nlohmann::json patches = nlohmann::json::array();
    for (const auto& patch : options.request.patches)
        patches.push_back(patch.string());
    write_output(lab_report_json({{"path", built.path.string()},
                                  {"release", built.release},
                                  {"tree", options.request.tree.string()},
                                  {"patches", patches},
                                  {"key", built.key},
                                  {"cached", built.cached},
                                  {"seconds", rounded_seconds(built.duration)}},
                                 exit_status::success));
    return exit_status::success;
}

} // namespace bwcheck::cli

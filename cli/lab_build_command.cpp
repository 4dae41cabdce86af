// `bwcheck lab build`: builds a kernel, or finds it built, and prints where it is.
#include "cli/commands.hpp"
#include "cli/progress_line.hpp"
#include "cli/quantities.hpp"
#include "cli/standard_output.hpp"

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
                     seconds_text(built.duration.count())));
    if (!options.json) {
        write_output(built.path.string() + "\n");
        return exit_status::success;
    }
    nlohmann::ordered_json json;
    json["kernel"] = built.path.string();
    json["release"] = built.release;
    json["key"] = built.key;
    json["patches"] = nlohmann::ordered_json::array();
    for (const auto& patch : options.request.patches)
        json["patches"].push_back(patch.string());
    json["cached"] = built.cached;
    json["seconds"] = built.duration.count();
    write_output(json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n");
    return exit_status::success;
}

} // namespace bwcheck::cli

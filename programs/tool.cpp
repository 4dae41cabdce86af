#include "programs/tool.hpp"

#include "text/input_error.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <system_error>

namespace bwcheck::programs {

tool_result run_tool(const std::vector<std::string>& argv, std::string_view package, const time_limits& limits,
                     const std::function<void(std::string_view)>& listen) {
    tool_result result;
    try {
        result.outcome = run_process(argv, limits, [&](std::string_view piece) {
            result.output += piece;
            if (listen)
                listen(piece);
            return false;
        });
    } catch (const std::system_error& error) {
        if (error.code() == std::errc::no_such_file_or_directory)
            throw text::input_error(
                fmt::format("there is no {} in PATH; on Debian: apt-get install {}", argv.front(), package));
        throw text::input_error(fmt::format("{} cannot be run: {}", argv.front(), error.code().message()));
    }
    if (result.outcome.how != ending::exited)
        throw text::input_error(fmt::format("{} did not end within {:.0f} s", argv.front(),
                                            std::chrono::duration_cast<seconds>(result.outcome.duration).count()));
    return result;
}

} // namespace bwcheck::programs

// bwcheck-lab, which bwcheck becomes for `bwcheck lab`.
#include "cli/guarded.hpp"
#include "cli/lab/commands.hpp"
#include "cli/standard_output.hpp"
#include "lab/building/build_error.hpp"
#include "lab/lab_error.hpp"

#include <cstdio>
#include <variant>

namespace bwcheck::cli {
namespace {

exit_status run_command(int argc, const char* const* argv) {
    try {
        return std::visit([](const auto& options) { return run(options); }, read_lab_command_line(argc, argv));
    } catch (const lab::build_error& error) {
        say(error.what());
        static_cast<void>(std::fputs(error.details().c_str(), stderr));
        return exit_status::usage;
    } catch (const lab::boot_error& error) {
        say(error.what());
        static_cast<void>(std::fputs(error.console().c_str(), stderr));
        return exit_status::inconclusive;
    }
}

} // namespace
} // namespace bwcheck::cli

int main(int argc, char** argv) {
    return bwcheck::cli::guarded([&] { return bwcheck::cli::run_command(argc, argv); });
}

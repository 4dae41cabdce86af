// bwcheck: reads the command line, runs a command, and turns whatever goes wrong into one line and an exit status.
#include "cli/commands.hpp"
#include "cli/standard_output.hpp"
#include "counterexamples/trace.hpp"
#include "lab/building/build_error.hpp"
#include "lab/lab_error.hpp"
#include "lab/script.hpp"
#include "model/scope.hpp"
#include "text/input_error.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <new>
#include <variant>

namespace bwcheck::cli {
namespace {

exit_status guarded(int argc, const char* const* argv) {
    try {
        const command what = read_command_line(argc, argv);
        const exit_status status = std::visit([](const auto& options) { return run(options); }, what);
        finish_output();
        return status;
    } catch (const lab::build_error& error) {
        say(error.what());
        static_cast<void>(std::fputs(error.details().c_str(), stderr));
    } catch (const text::input_error& error) {
        say(error.what());
    } catch (const lab::boot_error& error) {
        say(error.what());
        static_cast<void>(std::fputs(error.console().c_str(), stderr));
        return exit_status::inconclusive;
    } catch (const output_error& error) {
        say(error.what());
        return exit_status::internal;
    } catch (const std::bad_alloc&) {
        say("out of memory; --memory limits what a check takes");
        return exit_status::internal;
    } catch (const std::exception& error) {
        say(fmt::format("internal error: {}", error.what()));
        return exit_status::internal;
    }
    return exit_status::usage;
}

} // namespace
} // namespace bwcheck::cli

int main(int argc, char** argv) {
    bwcheck::cli::prepare_standard_streams();
    return static_cast<int>(bwcheck::cli::guarded(argc, argv));
}

#include "cli/guarded.hpp"

#include "cli/standard_output.hpp"
#include "text/input_error.hpp"

#include <fmt/format.h>

#include <exception>
#include <new>

namespace bwcheck::cli {

namespace {

exit_status status_of(const std::function<exit_status()>& command) {
    try {
        const exit_status status = command();
        finish_output();
        return status;
    } catch (const text::input_error& error) {
        say(error.what());
        return exit_status::usage;
    } catch (const output_error& error) {
        say(error.what());
    } catch (const std::bad_alloc&) {
        say("out of memory; --memory limits what a check takes");
    } catch (const std::exception& error) {
        say(fmt::format("internal error: {}", error.what()));
    }
    return exit_status::internal;
}

} // namespace

int guarded(const std::function<exit_status()>& command) {
    prepare_standard_streams();
    return static_cast<int>(status_of(command));
}

} // namespace bwcheck::cli

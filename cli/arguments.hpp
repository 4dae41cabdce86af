// What the command lines of both programs share: how commands and options are declared, and how a mistake in them is
// told.
#pragma once

#include "cli/exit_status.hpp"
#include "text/input_error.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace CLI { // NOLINT(readability-identifier-naming): not ours
class App;
class Option;
} // namespace CLI

namespace bwcheck::cli {

/// What --help and --version print.
struct text_options {
    std::string text;
};

/// Prints it.
exit_status run(const text_options& options);

/// Gives `app` what every bwcheck has: --help, --version, and that there must be a command.
void prepare_arguments(CLI::App& app);

CLI::App* add_command(CLI::App& to, const std::string& name, const std::string& about);

/// An option with one value, which help calls `type`.
CLI::Option* add_value(CLI::App* to, const std::string& name, std::string& value, const std::string& type,
                       const std::string& about);

/// Throws text::input_error unless `name` is one of the commands of `app` or an option: CLI11 would tell a mistyped
/// command as an unexpected argument. Null: none was typed. `within`: the command whose commands they are; empty:
/// bwcheck itself.
void require_command(const CLI::App& app, std::string_view within, const char* name);

/// Hands the command line to `app`. Something is returned if a text is all that was asked for. Throws
/// text::input_error.
[[nodiscard]] std::optional<text_options> parse_arguments(CLI::App& app, int argc, const char* const* argv);

} // namespace bwcheck::cli

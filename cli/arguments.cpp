#include "cli/arguments.hpp"

#include "cli/standard_output.hpp"
#include "cli/version.hpp"
#include "text/did_you_mean.hpp"
#include "text/printable.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string_view>
#include <vector>

namespace bwcheck::cli {

namespace {

[[noreturn]] void refuse_extras(const CLI::App& app) {
    const CLI::App* refused = &app;
    std::string name;
    while (!refused->get_subcommands().empty()) {
        refused = refused->get_subcommands().back();
        name += (name.empty() ? "" : " ") + refused->get_name();
    }
    const auto extras = app.remaining(true);
    const std::string extra = extras.empty() ? "" : extras.front();
    if (!extra.starts_with('-'))
        throw text::input_error(fmt::format("bwcheck {} takes no \"{}\" here; see bwcheck {} --help", name,
                                            text::printable(extra, text::most_repeated), name));
    std::vector<std::string> names;
    for (const CLI::Option* option : refused->get_options())
        for (const std::string& long_name : option->get_lnames())
            names.push_back("--" + long_name);
    const std::string given = extra.substr(0, extra.find('='));
    throw text::input_error(fmt::format("bwcheck {} has no option {}; {}", name,
                                        text::printable(given, text::most_repeated),
                                        text::did_you_mean(given, {names.begin(), names.end()})));
}

} // namespace

exit_status run(const text_options& options) {
    write_output(options.text);
    return exit_status::success;
}

void prepare_arguments(CLI::App& app) {
    app.set_version_flag("--version", fmt::format("bwcheck {}", version), "Print the version and exit");
    app.set_help_flag("--help,-h", "Print this help and exit");
    app.require_subcommand(1);
    app.get_formatter()->label("SUBCOMMAND", "COMMAND");
    app.get_formatter()->label("Subcommands", "Commands");
    app.get_formatter()->label("REQUIRED", "");
}

CLI::App* add_command(CLI::App& to, const std::string& name, const std::string& about) {
    CLI::App* const added = to.add_subcommand(name, about);
    added->set_help_flag("--help,-h", "Print this help and exit");
    return added;
}

CLI::Option* add_value(CLI::App* to, const std::string& name, std::string& value, const std::string& type,
                       const std::string& about) {
    return to->add_option(name, value, about)->type_name(type);
}

void require_command(const CLI::App& app, std::string_view within, const char* name) {
    std::vector<std::string> known;
    for (const CLI::App* const each : app.get_subcommands([](const CLI::App*) { return true; }))
        known.push_back(each->get_name());
    if (name == nullptr)
        throw text::input_error(fmt::format("{}what to do? One of: {}; see bwcheck {}--help",
                                            within.empty() ? "" : fmt::format("{}: ", within), fmt::join(known, ", "),
                                            within.empty() ? "" : fmt::format("{} ", within)));
    if (*name == '-' || std::find(known.begin(), known.end(), name) != known.end())
        return;
    throw text::input_error(text::no_such(within.empty() ? "command" : fmt::format("command {}", within), name,
                                          {known.begin(), known.end()}));
}

std::optional<text_options> parse_arguments(CLI::App& app, int argc, const char* const* argv) {
    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
        return text_options{app.help()};
    } catch (const CLI::CallForVersion& version_text) {
        return text_options{std::string(version_text.what()) + "\n"};
    } catch (const CLI::ExtrasError&) {
        refuse_extras(app);
    } catch (const CLI::ParseError& error) {
        throw text::input_error(fmt::format("{}; see bwcheck --help", text::printable(error.what())));
    }
    return std::nullopt;
}

} // namespace bwcheck::cli

#include "plugin/compile_plugin.hpp"

#include "plugin/compiler_message.hpp"
#include "plugin/headers_hash.hpp"
#include "plugin/revision_type.hpp"
#include "programs/tool.hpp"
#include "text/content_hash.hpp"
#include "text/input_error.hpp"
#include "text/printable.hpp"
#include "text/text_file.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <regex>
#include <set>
#include <system_error>

namespace bwcheck::plugin {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest_header = std::size_t{1} << 20U;
constexpr programs::time_limits patience{.silence = programs::seconds(600), .total = programs::seconds(600)};

std::string text_of(const fs::path& header) {
    return text::read_text_file(header.string(), largest_header, "the header of a revision");
}

/// The headers of bwcheck, by their hash. They must be those that this program was built with.
std::string_view headers_in(const fs::path& source) {
    std::string there;
    try {
        there = hash_of_headers(source);
    } catch (const std::system_error& error) {
        throw text::input_error(
            fmt::format("{}: the headers of bwcheck, which a revision is compiled with, cannot be read: {}",
                        source.string(), error.code().message()));
    }
    if (there != headers_built_with())
        throw text::input_error(fmt::format(
            "{}: the headers there are not those that this bwcheck was built with; build it again", source.string()));
    return headers_built_with();
}

std::string run_compiler(const build& with, std::vector<std::string> arguments, bool& succeeded) {
    std::error_code ignored;
    if (with.compiler.find('/') != std::string::npos && !fs::exists(with.compiler, ignored))
        throw text::input_error(fmt::format(
            "{}: there is no such compiler, which this bwcheck was built with; on Debian: apt-get install g++",
            with.compiler));
    // Messages as first_error_in() reads them.
    arguments.insert(arguments.begin(), {"env", "LC_ALL=C", with.compiler});
    const programs::tool_result done = programs::run_tool(arguments, "coreutils", patience);
    succeeded = done.succeeded();
    return done.output;
}

std::string version_of(const build& with) {
    bool succeeded = false;
    std::string said = run_compiler(with, {"--version"}, succeeded);
    if (!succeeded)
        throw text::input_error(fmt::format("{}: cannot be run: {}", with.compiler, first_error_in(said, "")));
    return said;
}

/// The headers beside a header that it includes, and those beside them: a change of one makes another plug-in.
void add_included(text::content_hash& hash, const fs::path& header, const std::string& text,
                  std::set<fs::path>& known) {
    static const std::regex include("^[ \t]*#[ \t]*include[ \t]*\"([^\"\n]*)\"", std::regex::multiline);
    for (std::sregex_iterator each(text.begin(), text.end(), include), end; each != end; ++each) {
        const fs::path included = (header.parent_path() / (*each)[1].str()).lexically_normal();
        std::error_code ignored;
        if (!fs::is_regular_file(included, ignored) || !known.insert(included).second)
            continue;
        const std::string content = text_of(included);
        hash.add(content);
        add_included(hash, included, content, known);
    }
}

/// The file for what is made of a header; its directory is there.
fs::path place_in(const fs::path& cache, const std::string& key) {
    const fs::path plugins = cache / "plugins";
    std::error_code error;
    fs::create_directories(plugins, error);
    if (!error && ::access(plugins.c_str(), W_OK) != 0)
        error = std::error_code(errno, std::generic_category());
    if (error)
        throw text::input_error(
            fmt::format("{}: cannot be written: {}; compiled revisions are kept there, or where XDG_CACHE_HOME says",
                        plugins.string(), error.message()));
    return plugins / (key + ".so");
}

} // namespace

fs::path cache_directory() {
    const auto variable = [](const char* name) {
        const char* const value = std::getenv(name); // NOLINT(concurrency-mt-unsafe): nobody sets one
        return fs::path(value == nullptr ? "" : value);
    };
    if (const fs::path cache = variable("XDG_CACHE_HOME"); cache.is_absolute())
        return cache / "bwcheck";
    if (const fs::path home = variable("HOME"); home.is_absolute())
        return home / ".cache" / "bwcheck";
    throw text::input_error("compiled revisions have no place: set XDG_CACHE_HOME, or HOME, to a directory");
}

fs::path compile_plugin(const std::string& header, const compiling& settings) {
    const std::string text = text_of(header);
    std::string type;
    try {
        type = revision_type_in(text);
    } catch (const text::input_error& error) {
        throw text::input_error(fmt::format("{}: {}", text::printable(header), error.what()));
    }
    const fs::path path = fs::absolute(header).lexically_normal();
    const std::string_view headers = headers_in(settings.with.source);

    text::content_hash key;
    key.add(path.filename().string()); // is told with what wraps in it
    key.add(text);
    std::set<fs::path> included{path};
    add_included(key, path, text, included);
    key.add(headers);
    key.add(version_of(settings.with));
    for (const std::string& option : settings.with.options)
        key.add(option);
    fs::path made = place_in(settings.cache, key.text());
    if (fs::exists(made))
        return made;

    if (settings.on_compile)
        settings.on_compile(header);
    const fs::path unfinished = fmt::format("{}.{}", made.string(), ::getpid());
    std::vector<std::string> arguments = settings.with.options;
    // It has functions of its own where the program has some of the same names: they are hidden from each other. And
    // what is told by a place in the model takes the header for one of model/revisions/.
    for (const std::string& more :
         {std::string("-fPIC"), std::string("-shared"), std::string("-fvisibility=hidden"), std::string("-w"),
          std::string("-Wfatal-errors"), std::string("-fdiagnostics-color=never"),
          std::string("-fno-diagnostics-show-caret"),
          fmt::format("-fmacro-prefix-map={}/=revisions/", path.parent_path().string()),
          fmt::format("-DBWCHECK_PLUGIN_HEADER=\"{}\"", path.string()),
          fmt::format("-DBWCHECK_PLUGIN_REVISION={}", type), fmt::format("-DBWCHECK_PLUGIN_HEADERS=\"{}\"", headers),
          std::string("-o"), unfinished.string(), std::string("-x"), std::string("c++"),
          (settings.with.source / "plugin" / "made_from_header.inc").string()})
        arguments.push_back(more);
    bool succeeded = false;
    std::string said = run_compiler(settings.with, arguments, succeeded);
    std::error_code error;
    if (!succeeded) {
        fs::remove(unfinished, error);
        const auto shown_as = [&said](const std::string& hidden, const std::string& name) {
            for (std::size_t at = 0; (at = said.find(hidden, at)) != std::string::npos; at += name.size())
                said.replace(at, hidden.size(), name);
        };
        shown_as(path.string(), header);
        shown_as(settings.with.source.string() + "/", "");
        throw text::input_error(
            fmt::format("{} does not compile: {}", text::printable(header), first_error_in(said, header)));
    }
    fs::rename(unfinished, made, error);
    if (error)
        throw text::input_error(fmt::format("{}: cannot be written: {}", made.string(), error.message()));
    return made;
}

} // namespace bwcheck::plugin

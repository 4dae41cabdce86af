#include "plugin/load_plugin.hpp"

#include "model/revisions/plugin.hpp"
#include "model/revisions/registry.hpp"
#include "plugin/headers_hash.hpp"
#include "text/input_error.hpp"
#include "text/printable.hpp"

#include <dlfcn.h>
#include <fmt/format.h>

#include <filesystem>
#include <map>
#include <stdexcept>

namespace bwcheck::plugin {

namespace {

namespace fs = std::filesystem;

std::string why_not() {
    const char* const said = ::dlerror();
    return text::printable(said == nullptr ? "for no known reason" : said);
}

/// The plug-in in a file, which stays loaded: what it says of its revision is in there.
const model::plugin& opened(const fs::path& file) {
    void* const library = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr)
        throw text::input_error(fmt::format("{}: cannot be loaded: {}", file.string(), why_not()));
    const void* const symbol = ::dlsym(library, model::plugin_symbol);
    const auto refuse = [&](std::string_view why) {
        throw text::input_error(
            fmt::format("{}: {}; hand over the header that it is made of instead", file.string(), why));
    };
    if (symbol == nullptr)
        refuse("is no revision of bwcheck");
    const auto& mark = *static_cast<const model::plugin_mark*>(symbol);
    if (std::string_view(mark.magic, sizeof(model::plugin_magic)) !=
        std::string_view(model::plugin_magic, sizeof(model::plugin_magic)))
        refuse("is no revision of bwcheck");
    if (mark.version != model::plugin_version)
        refuse(fmt::format("is for plug-ins of version {}, this bwcheck takes version {}", mark.version,
                           model::plugin_version));
    if (std::string_view(mark.headers, sizeof(mark.headers) - 1) != headers_built_with())
        refuse("was made with the headers of another bwcheck");
    return *static_cast<const model::plugin*>(symbol);
}

const model::revision& add(const model::plugin& from) {
    const model::revision_info info = from.info();
    const model::revision* const posted_on = model::find_revision(info.posted_on);
    return model::add_revision(
        from.compile(posted_on == nullptr ? std::span<const model::revision>() : std::span(posted_on, 1)));
}

/// Loads `file`, which is told under the name `given`.
const model::revision& load(const fs::path& file, const std::string& given) {
    static std::map<fs::path, const model::revision*> loaded;
    const model::revision*& known = loaded[file];
    if (known == nullptr) {
        try {
            known = &add(opened(file));
        } catch (const std::invalid_argument& error) {
            throw text::input_error(fmt::format("{}: {}", text::printable(given), text::printable(error.what())));
        }
    }
    return *known;
}

} // namespace

bool names_a_file(std::string_view given) {
    return given.ends_with(".hpp") || given.ends_with(".so") || given.find('/') != std::string_view::npos;
}

const model::revision& load_header(const std::string& header, const compiling& settings) {
    const fs::path made = compile_plugin(header, settings);
    if (::dlopen(made.c_str(), RTLD_NOW | RTLD_LOCAL) != nullptr)
        return load(made, header);
    // A damaged one, from an earlier run.
    std::error_code ignored;
    fs::remove(made, ignored);
    return load(compile_plugin(header, settings), header);
}

const model::revision& load_plugin(const std::string& file) {
    return load(fs::absolute(file).lexically_normal(), file);
}

} // namespace bwcheck::plugin

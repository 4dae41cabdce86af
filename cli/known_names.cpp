#include "cli/known_names.hpp"

#include "cli/engines.hpp"
#include "model/revisions/registry.hpp"
#include "plugin/load_plugin.hpp"
#include "properties/catalogue.hpp"
#include "text/did_you_mean.hpp"
#include "text/input_error.hpp"
#include "text/printable.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <filesystem>

namespace bwcheck::cli {

namespace {

void check(std::string_view kind, std::string_view name, const std::vector<std::string_view>& known) {
    if (std::find(known.begin(), known.end(), name) == known.end())
        throw text::input_error(text::no_such(kind, name, known));
}

} // namespace

std::string_view default_scope() { return "default"; }

const model::revision* base_of(std::string_view revision, std::string_view against) {
    if (against == no_base)
        return nullptr;
    const model::revision& patch = model::revision_named(revision);
    const model::revision* const base = against.empty() ? patch.posted_on : model::find_revision(against);
    return base == &patch ? nullptr : base;
}

void check_revision(std::string_view id) {
    if (model::find_revision(id) == nullptr)
        check_revision(id, model::revision_ids());
}

void check_revision(std::string_view id, const std::vector<std::string_view>& among) { check("revision", id, among); }

void check_reported_revision(std::string_view id) {
    const auto allowed = [](unsigned char c) { return std::isalnum(c) != 0 || c == '.' || c == '-' || c == '_'; };
    if (id.empty() || !std::all_of(id.begin(), id.end(), allowed))
        throw text::input_error(
            fmt::format("\"{}\" is no id of a revision, which has letters, digits, '.', '-' and '_'",
                        text::printable(id, text::most_repeated)));
}

std::string resolve_revision(const std::string& given, const std::function<void(std::string_view)>& on_compile) {
    if (plugin::names_a_file(given)) {
        const model::revision& loaded = given.ends_with(".so") ? plugin::load_plugin(given)
                                                               : plugin::load_header(given, {.on_compile = on_compile});
        return std::string(loaded.info.id);
    }
    check_revision(given);
    return given;
}

void check_engine(std::string_view name) {
    const std::vector<std::string> known = engine_names();
    check("engine", name, {known.begin(), known.end()});
}

void check_reported_engine(std::string_view name) {
    std::vector<std::string_view> known;
    for (const verdicts::engine* const each : engines())
        known.push_back(each->name());
    check("engine", name, known);
}

std::size_t property_of(std::string_view id) {
    check("property", id, properties::catalogue_ids());
    return *properties::property_number(id);
}

properties::property_set properties_of(const std::vector<std::string>& ids) {
    properties::property_set all = ids.empty() ? properties::all_properties : 0;
    for (const std::string& id : ids)
        all |= properties::only(property_of(id));
    return all;
}

std::vector<std::string> ids_of(properties::property_set all) {
    std::vector<std::string> ids;
    for (std::size_t number = 0; number < properties::catalogue_size; ++number)
        if (properties::contains(all, number))
            ids.emplace_back(properties::catalogue_infos[number].id);
    return ids;
}

model::scope_write write_of(const std::string& given) {
    const std::size_t space = given.find(' ');
    const std::string name = given.substr(0, space);
    const std::optional<model::file> where = model::file_from_string(name);
    std::vector<std::string_view> files;
    for (const model::file_info& each : model::file_infos())
        files.push_back(each.name);
    if (!where)
        throw text::input_error(text::no_such("file", name, files));
    if (space == std::string::npos || space + 1 == given.size())
        throw text::input_error(fmt::format(R"("{}" writes nothing; put a value after the file, as in "{} 20000")",
                                            text::printable(given, text::most_repeated), name));
    return {.file = *where, .text = given.substr(space + 1)};
}

model::scope scope_of(const std::string& name_or_file) {
    const auto names = model::scope_names();
    if (std::find(names.begin(), names.end(), name_or_file) != names.end())
        return model::parse_scope(model::named_scope_text(name_or_file), name_or_file);
    // What looks like a file is one, so that a wrong path is told as such.
    const bool looks_like_a_file = name_or_file.find('/') != std::string::npos || name_or_file.ends_with(".toml");
    std::error_code ignored;
    if (looks_like_a_file || std::filesystem::exists(name_or_file, ignored))
        return model::load_scope(name_or_file);
    throw text::input_error(text::no_such("scope", name_or_file, names) + ", and there is no such file");
}

} // namespace bwcheck::cli

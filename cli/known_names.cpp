#include "cli/known_names.hpp"

#include "cli/engines.hpp"
#include "model/revisions/registry.hpp"
#include "properties/catalogue.hpp"
#include "text/did_you_mean.hpp"
#include "text/input_error.hpp"
#include "text/printable.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>

namespace bwcheck::cli {

namespace {

std::string no_such(std::string_view what, std::string_view name, const std::vector<std::string_view>& known) {
    return fmt::format("there is no {} \"{}\"; the nearest is {}", what, text::printable(name, text::most_repeated),
                       text::nearest_name(name, known));
}

void check(std::string_view what, std::string_view name, const std::vector<std::string_view>& known) {
    if (std::find(known.begin(), known.end(), name) == known.end())
        throw text::input_error(no_such(what, name, known));
}

} // namespace

std::string_view default_scope() { return "default"; }

void check_revision(std::string_view id) { check_revision(id, model::revision_ids()); }

void check_revision(std::string_view id, const std::vector<std::string_view>& among) { check("revision", id, among); }

namespace {

void check_engine(std::string_view name, const std::vector<std::string>& known) {
    if (std::find(known.begin(), known.end(), name) == known.end())
        throw text::input_error(fmt::format("there is no engine \"{}\"; this bwcheck has: {}",
                                            text::printable(name, text::most_repeated), fmt::join(known, ", ")));
}

} // namespace

void check_engine(std::string_view name) { check_engine(name, engine_names()); }

void check_reported_engine(std::string_view name) {
    std::vector<std::string> known;
    for (const verdicts::engine* const each : engines())
        known.emplace_back(each->name());
    check_engine(name, known);
}

std::size_t property_of(std::string_view id) {
    check("property", id, properties::catalogue_ids());
    return *properties::property_number(id);
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
    throw text::input_error(no_such("scope", name_or_file, names) + ", and there is no such file");
}

} // namespace bwcheck::cli

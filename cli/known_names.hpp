// The names that a user may give for revisions, properties, engines and scopes. A wrong one is answered with the
// nearest.
#pragma once

#include "model/revisions/revision.hpp"
#include "model/scope.hpp"
#include "properties/property_set.hpp"
#include "text/input_error.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace bwcheck::cli {

/// The scope that is used unless another one is asked for.
[[nodiscard]] std::string_view default_scope();

/// The id of a revision that is given by its id, or by a file with one, which is loaded: a header or what was made of
/// it. `on_compile` hears of a header that has to be compiled first. Throws text::input_error.
[[nodiscard]] std::string resolve_revision(const std::string& given,
                                           const std::function<void(std::string_view header)>& on_compile);
/// Instead of a base: hold patches against nothing.
inline constexpr std::string_view no_base = "none";

/// The revision that another one, which must be known, is held against: `against` is an id, no_base, or empty for what
/// it is posted on. Null: it is held against nothing, or would be against itself.
[[nodiscard]] const model::revision* base_of(std::string_view revision, std::string_view against);

/// Throws text::input_error if there is no such revision, built in or loaded.
void check_revision(std::string_view id);
/// The same, where only some revisions will do.
void check_revision(std::string_view id, const std::vector<std::string_view>& among);
/// The same for a revision whose results somebody reports, which may come from a header elsewhere: any id will do.
void check_reported_revision(std::string_view id);
/// Throws text::input_error if no engine of that name can be asked for.
void check_engine(std::string_view name);
/// The same for an engine whose results somebody reports: also one that nobody asks for.
void check_reported_engine(std::string_view name);
/// The property's place in the catalogue. Throws text::input_error.
[[nodiscard]] std::size_t property_of(std::string_view id);
/// Those of these ids as a set, or all there are if there is none. Throws text::input_error.
[[nodiscard]] properties::property_set properties_of(const std::vector<std::string>& ids);
/// The ids of a set, in the order of the catalogue.
[[nodiscard]] std::vector<std::string> ids_of(properties::property_set all);

/// "cpu.max 4 8": a file of the group, and what is written to it. Throws text::input_error.
[[nodiscard]] model::scope_write write_of(const std::string& given);

/// A named scope, or else the file of that name. Throws text::input_error if there is neither, and text::input_error if
/// it cannot be read.
[[nodiscard]] model::scope scope_of(const std::string& name_or_file);

} // namespace bwcheck::cli

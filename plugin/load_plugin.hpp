// A revision from outside: a header with one, or what was made of such a header, becomes one of the revisions that this
// program knows.
#pragma once

#include "model/revisions/revision.hpp"
#include "plugin/compile_plugin.hpp"

#include <string>
#include <string_view>

namespace bwcheck::plugin {

/// Whether what somebody gives for a revision is a file with one: its name ends in .hpp or .so, or has a / in it.
[[nodiscard]] bool names_a_file(std::string_view given);

/// Compiles a header, if need be, and loads the revision in it. One that was loaded before is not loaded again. Throws
/// text::input_error if the header is not right, does not compile, or has a revision whose id is taken.
const model::revision& load_header(const std::string& header, const compiling& settings);

/// Loads the revision in a shared object. Throws text::input_error if it is none that this program understands.
const model::revision& load_plugin(const std::string& file);

} // namespace bwcheck::plugin

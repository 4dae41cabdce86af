// The scope files of model/scopes, which the build puts into the program, so that it needs none of them where it runs.
#pragma once

#include <span>
#include <string_view>

namespace bwcheck::model {

/// One file of model/scopes.
struct scope_text {
    std::string_view name; ///< the file's name without ".toml"
    std::string_view toml; ///< its content
};

/// All of them, in alphabetical order. Defined in a source file that CMake writes (scope_texts.cpp.in).
[[nodiscard]] std::span<const scope_text> scope_texts();

} // namespace bwcheck::model

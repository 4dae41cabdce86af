// Makes a shared object of a header with a revision. What was made before from the same text, with the same headers of
// bwcheck and the same compiler, is not made again.
#pragma once

#include "plugin/this_build.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace bwcheck::plugin {

/// $XDG_CACHE_HOME/bwcheck, or else ~/.cache/bwcheck. Throws text::input_error if the environment has neither.
[[nodiscard]] std::filesystem::path cache_directory();

struct compiling {
    build with = this_build();
    std::filesystem::path cache = cache_directory();
    /// Called before a header is compiled, which takes seconds; may be empty.
    std::function<void(std::string_view header)> on_compile{};
};

/// The file that was made of `header`, now or before. It may be removed at any time. Throws text::input_error, which
/// begins with the name of what is wrong: the header, the compiler, or the cache.
[[nodiscard]] std::filesystem::path compile_plugin(const std::string& header, const compiling& settings);

} // namespace bwcheck::plugin

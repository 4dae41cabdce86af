// How this program was compiled: a plug-in is compiled in the same way.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace bwcheck::plugin {

struct build {
    std::string compiler;             ///< the program
    std::vector<std::string> options; ///< those that decide how code and data look, and where headers are
    std::filesystem::path source;     ///< the top of bwcheck's source tree
};

[[nodiscard]] build this_build();

} // namespace bwcheck::plugin

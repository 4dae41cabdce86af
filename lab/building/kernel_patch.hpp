// A patch for a kernel: a file as git format-patch or diff -u writes it, applied with patch(1).
#pragma once

#include "lab/kernel.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace bwcheck::lab {

struct kernel_patch {
    std::filesystem::path path;
    std::string text;
    std::vector<std::filesystem::path> files; ///< that it changes, relative to the tree; those that it makes as well
};

/// Reads a patch. Throws lab_error if the file cannot be read or has no change in it.
[[nodiscard]] kernel_patch read_patch(const std::filesystem::path& path);

/// Applies it to a tree. Says through `tell` if it had to look for the place. Throws build_error if it does not apply;
/// some of its changes may have been made then.
void apply_patch(const kernel_patch& patch, const std::filesystem::path& tree, const message_listener& tell);

} // namespace bwcheck::lab

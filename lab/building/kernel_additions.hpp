// What kernels get so that they can run on virtual time, exactly, and tell the state of a group (additions/). Files of
// our own, and lines at the end of three of the tree's: no function of the scheduler is touched.
#pragma once

#include "lab/building/source_tree.hpp"

#include <filesystem>
#include <string_view>
#include <vector>

namespace bwcheck::lab {

struct kernel_addition {
    std::string_view file; ///< relative to the tree
    std::string_view text;
    bool at_the_end = false; ///< of a file that is there already
};

[[nodiscard]] const std::vector<kernel_addition>& kernel_additions();

/// Whether its user-mode Linux can travel in time, as it can since 5.3.
[[nodiscard]] bool can_have_virtual_time(const source_tree& tree);

/// Adds them to a copy of such a tree (share_files()). Throws lab_error if a file cannot be written.
void add_virtual_time(const std::filesystem::path& copy);

namespace detail {

[[nodiscard]] std::string_view virtual_clock_source();
[[nodiscard]] std::string_view lab_files_source();

} // namespace detail

} // namespace bwcheck::lab

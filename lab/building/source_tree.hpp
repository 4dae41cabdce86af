// The source of a kernel, which belongs to somebody else: it is read, and never written to. What is built is built in a
// copy, which shares the files with it where the file system can.
#pragma once

#include "text/content_hash.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace bwcheck::lab {

struct source_tree {
    std::filesystem::path path;
    std::string release; ///< what its Makefile says: "6.1.192"
    /// Its files, relative to it and sorted. Not what a build or git has put there.
    std::vector<std::filesystem::path> files;
};

/// Looks at a directory. Throws lab_error if it is not the source of a kernel from which a user-mode kernel with CFS
/// bandwidth control can be built.
[[nodiscard]] source_tree open_source_tree(const std::filesystem::path& directory);

/// All of a file; nothing of one that cannot be read.
[[nodiscard]] std::string text_of(const std::filesystem::path& file);

/// Takes in the names and contents of all files. Throws lab_error if one cannot be read.
void add_contents(text::content_hash& hash, const source_tree& tree);

/// Makes the copy, whose files are hard links to those of the tree where that is possible. Throws lab_error.
void share_files(const source_tree& tree, const std::filesystem::path& copy);

/// Gives a copy a file of its own, if it has the file at all. Throws lab_error.
void unshare_file(const std::filesystem::path& copy, const std::filesystem::path& file);

} // namespace bwcheck::lab

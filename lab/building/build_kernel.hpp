// Builds a user-mode kernel from a source tree and patches. The tree is only read; the kernel is kept under a name made
// from all that went into it, so that the same one is not built twice.
#pragma once

#include "lab/kernel.hpp"
#include "programs/process.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace bwcheck::lab {

struct build_request {
    std::filesystem::path tree;
    std::vector<std::filesystem::path> patches; ///< applied in this order
    unsigned jobs = 1;                          ///< compilers at the same time
};

struct built_kernel {
    std::filesystem::path path;    ///< of the kernel, which is a program
    std::string release;           ///< of the tree, from its Makefile
    std::string key;               ///< 32 hexadecimal digits, made from tree, patches, configuration and compiler
    bool cached = false;           ///< it was there already
    programs::seconds duration{0}; ///< of all that was done now
};

/// Builds the kernel, or finds it in `cache`/kernels. Throws lab_error if it cannot begin, and build_error if a patch
/// does not apply or something does not compile; then nothing is left behind.
[[nodiscard]] built_kernel build_kernel(const build_request& request, const std::filesystem::path& cache,
                                        const message_listener& tell = {});

/// The lines of a compiler's output that tell what is wrong; the last ones if none does.
[[nodiscard]] std::string relevant_lines(const std::string& output);

} // namespace bwcheck::lab

// The options of those commands of bwcheck lab that are about patches: building kernels, and trying the proposed file.
#pragma once

#include "lab/boot.hpp"
#include "lab/building/build_kernel.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace CLI {
class App;
} // namespace CLI

namespace bwcheck::cli {

/// bwcheck lab build: a user-mode kernel from a source tree and patches.
struct lab_build_options {
    lab::build_request request;
    bool json = false;
    bool quiet = false;
};

/// What was typed, before it is checked.
class lab_patch_command_line {
public:
    using chosen = std::variant<lab_build_options>;

    /// Adds the commands to those of `lab`.
    void declare(CLI::App& lab);

    /// The command that was given, if it is one of these. Throws usage_error.
    [[nodiscard]] std::optional<chosen> read() const;

private:
    [[nodiscard]] lab_build_options build() const;

    CLI::App* build_ = nullptr;

    struct typed {
        std::string tree;
        std::vector<std::string> patches;
        std::string jobs;
        bool json = false;
        bool quiet = false;
    };
    typed typed_;
};

} // namespace bwcheck::cli

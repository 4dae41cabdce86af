// The options of bwcheck lab, which has commands of its own.
#pragma once

#include "cli/lab/patch_options.hpp"
#include "lab/boot.hpp"
#include "text/input_error.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace CLI { // NOLINT(readability-identifier-naming): CLI11's
class App;
} // namespace CLI

namespace bwcheck::cli {

/// bwcheck lab run: runs a script on a real kernel, or else compares the kernel with the model.
struct lab_run_options {
    std::string kernel; ///< a name or a file
    lab::boot_options boot;
    std::string script;   ///< a file; empty: compare
    std::string revision; ///< what to compare with
    bool compare_interface = true;
    bool compare_behaviour = true;
    std::uint64_t writes = 0; ///< to compare, at least
    std::uint64_t seed = 1;
    std::uint64_t repeat = 0; ///< of each scenario of behaviour
    bool json = false;
    bool quiet = false;
};

/// What was typed, before it is checked.
class lab_command_line {
public:
    /// Adds `lab` and its commands to bwcheck's.
    void declare(CLI::App& bwcheck);

    [[nodiscard]] const CLI::App* app() const { return lab_; }
    [[nodiscard]] bool parsed() const;
    /// Throws text::input_error if what follows `lab` is not one of its commands.
    void check_command(int argc, const char* const* argv) const;
    /// Throws text::input_error.
    [[nodiscard]] lab_run_options run() const;
    /// One of the commands about patches, if it is one. Throws text::input_error.
    [[nodiscard]] std::optional<lab_patch_command_line::chosen> patch_command() const { return patch_.read(); }

private:
    CLI::App* lab_ = nullptr;
    CLI::App* run_ = nullptr;

    struct typed {
        std::string kernel = "debian-uml";
        std::string script;
        std::string revision = "linux-6.1";
        std::string only;
        std::string writes;
        std::string seed;
        std::string repeat;
        std::string cpus;
        std::string accel = "tcg";
        std::string timeout;
        bool json = false;
        bool quiet = false;
    };
    typed typed_;
    lab_patch_command_line patch_;
};

} // namespace bwcheck::cli

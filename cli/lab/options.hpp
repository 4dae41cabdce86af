// The options of bwcheck lab, which has commands of its own.
#pragma once

#include "cli/arguments.hpp"
#include "cli/lab/patch_options.hpp"
#include "lab/boot.hpp"
#include "text/input_error.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

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

/// What bwcheck lab is asked to do.
using lab_command = std::variant<lab_run_options, lab_build_options, lab_delays_options, lab_selftest_options,
                                 lab_replay_options, lab_fuzz_options, text_options>;

/// Reads all of `bwcheck lab ...`. Throws text::input_error.
[[nodiscard]] lab_command read_lab_command_line(int argc, const char* const* argv);

} // namespace bwcheck::cli

// The options of those commands of bwcheck lab that are about patches: building kernels, and trying the proposed file.
#pragma once

#include "lab/boot.hpp"
#include "lab/building/build_kernel.hpp"
#include "lab/kernel_fuzz.hpp"
#include "lab/proposal/delays.hpp"
#include "text/input_error.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace CLI { // NOLINT(readability-identifier-naming): not ours
class App;
} // namespace CLI

namespace bwcheck::cli {

/// bwcheck lab build: a user-mode kernel from a source tree and patches.
struct lab_build_options {
    lab::build_request request;
    bool json = false;
    bool quiet = false;
};

/// bwcheck lab delays: from a write to cpu.max.runtime to the execution of a throttled task.
struct lab_delays_options {
    std::vector<std::string> kernels; ///< names or files
    lab::delay_plan plan;
    std::string svg; ///< a file for a picture; empty: none
    bool json = false;
    bool quiet = false;
};

/// bwcheck lab selftest: the posted selftest's scenario.
struct lab_selftest_options {
    std::string kernel; ///< a name or a file
    bool json = false;
    bool quiet = false;
};

/// bwcheck lab replay: counterexamples on a real kernel.
struct lab_replay_options {
    std::vector<std::string> traces; ///< files
    std::string kernel;              ///< a name or a file
    bool json = false;
    bool quiet = false;
};

/// bwcheck lab fuzz: random scenarios on a kernel with virtual time.
struct lab_fuzz_options {
    std::string kernel; ///< a file
    lab::fuzz_plan plan;
    bool json = false;
    bool quiet = false;
};

/// What was typed, before it is checked.
class lab_patch_command_line {
public:
    using chosen =
        std::variant<lab_build_options, lab_delays_options, lab_selftest_options, lab_replay_options, lab_fuzz_options>;

    /// Adds the commands to those of `lab`.
    void declare(CLI::App& lab);

    /// The command that was given, if it is one of these. Throws text::input_error.
    [[nodiscard]] std::optional<chosen> read() const;

private:
    [[nodiscard]] lab_build_options build() const;
    [[nodiscard]] lab_delays_options delays() const;
    [[nodiscard]] lab_fuzz_options fuzz() const;

    CLI::App* build_ = nullptr;
    CLI::App* delays_ = nullptr;
    CLI::App* selftest_ = nullptr;
    CLI::App* replay_ = nullptr;
    CLI::App* fuzz_ = nullptr;

    struct typed {
        std::string tree;
        std::vector<std::string> patches;
        std::string jobs;
        std::vector<std::string> kernels;
        std::vector<std::string> traces;
        std::string kernel;
        std::string injections;
        std::string seed;
        std::string svg;
        std::string revision = "linux-6.1";
        std::string scenarios;
        std::string first;
        std::string budget;
        bool json = false;
        bool quiet = false;
    };
    typed typed_;
};

} // namespace bwcheck::cli

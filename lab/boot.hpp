// Boots a kernel, has its guest run a script, and returns what came of each command.
#pragma once

#include "lab/answers.hpp"
#include "lab/kernel.hpp"
#include "lab/script.hpp"
#include "programs/process.hpp"

#include <functional>
#include <optional>
#include <vector>

namespace bwcheck::lab {

struct boot_options {
    machine_options machine;
    /// Without anything on the console, and in all. What a script waits by itself is added to both.
    programs::time_limits limits{.silence = programs::seconds(60), .total = programs::seconds(300)};
    /// Told that a boot broke off and is tried once more.
    message_listener tell{};
};

struct boot_result {
    guest_hello hello;
    std::vector<answer> answers;     ///< one for each command
    programs::seconds boot{0};       ///< from the start to the guest's first word
    programs::seconds total{0};      ///< from the start to its last word
    std::optional<double> host_busy; ///< for how much of that time somebody waited for a CPU of the host, 0 to 1
};

/// Called as answers come in: how many there are.
using answer_listener = std::function<void(std::size_t)>;

/// A boot that breaks off is tried once more: emulators are not always as exact as processors. Throws lab_error if the
/// kernel cannot be used, and boot_error if it does not come to its end.
[[nodiscard]] boot_result boot(const kernel_image& kernel, const std::vector<command>& script,
                               const boot_options& options = {}, const answer_listener& listen = {});

/// How long a script waits by itself at most: its longest wait, and all of them.
[[nodiscard]] programs::time_limits waits_of(const std::vector<command>& script);

/// The last lines of a console, fit for a terminal.
[[nodiscard]] std::string last_lines(const std::string& console);

} // namespace bwcheck::lab

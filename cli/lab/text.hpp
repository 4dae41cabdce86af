// What bwcheck lab prints for people.
#pragma once

#include "cli/lab/comparison.hpp"
#include "lab/boot.hpp"

#include <string>

namespace bwcheck::cli {

/// "debian-uml: Linux 6.1.0, 1 CPU, booted in 1.4 s."
[[nodiscard]] std::string lab_kernel_text(const lab::kernel_image& kernel, const lab::guest_hello& hello,
                                          programs::seconds boot);

/// Each command with what came of it.
[[nodiscard]] std::string lab_script_text(const lab::kernel_image& kernel, const std::vector<lab::command>& script,
                                          const lab::boot_result& result);

/// What a kernel answered otherwise than the model, to a command of a script, which is told as well.
[[nodiscard]] std::string lab_differences_text(const std::vector<lab::command>& script,
                                               const std::vector<lab::answer_difference>& differences);

/// What was compared, and every disagreement.
[[nodiscard]] std::string lab_comparison_text(const lab_comparison& all);

} // namespace bwcheck::cli

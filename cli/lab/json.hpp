// What bwcheck lab prints for programs, as docs/schema/lab.schema.json and its likes describe it.
#pragma once

#include "cli/exit_status.hpp"
#include "cli/lab/comparison.hpp"
#include "lab/boot.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace bwcheck::cli {

/// A report as it is printed: its members, and those that every report of `lab` has.
[[nodiscard]] std::string lab_report_json(nlohmann::json members, exit_status status);

/// A kernel that was booted.
[[nodiscard]] nlohmann::json lab_kernel_json(const lab::kernel_image& kernel, const lab::guest_hello& hello,
                                             programs::seconds boot);

/// What a kernel answered otherwise than the model.
[[nodiscard]] nlohmann::json lab_differences_json(const std::vector<lab::answer_difference>& differences);

/// To a thousandth.
[[nodiscard]] double rounded_seconds(programs::seconds duration);

[[nodiscard]] std::string lab_script_json(const lab::kernel_image& kernel, const std::vector<lab::command>& script,
                                          const lab::boot_result& result);

[[nodiscard]] std::string lab_comparison_json(const lab_comparison& all);

} // namespace bwcheck::cli

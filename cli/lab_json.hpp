// What bwcheck lab prints for programs, as docs/schema/lab.schema.json describes it.
#pragma once

#include "cli/lab_comparison.hpp"
#include "lab/boot.hpp"

#include <string>

namespace bwcheck::cli {

[[nodiscard]] std::string lab_script_json(const lab::kernel_image& kernel, const std::vector<lab::command>& script,
                                          const lab::boot_result& result);

[[nodiscard]] std::string lab_comparison_json(const lab_comparison& all);

} // namespace bwcheck::cli

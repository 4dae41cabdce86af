// The configuration of the kernels that bwcheck builds.
#pragma once

#include <string_view>
#include <vector>

namespace bwcheck::lab {

/// lab/building/kernel.config: what is set on top of tinyconfig.
[[nodiscard]] std::string_view kernel_config();

/// Lines of it without which the kernel is of no use and which `config`, a complete configuration, does not have: a
/// kernel's configuration drops what the kernel does not know.
[[nodiscard]] std::vector<std::string_view> missing_from(std::string_view config);

} // namespace bwcheck::lab

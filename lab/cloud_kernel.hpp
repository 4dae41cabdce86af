// Debian's kernel for virtual machines, as a file: taken out of its package, so that nothing is installed.
#pragma once

#include "lab/kernel.hpp"

namespace bwcheck::lab {

/// The kernel image, which is fetched into `cache` with apt-get if it is not there yet. Throws lab_error.
[[nodiscard]] std::filesystem::path cloud_kernel(const std::filesystem::path& cache, const message_listener& tell);

} // namespace bwcheck::lab

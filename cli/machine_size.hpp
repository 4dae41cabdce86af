// How large the machine is that bwcheck runs on: what a check takes unless it is told.
#pragma once

#include <cstdint>

namespace bwcheck::cli {

/// Memory of the machine, bytes; 0 if it cannot be told.
[[nodiscard]] std::uint64_t physical_memory();

/// CPUs that this process may run on, at least 1 and at most `most`.
[[nodiscard]] unsigned cpus_to_use(std::uint64_t most);

} // namespace bwcheck::cli

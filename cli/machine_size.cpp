#include "cli/machine_size.hpp"

#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <thread>

namespace bwcheck::cli {

std::uint64_t physical_memory() {
    const long pages = ::sysconf(_SC_PHYS_PAGES);
    const long page_size = ::sysconf(_SC_PAGESIZE);
    return pages > 0 && page_size > 0 ? static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(page_size) : 0;
}

unsigned cpus_to_use(std::uint64_t most) {
    cpu_set_t allowed;
    CPU_ZERO(&allowed);
    // Fewer than the machine has, if taskset or a container says so.
    const unsigned cpus = ::sched_getaffinity(0, sizeof allowed, &allowed) == 0
                              ? static_cast<unsigned>(CPU_COUNT(&allowed))
                              : std::thread::hardware_concurrency();
    return static_cast<unsigned>(std::clamp<std::uint64_t>(cpus, 1, most));
}

} // namespace bwcheck::cli

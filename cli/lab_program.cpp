#include "cli/lab_program.hpp"

#include "text/input_error.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

namespace bwcheck::cli {

void become_lab_program(const char* const* argv) {
    const auto program = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "bwcheck-lab";
    execv(program.c_str(), const_cast<char* const*>(argv)); // NOLINT(*-const-cast): it writes to none of them
    throw text::input_error(fmt::format("lab: {} cannot be started: {}; ./bwcheck lab builds it", program.string(),
                                        std::generic_category().message(errno)));
}

} // namespace bwcheck::cli

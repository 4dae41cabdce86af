// Another program, run for what it does and says: patch, make, apt-get.
#pragma once

#include "programs/process.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace bwcheck::programs {

struct tool_result {
    process_outcome outcome;
    std::string output; ///< all that it printed

    [[nodiscard]] bool succeeded() const { return outcome.how == ending::exited && outcome.status == 0; }
};

/// Runs a program. `package` is the Debian package that has it, for the message if it is missing. `listen` sees what is
/// printed as it comes; may be empty. Throws text::input_error if the program cannot be started or does not end in
/// time.
[[nodiscard]] tool_result run_tool(const std::vector<std::string>& argv, std::string_view package,
                                   const time_limits& limits, const std::function<void(std::string_view)>& listen = {});

} // namespace bwcheck::programs

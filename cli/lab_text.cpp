#include "cli/lab_text.hpp"

#include "cli/quantities.hpp"
#include "counterexamples/json_reader.hpp"
#include "lab/errno_name.hpp"

#include <fmt/format.h>

#include <sstream>

namespace bwcheck::cli {

std::string lab_kernel_text(const lab::kernel_image& kernel, const lab::guest_hello& hello, lab::seconds boot) {
    return fmt::format("{}: Linux {}, {} CPU{}, booted in {} s.\n", kernel.name,
                       counterexamples::printable(hello.release), hello.nr_cpus, hello.nr_cpus == 1 ? "" : "s",
                       seconds_text(boot.count()));
}

std::string lab_script_text(const lab::kernel_image& kernel, const std::vector<lab::command>& script,
                            const lab::boot_result& result) {
    std::string text = lab_kernel_text(kernel, result.hello, result.boot);
    for (std::size_t number = 0; number < script.size(); ++number) {
        const lab::answer& said = result.answers[number];
        text += fmt::format("{}: {}\n", to_string(script[number]), lab::errno_name(said.error));
        if (script[number].what == lab::verb::write)
            continue;
        std::istringstream lines(said.value);
        for (std::string line; std::getline(lines, line);)
            text += fmt::format("    {}\n", counterexamples::printable(line));
    }
    return text;
}

} // namespace bwcheck::cli

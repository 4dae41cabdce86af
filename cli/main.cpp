// bwcheck: reads the command line and runs a command.
#include "cli/commands.hpp"
#include "cli/guarded.hpp"
#include "cli/lab_program.hpp"

#include <string_view>
#include <variant>

int main(int argc, char** argv) {
    return bwcheck::cli::guarded([&] {
        if (argc > 1 && std::string_view(argv[1]) == "lab")
            bwcheck::cli::become_lab_program(argv);
        return std::visit([](const auto& options) { return run(options); },
                          bwcheck::cli::read_command_line(argc, argv));
    });
}

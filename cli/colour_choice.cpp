#include "cli/colour_choice.hpp"

#include <unistd.h>

#include <cstdlib>
#include <string_view>

namespace bwcheck::cli {

bool colour_wanted(colour_choice choice) {
    if (choice != colour_choice::automatic)
        return choice == colour_choice::always;
    const char* const no_color = std::getenv("NO_COLOR");
    const char* const terminal = std::getenv("TERM");
    const bool forbidden = no_color != nullptr && *no_color != '\0';
    const bool able = terminal != nullptr && std::string_view(terminal) != "dumb";
    return !forbidden && able && ::isatty(STDOUT_FILENO) == 1;
}

} // namespace bwcheck::cli

#include "cli/progress_line.hpp"

#include "cli/standard_output.hpp"
#include "text/quantities.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>

namespace bwcheck::cli {

namespace {

std::size_t terminal_width() {
    constexpr std::size_t usual = 80;
    winsize size{};
    return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : usual;
}

} // namespace

progress_line::progress_line(bool wanted) : wanted_(wanted), active_(wanted && ::isatty(STDERR_FILENO) == 1) {}

void progress_line::show(std::string_view text) {
    if (!active_)
        return;
    // One column is left free: some terminals wrap when the last one is written.
    text = text.substr(0, terminal_width() - 1);
    static_cast<void>(std::fputs(fmt::format("\r\x1b[K{}", text).c_str(), stderr));
    static_cast<void>(std::fflush(stderr));
    shown_ = true;
}

void progress_line::clear() {
    if (!shown_)
        return;
    static_cast<void>(std::fputs("\r\x1b[K", stderr));
    static_cast<void>(std::fflush(stderr));
    shown_ = false;
}

void progress_line::say(std::string_view text) {
    if (!wanted_)
        return;
    clear();
    cli::say(text);
}

} // namespace bwcheck::cli

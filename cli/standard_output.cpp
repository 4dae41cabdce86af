#include "cli/standard_output.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <string>

namespace bwcheck::cli {

namespace {

[[noreturn]] void fail(int error) {
    throw output_error(fmt::format("standard output cannot be written: {}", std::strerror(error)));
}

} // namespace

void prepare_standard_streams() {
    // The lowest free descriptor is taken. Opened for the wrong direction, so that using a stream that was closed still
    // fails.
    for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        if (::fcntl(descriptor, F_GETFD) < 0)
            static_cast<void>(::open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY));
    static_cast<void>(std::signal(SIGPIPE, SIG_IGN));
}

void write_output(std::string_view text) {
    errno = 0;
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size())
        fail(errno);
}

std::size_t output_width() {
    constexpr std::size_t usual = 80;
    winsize size{};
    return ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : usual;
}

void finish_output() {
    errno = 0;
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0)
        fail(errno != 0 ? errno : EIO);
}

void say(std::string_view text) {
    std::string line(text);
    std::replace(line.begin(), line.end(), '\n', ' ');
    // Where would one complain about stderr?
    static_cast<void>(std::fputs(fmt::format("bwcheck: {}\n", line).c_str(), stderr));
}

} // namespace bwcheck::cli

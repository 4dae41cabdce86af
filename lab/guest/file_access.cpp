#include "lab/guest/file_access.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace bwcheck::lab::guest {

access_result write_once(const std::string& path, std::string_view text) {
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (descriptor < 0)
        return {errno, ""};
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    const int error = written < 0 ? errno : 0;
    ::close(descriptor);
    return {error, written < 0 ? "" : std::to_string(written)};
}

access_result read_all(const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return {errno, ""};
    std::string text;
    std::array<char, 16384> piece; // NOLINT(cppcoreguidelines-pro-type-member-init): read() fills it
    ssize_t got = 0;
    while ((got = ::read(descriptor, piece.data(), piece.size())) > 0)
        text.append(piece.data(), static_cast<std::size_t>(got));
    const int error = got < 0 ? errno : 0;
    ::close(descriptor);
    return {error, error == 0 ? text : ""};
}

} // namespace bwcheck::lab::guest

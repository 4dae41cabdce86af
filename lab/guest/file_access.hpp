// Files of the guest, read and written with the fewest system calls: what one write(2) answers is what is asked for.
#pragma once

#include <string>
#include <string_view>

namespace bwcheck::lab::guest {

/// What came of an access: an errno or 0, and what was read, or how many bytes were written.
struct access_result {
    int error = 0;
    std::string value;
};

/// Opens, writes once, closes.
[[nodiscard]] access_result write_once(const std::string& path, std::string_view text);
/// The whole file.
[[nodiscard]] access_result read_all(const std::string& path);

} // namespace bwcheck::lab::guest

// An errno as people know it.
#pragma once

#include <cstring>
#include <string>

namespace bwcheck::lab {

/// "OK", "EINVAL", ...; "errno 4000" for what has no name.
[[nodiscard]] inline std::string errno_name(int error) {
    if (error == 0)
        return "OK";
    const char* const name = ::strerrorname_np(error);
    return name != nullptr ? name : "errno " + std::to_string(error);
}

} // namespace bwcheck::lab

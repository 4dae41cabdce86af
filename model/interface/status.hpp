// What a write to an interface file answers.
#pragma once

#include <string_view>

namespace bwcheck::model {

enum class status {
    ok,
    einval, // malformed, or a value out of bounds
    erange, // a number that does not fit its type
    e2big,  // more bytes than the file takes in one write
    enoent, // there is no such file
};

// As a person knows it: "EINVAL".
constexpr std::string_view name(status s) {
    switch (s) {
    case status::ok:
        return "OK";
    case status::einval:
        return "EINVAL";
    case status::erange:
        return "ERANGE";
    case status::e2big:
        return "E2BIG";
    case status::enoent:
        return "ENOENT";
    }
    return "?";
}

// As the kernel returns it: 0, or an errno of Linux (the same on every architecture), negated.
constexpr int code(status s) {
    switch (s) {
    case status::ok:
        return 0;
    case status::einval:
        return -22;
    case status::erange:
        return -34;
    case status::e2big:
        return -7;
    case status::enoent:
        return -2;
    }
    return -1;
}

} // namespace bwcheck::model

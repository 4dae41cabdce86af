// What can go wrong with a real kernel, told apart by whom it concerns.
#pragma once

#include "text/input_error.hpp"

#include <stdexcept>
#include <string>
#include <utility>

namespace bwcheck::lab {

/// A kernel that cannot be used, or something that is missing: what the user can put right. what() is one line.
class lab_error : public text::input_error {
public:
    using text::input_error::input_error;
};

/// A kernel that began and did not come to its end: it crashed, hung, or said something that nobody understands.
/// what() is one line.
class boot_error : public std::runtime_error {
public:
    boot_error(const std::string& message, std::string console)
        : runtime_error(message), console_(std::move(console)) {}
    /// The last lines of its console.
    [[nodiscard]] const std::string& console() const { return console_; }

private:
    std::string console_;
};

} // namespace bwcheck::lab

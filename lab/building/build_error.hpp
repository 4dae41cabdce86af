// A kernel that does not get built: a patch does not apply, or something does not compile.
#pragma once

#include "lab/lab_error.hpp"

#include <string>
#include <utility>

namespace bwcheck::lab {

/// what() is one line.
class build_error : public lab_error {
public:
    build_error(const std::string& message, std::string details) : lab_error(message), details_(std::move(details)) {}
    /// What patch, compiler or linker said about it: the lines that matter, each with its end.
    [[nodiscard]] const std::string& details() const { return details_; }

private:
    std::string details_;
};

} // namespace bwcheck::lab

// Wrong usage or input: what the user can put right. what() is one line.
#pragma once

#include <stdexcept>

namespace bwcheck::cli {

class usage_error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

} // namespace bwcheck::cli

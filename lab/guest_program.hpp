// The guest's program, which is built with bwcheck and becomes a part of it, so that there is nothing to install.
#pragma once

#include <string_view>

namespace bwcheck::lab {

/// An executable file, linked statically.
[[nodiscard]] std::string_view guest_program();

} // namespace bwcheck::lab

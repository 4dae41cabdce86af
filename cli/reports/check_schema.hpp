// The schema of what `check --json` prints, which the build puts into the program: what is written, what is documented
// and what is read again are one.
#pragma once

#include <string_view>

namespace bwcheck::cli {

/// docs/schema/check.schema.json. Defined in a source file that CMake writes (check_schema.cpp.in).
[[nodiscard]] std::string_view check_schema();

} // namespace bwcheck::cli

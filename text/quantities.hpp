// Large numbers for people: "12.3 k", "1.20 M", "512 MiB".
#pragma once

#include <cstdint>
#include <string>

namespace bwcheck::text {

/// Three significant digits with k, M or G; small numbers exactly.
[[nodiscard]] std::string rounded(double number);

/// In MiB, with one decimal below 10.
[[nodiscard]] std::string mebibytes(std::uint64_t bytes);

/// In seconds: "0.004", "1.2" or "75", without the unit.
[[nodiscard]] std::string seconds_text(double seconds);

} // namespace bwcheck::text

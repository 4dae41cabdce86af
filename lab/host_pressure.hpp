// How busy the machine is that everything runs on: what a virtual CPU does while it waits for a real one is charged to
// whoever runs on it, and a comparison of times then says little.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace bwcheck::lab {

/// For how much of a time somebody has waited for a CPU, from 0 to 1 (/proc/pressure/cpu of the host).
class host_pressure {
public:
    /// The time begins.
    host_pressure();
    /// Since then. Nothing, if the host does not say.
    [[nodiscard]] std::optional<double> waited() const;

private:
    std::chrono::steady_clock::time_point begin_;
    std::optional<std::uint64_t> at_begin_us_;
};

/// The sum of waiting, µs, in the text of /proc/pressure/cpu.
[[nodiscard]] std::optional<std::uint64_t> waited_us(std::string_view pressure);

} // namespace bwcheck::lab

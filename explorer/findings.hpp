// What one transition or one state says about the properties. It is two machine words and nothing else because one is
// made for every transition explored, and billions are.
#pragma once

#include <cstddef>
#include <cstdint>

namespace bwcheck::explorer {

/// The most properties one exploration can watch: one bit each in a mask.
inline constexpr std::size_t max_properties = 64;

/// Bit i of a mask stands for property i of the transition system.
struct findings {
    /// Properties that had something to say here: the situation they speak about occurred.
    std::uint64_t triggered = 0;
    /// Properties that are broken here.
    std::uint64_t violated = 0;

    bool operator==(const findings&) const = default;
};

} // namespace bwcheck::explorer

// What both sides know of a kernel that runs on virtual time (lab/building/additions).
#pragma once

#include <cstdint>
#include <string_view>

namespace bwcheck::lab {

/// Such a kernel's file has this in it.
inline constexpr std::string_view virtual_clock_mark = "bwcheck virtual clock 1";

/// How it is told to use its clock.
inline constexpr std::string_view virtual_time_argument = "time-travel=inf-cpu";

/// Ticks come so long after whole ones of CLOCK_MONOTONIC, ns: never together with anything that scripts ask for.
inline constexpr std::uint64_t virtual_tick_phase_ns = 500;

/// Making a child takes so long, µs.
inline constexpr std::uint64_t child_takes_us = 1;

/// A file of each group that tells all of its state; one "NAME VALUE" a line, times in ns.
inline constexpr std::string_view bandwidth_state_file = "cpu.bandwidth_state";

} // namespace bwcheck::lab

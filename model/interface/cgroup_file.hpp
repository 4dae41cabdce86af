// The files of a group: one row each says what it is called, what a revision takes there, and what it shows. Parsing,
// the values that random runs write, the texts of proofs and the lab follow from it.
#pragma once

#include "model/arithmetic.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace bwcheck::model {

template <arithmetic Num>
struct task_group;

/// The files of a group (cgroup v2).
enum class file : std::uint8_t { cpu_max, cpu_max_burst, cpu_max_runtime };

/// What cpu.max.runtime takes, if the revision has the file at all.
enum class runtime_interface : std::uint8_t {
    none,     ///< no such file
    absolute, ///< the new value of the pool, µs
    delta,    ///< a signed amount to add to the pool, µs
};

/// What is written to a file.
enum class file_content : std::uint8_t {
    absent,      ///< nothing: there is no such file
    limits,      ///< a quota, µs or "max", and perhaps a period, µs
    usec,        ///< a number of µs
    signed_usec, ///< the same, of either sign
};

/// What there is to know about a file, but for what the kernel does with a write (interface/bandwidth.hpp).
struct file_info {
    file which;
    std::string_view name;
    /// What it takes in a revision with that cpu.max.runtime.
    file_content (*content)(runtime_interface);
    /// What reading it returns, at the kernel's 1000 ns to the µs.
    std::string (*read)(const task_group<plain>&);
};

/// All rows, in the order of the enumeration.
[[nodiscard]] std::span<const file_info> file_infos();
[[nodiscard]] inline const file_info& info_of(file which) { return file_infos()[static_cast<std::size_t>(which)]; }

/// "cpu.max", "cpu.max.burst", "cpu.max.runtime".
[[nodiscard]] inline std::string_view to_string(file which) { return info_of(which).name; }
[[nodiscard]] std::optional<file> file_from_string(std::string_view name);

} // namespace bwcheck::model

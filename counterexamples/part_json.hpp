// A part of a scope inside a trace, and back.
#pragma once

#include "model/scope.hpp"
#include "text/input_error.hpp"
#include "text/json_reader.hpp"

#include <nlohmann/json.hpp>

#include <cstddef>

namespace bwcheck::counterexamples {

/// More writes than this no part of a trace may have; an event names a write by a 16-bit number.
inline constexpr std::size_t most_writes = 1000;

[[nodiscard]] nlohmann::ordered_json part_to_json(const model::scope_part& part);

/// Throws text::input_error, also for numbers with which the machine could not compute.
[[nodiscard]] model::scope_part part_from_json(const text::json_reader& in);

[[nodiscard]] nlohmann::ordered_json write_to_json(const model::scope_write& write);
[[nodiscard]] model::scope_write write_from_json(const text::json_reader& in);

/// "cpu.max", or an error with the nearest file.
[[nodiscard]] model::file file_from_json(const text::json_reader& in);

} // namespace bwcheck::counterexamples

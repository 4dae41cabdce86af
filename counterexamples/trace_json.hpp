// The JSON form of a trace; docs/schema/trace.schema.json describes it.
#pragma once

#include "counterexamples/trace.hpp"
#include "text/input_error.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace bwcheck::counterexamples {

/// The version of the JSON form that is written, and the oldest one that can be read.
[[nodiscard]] std::uint64_t trace_schema_version();
[[nodiscard]] std::uint64_t oldest_trace_schema_version();

/// As text, with a line feed at the end.
[[nodiscard]] std::string trace_to_json(const trace& trace);

/// Reads what trace_to_json() writes, and nothing else. Whether there is a revision and a property of that name is up
/// to those who need them. Throws text::input_error.
[[nodiscard]] trace trace_from_json(std::string_view text);

} // namespace bwcheck::counterexamples

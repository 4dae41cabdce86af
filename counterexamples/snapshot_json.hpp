// A state inside a trace: {"group": {...}, "cpus": [{...}, ...]}, with the kernel's field names.
#pragma once

#include "counterexamples/snapshot.hpp"
#include "text/input_error.hpp"
#include "text/json_reader.hpp"

#include <nlohmann/json.hpp>

namespace bwcheck::counterexamples {

/// "No limit", where a number stands otherwise.
inline constexpr std::string_view unlimited_text = "max";

[[nodiscard]] nlohmann::ordered_json snapshot_to_json(const snapshot& state);

/// Every field of a machine with `nr_cpus` CPUs must be there, and no other. Throws text::input_error.
[[nodiscard]] snapshot snapshot_from_json(const text::json_reader& in, int nr_cpus);

} // namespace bwcheck::counterexamples

// A scope is what a run explores: how many CPUs, which constants, which writes, and how far the environment may go.
//
// It has one or more parts, each with bounds of its own: a question about hot-plug does not need many quotas, and a sum
// of small state spaces is smaller than their product. A property is judged in every part whose events concern it.
#pragma once

#include "model/constants.hpp"
#include "model/environment.hpp"
#include "model/interface/write_request.hpp"
#include "text/input_error.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace bwcheck::model {

/// One write that users may make: as they type it.
struct scope_write {
    model::file file = model::file::cpu_max;
    std::string text;

    friend bool operator==(const scope_write&, const scope_write&) = default;
};

/// "cpu.max 4 8": the file and what is written to it.
[[nodiscard]] std::string to_string(const scope_write& write);

/// Bounds of one exploration. Times in ns.
struct scope_part {
    std::string name;
    int nr_cpus = 1;
    model::constants<plain> constants;
    model::environment<plain> environment;
    std::uint64_t first_phase = 0;   ///< time until the period timer of a new group would expire, ns; 0: a whole period
    std::vector<scope_write> setup;  ///< written once, before everything else; a write that is refused has no effect
    std::vector<scope_write> writes; ///< may be written at any moment, any number of times
    std::uint64_t longest_period = 0;   ///< derived from all of the above: the longest period that can be in force, ns
    std::vector<std::string> histories; ///< what properties/history.hpp keeps track of, beyond the state

    friend bool operator==(const scope_part&, const scope_part&) = default;
};

struct scope {
    std::string name;
    std::string about; ///< one sentence
    std::vector<scope_part> parts;
};

/// The longest period that can be in force in a part, ns: the default or one that is written, and what scaling can make
/// of it.
[[nodiscard]] std::uint64_t longest_period_of(const scope_part& part);

/// Tells what scopes contain apart: 32 hexadecimal digits, the same for all that have the same parts in the same order,
/// whatever the scope itself is called.
[[nodiscard]] std::string content_hash_of(const scope& scope);

/// Reads a scope from TOML. `source` names the text in errors. Throws text::input_error.
[[nodiscard]] scope parse_scope(std::string_view toml, std::string_view source);

/// Reads a scope file. Throws text::input_error, also when the file can't be read.
[[nodiscard]] scope load_scope(const std::filesystem::path& path);

/// The TOML text of a named scope, as in model/scopes; empty if there is none of that name.
[[nodiscard]] std::string_view named_scope_text(std::string_view name);

/// The names of the scopes in model/scopes.
[[nodiscard]] std::vector<std::string_view> scope_names();

} // namespace bwcheck::model

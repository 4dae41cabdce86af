// Which writes a kernel's interface is tried with.
#pragma once

#include "lab/guard_edges.hpp"
#include "lab/write_sequence.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

namespace bwcheck::lab {

struct interface_writes {
    std::vector<write_sequence> sequences;
    std::size_t writes = 0; ///< in all of them
    /// How many of them come from where: "edges", "text forms", "random".
    std::map<std::string, std::size_t> sources;
    /// Edges of each check, by its name.
    std::map<std::string, std::size_t> edges;
};

/// Both sides of every check, every form of text, in a few configurations each; and a thousand random writes, in
/// sequences, or as many more as it takes until there are at least `writes`.
[[nodiscard]] interface_writes choose_writes(std::string_view revision, std::size_t writes, std::uint64_t seed);

} // namespace bwcheck::lab

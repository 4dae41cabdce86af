// Shorter sequences of writes that may still show what a longer one shows.
#pragma once

#include "lab/write_sequence.hpp"

namespace bwcheck::lab {

/// Whether one sequence is easier to understand than another: fewer writes, then fewer bytes, then smaller digits.
[[nodiscard]] bool is_simpler(const write_sequence& one, const write_sequence& other);

/// Sequences with some of the writes left out, or with simpler texts; all are simpler than `writes`, and end with its
/// last write or a simpler one.
[[nodiscard]] std::vector<write_sequence> shorter_writes(const write_sequence& writes);

} // namespace bwcheck::lab

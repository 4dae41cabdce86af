// A machine's share of a check that several run together: of the seeds of the random engine, of the properties of any
// other.
#pragma once

#include "cli/options.hpp"
#include "text/input_error.hpp"

#include <cstdint>
#include <string_view>

namespace bwcheck::cli {

inline constexpr std::uint64_t most_shards = 100'000;

/// Leaves of `whole` what the machine has to do that is number I of N, counted from 1; `shard` is "I/N". The shares of
/// all N are the whole, and no two have anything in common. Throws text::input_error, also if there is nothing left to
/// do.
[[nodiscard]] check_options share_of(check_options whole, std::string_view shard);

} // namespace bwcheck::cli

// The values that are worth writing: both sides of every check, powers of two, what is in force, what was just read,
// and texts that no parser should take. Plain generators practically never hit any of them.
#pragma once

#include "model/constants.hpp"
#include "model/interface/write_request.hpp"

#include <rapidcheck.h>

#include <cstdint>
#include <string>

namespace bwcheck::random {

/// What the files of a group show, µs, and what it may become. A quota without limit is runtime_inf.
struct shown_values {
    std::uint64_t quota_us = model::runtime_inf;
    std::uint64_t period_us = 0;
    std::uint64_t burst_us = 0;
    std::uint64_t runtime_us = 0;
    model::runtime_interface runtime_file = model::runtime_interface::none;
};

/// A number of µs to write: most often next to one that means something.
[[nodiscard]] std::uint64_t interesting_us(rc::Random& random, const model::constants<model::plain>& limits,
                                           const shown_values& shown);

/// A number of µs that is accepted as a period.
[[nodiscard]] std::uint64_t valid_period_us(rc::Random& random, const model::constants<model::plain>& limits);

/// What to write to a file: about one in ten is no number at all.
[[nodiscard]] std::string interesting_text(rc::Random& random, model::file where,
                                           const model::constants<model::plain>& limits, const shown_values& shown);

/// A number from 0 to `below` - 1, as if thrown by dice. `below` must not be 0.
[[nodiscard]] inline std::uint64_t dice(rc::Random& random, std::uint64_t below) { return random.next() % below; }

} // namespace bwcheck::random

// The share of a check that one of several machines has, and the whole that it is a share of.
#pragma once

#include "properties/property_set.hpp"

#include <cstdint>

namespace bwcheck::verdicts {

/// Seeds of random cases are shared out, or else properties.
struct shard {
    std::uint64_t number = 1; ///< from 1
    std::uint64_t of = 1;     ///< how many there are

    properties::property_set properties = 0; ///< of all shards together, numbers of the catalogue
    std::uint64_t first_seed = 0;            ///< of all shards together; 0 if properties are shared out
    std::uint64_t cases = 0;                 ///< of all shards together; 0 if properties are shared out

    /// Whether two are shares of the same seeds; of which properties may be another matter.
    [[nodiscard]] bool same_whole(const shard& other) const {
        return of == other.of && first_seed == other.first_seed && cases == other.cases;
    }
};

} // namespace bwcheck::verdicts

// What many random cases that broke nothing amount to. Machines that share a suite add up what they saw and conclude
// again, so this is apart from the running.
#pragma once

#include "properties/property.hpp"
#include "verdicts/verdict.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace bwcheck::random {

/// What was seen of one property, which no case broke.
struct unbroken_cases {
    std::uint64_t cases = 0;                            ///< that ran
    std::optional<std::uint64_t> wanted_cases;          ///< that were asked for; empty: as many as the budget allowed
    std::uint64_t events = 0;                           ///< in all of them
    std::uint64_t fired = 0;                            ///< events and states on which the property said something
    std::optional<properties::guard_coverage> coverage; ///< of a coverage property: what it saw
    std::string missing; ///< what else should have run, as a sentence's end; empty: nothing
};

struct case_verdict {
    verdicts::verdict verdict = verdicts::verdict::inconclusive;
    std::string reason;
};

/// The property holds as far as random cases can tell if all cases ran and it had something to say in them.
[[nodiscard]] case_verdict conclude(const properties::property_info& info, const unbroken_cases& seen);

} // namespace bwcheck::random

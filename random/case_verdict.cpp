#include "random/case_verdict.hpp"

#include "verdicts/judged.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace bwcheck::random {

case_verdict conclude(const properties::property_info& info, const unbroken_cases& seen) {
    constexpr auto open = verdicts::verdict::inconclusive;
    if (seen.cases == 0)
        return {open, "no case ran"};
    if (!seen.missing.empty())
        return {open, seen.missing};
    if (seen.wanted_cases && seen.cases < *seen.wanted_cases)
        return {open, fmt::format("the budget ended after {} of {} cases", seen.cases, *seen.wanted_cases)};
    if (seen.fired == 0)
        return {open, fmt::format("vacuous in {} cases: it takes {}", seen.cases, info.trigger)};
    if (seen.coverage && seen.coverage->missing().any())
        return {open, fmt::format("no write in {} cases was rejected by one of these checks alone: {}", seen.cases,
                                  fmt::join(properties::names_of(seen.coverage->missing()), ", "))};
    return {verdicts::judged(info, false),
            fmt::format("not broken in {} random cases of {} events in all, which prove nothing about others",
                        seen.cases, seen.events)};
}

} // namespace bwcheck::random

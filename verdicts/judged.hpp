// From what an engine saw of a property to the verdict, which depends on what the property claims.
#pragma once

#include "properties/property.hpp"
#include "verdicts/verdict.hpp"

namespace bwcheck::verdicts {

/// `broken`: something was found that breaks it; otherwise it held wherever it was looked at. Only requirements are
/// violated: a question is answered, and a measure has its number.
[[nodiscard]] constexpr verdict judged(const properties::property_info& info, bool broken) {
    switch (info.claim) {
    case properties::property_claim::question:
        return broken ? verdict::no : verdict::yes;
    case properties::property_claim::measure:
        return verdict::measured;
    case properties::property_claim::requirement:
        break;
    }
    return broken ? verdict::violated : verdict::holds;
}

} // namespace bwcheck::verdicts

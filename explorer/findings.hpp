// What one transition or one state says about the properties.
#pragma once

#include "properties/property_set.hpp"

#include <cstddef>

namespace bwcheck::explorer {

using properties::max_properties;
using properties::property_set;

/// Numbers are those of the transition system's properties.
struct findings {
    /// Properties that had something to say here: the situation they speak about occurred.
    property_set triggered = 0;
    /// Properties that are broken here.
    property_set violated = 0;

    bool operator==(const findings&) const = default;
};

} // namespace bwcheck::explorer

// Which property a wrap-around breaks: that follows from where in the model the operation stands.
#pragma once

#include "model/checked.hpp"

#include <string_view>

namespace bwcheck::properties {

/// The id of one of the catalogue's no-wrap properties.
[[nodiscard]] std::string_view property_of(const model::wrap& finding);

} // namespace bwcheck::properties

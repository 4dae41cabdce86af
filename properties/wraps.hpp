// Which property a wrap-around breaks: the one that names the function in which the operation stands.
//
// Functions, not files: a patch that brings a function of its own has it in another file, under the same name.
#pragma once

#include "model/checked.hpp"
#include "properties/catalogue.hpp"

#include <span>
#include <string_view>

namespace bwcheck::properties {

/// The name of the function that a place is in: no return type, class or parameters; of a lambda, what it is in.
[[nodiscard]] std::string_view function_of(const model::source_place& place);

/// The number in the catalogue of the property that an operation breaks which wraps there: the one that has the
/// function among its own, and for functions that none has, the one that `owns_the_rest`.
[[nodiscard]] std::size_t property_of_wrap(const model::source_place& place);

/// The functions whose wraps break a property, by its number in the catalogue; none for most.
[[nodiscard]] std::span<const std::string_view> own_functions_of(std::size_t property);

} // namespace bwcheck::properties

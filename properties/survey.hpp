// Asks the properties that look at a part of a scope as a whole.
#pragma once

#include "properties/catalogue.hpp"

namespace bwcheck::properties {

/// What a property of kind `survey`, by its number in the catalogue, finds out about a part.
template <class Num>
[[nodiscard]] survey_result ask_survey(std::size_t property, const model::kernel_table<Num>& kernel,
                                       const model::scope_part& part) {
    survey_result result;
    for_each_property([&]<class Property>(std::size_t number) {
        if constexpr (requires { Property::on_scope(kernel, part); }) {
            if (number == property)
                result = Property::on_scope(kernel, part);
        }
    });
    return result;
}

/// The properties of kind `survey`, as a set.
inline constexpr property_set catalogue_surveys = [] {
    property_set all = 0;
    for (std::size_t number = 0; number < catalogue_size; ++number)
        if (catalogue_infos[number].kind == property_kind::survey)
            all |= only(number);
    return all;
}();

// Compiled once, in over_plain.cpp.
extern template survey_result ask_survey(std::size_t, const model::kernel_table<model::plain>&,
                                         const model::scope_part&);

} // namespace bwcheck::properties

// Why a property is broken here, in its own words.
#pragma once

#include "properties/catalogue.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <string>

namespace bwcheck::properties {

/// One or two sentences with values, from the property's explain() for a transition or a state (`found`); empty if it
/// has none.
template <class Num, template <class> class Found>
[[nodiscard]] std::string explain(std::size_t property, const Found<Num>& found) {
    std::string text;
    for_each_property([&]<class Property>(std::size_t number) {
        if constexpr (requires { Property::template explain<Num>(found); }) {
            if (number == property)
                text = Property::template explain<Num>(found);
        }
    });
    return text;
}

/// What to say where the statement does not stand beside it: why it is broken (`why`, as from explain()), or, if
/// nothing is known of that, that its statement is not so.
[[nodiscard]] inline std::string why_not_so(std::size_t property, const std::string& why) {
    return why.empty() ? fmt::format("Not so: {}", catalogue_infos[property].statement) : why;
}

// Compiled once, in over_plain.cpp.
extern template std::string explain(std::size_t, const transition<model::plain>&);
extern template std::string explain(std::size_t, const situation<model::plain>&);

} // namespace bwcheck::properties

#include "properties/wraps.hpp"

namespace bwcheck::properties {

namespace {

template <class Property>
concept has_own_functions = requires {
    Property::own_functions;
};

template <class Property>
concept takes_the_rest = requires {
    requires Property::owns_the_rest;
};

/// The property of the functions that none has among its own.
constexpr std::size_t owner_of_the_rest = [] {
    std::size_t owner = catalogue_size;
    std::size_t owners = 0;
    for_each_property([&]<class Property>(std::size_t number) {
        if constexpr (takes_the_rest<Property>) {
            owner = number;
            ++owners;
        }
    });
    return owners == 1 ? owner : catalogue_size;
}();
static_assert(owner_of_the_rest < catalogue_size, "exactly one property owns the functions that no other has");

constexpr bool is_in_a_name(char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

} // namespace

std::string_view function_of(const model::source_place& place) {
    // GCC gives the whole signature, "static bool fair::account<Num, Kernel>::assign(group<Num>&) [with Num = ...]";
    // clang the name alone.
    const std::string_view signature = place.function_name();
    for (std::size_t end = signature.find('('); end < signature.size(); end = signature.find('(', end + 1)) {
        std::size_t begin = end;
        while (begin > 0 && is_in_a_name(signature[begin - 1]))
            --begin;
        const std::string_view name = signature.substr(begin, end - begin);
        if (!name.empty() && name != "decltype")
            return name;
    }
    return signature;
}

std::size_t property_of_wrap(const model::source_place& place) {
    const std::string_view function = function_of(place);
    for (std::size_t property = 0; property < catalogue_size; ++property)
        for (const std::string_view own : own_functions_of(property))
            if (own == function)
                return property;
    return owner_of_the_rest;
}

std::span<const std::string_view> own_functions_of(std::size_t property) {
    std::span<const std::string_view> functions;
    for_each_property([&]<class Property>(std::size_t number) {
        if constexpr (has_own_functions<Property>) {
            if (number == property)
                functions = Property::own_functions;
        }
        static_assert(Property::info.kind != property_kind::operation || has_own_functions<Property>,
                      "a property of operations says in which functions they stand");
    });
    return functions;
}

} // namespace bwcheck::properties

// Asks every selected property of the catalogue, without indirection.
#pragma once

#include "properties/catalogue.hpp"

#include <array>
#include <cstdint>
#include <limits>

namespace bwcheck::properties {

/// What the catalogue says of one transition or state.
struct judgement {
    property_set fired = 0;
    property_set broken = 0;
};

/// The numbers measured so far: the largest of each property, or the bits seen of a coverage property.
using measured_numbers = std::array<std::int64_t, catalogue_size>;
inline constexpr std::int64_t not_measured = std::numeric_limits<std::int64_t>::lowest();

/// Nothing measured yet.
[[nodiscard]] constexpr measured_numbers nothing_measured() {
    measured_numbers numbers{};
    for (std::size_t number = 0; number < catalogue_size; ++number)
        numbers[number] = catalogue_infos[number].kind == property_kind::coverage ? 0 : not_measured;
    return numbers;
}

/// Adds one number to those of a run.
constexpr void add_measurement(std::int64_t& total, property_kind kind, std::int64_t number) {
    total = kind == property_kind::coverage ? (total | number) : std::max(total, number);
}

namespace detail {
template <class Property>
constexpr void note(judgement& all, measured_numbers& numbers, std::size_t number, const verdict_here& verdict) {
    const property_set bit = only(number);
    all.fired |= verdict.fired() ? bit : 0;
    all.broken |= verdict.broken() ? bit : 0;
    if (verdict.has_number)
        add_measurement(numbers[number], Property::info.kind, verdict.number);
}
} // namespace detail

/// What the properties in `selected` say of a transition.
template <class Num>
[[nodiscard]] judgement judge_transition(const transition<Num>& step, property_set selected,
                                         measured_numbers& numbers) {
    judgement all;
    for_each_property([&]<class Property>(std::size_t number) {
        if constexpr (requires { Property::template on_transition<Num>(step); }) {
            if (contains(selected, number))
                detail::note<Property>(all, numbers, number, Property::template on_transition<Num>(step));
        }
    });
    return all;
}

/// What the properties in `selected` say of a state.
template <class Num>
[[nodiscard]] judgement judge_state(const situation<Num>& here, property_set selected, measured_numbers& numbers) {
    judgement all;
    for_each_property([&]<class Property>(std::size_t number) {
        if constexpr (requires { Property::template on_state<Num>(here); }) {
            if (contains(selected, number))
                detail::note<Property>(all, numbers, number, Property::template on_state<Num>(here));
        }
    });
    return all;
}

/// The properties of kind `operation` that a transition put to the test.
template <class Num>
[[nodiscard]] property_set operations_tested(const transition<Num>& step) {
    property_set tested = 0;
    for_each_property([&]<class Property>(std::size_t number) {
        static_assert(Property::info.kind != property_kind::operation ||
                      requires { Property::template fires_on<Num>(step); });
        if constexpr (requires { Property::template fires_on<Num>(step); })
            tested |= Property::template fires_on<Num>(step) ? only(number) : 0;
    });
    return tested;
}

} // namespace bwcheck::properties

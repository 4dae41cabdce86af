// Asks every selected property of the catalogue, without indirection.
#pragma once

#include "properties/catalogue.hpp"
#include "properties/measurements.hpp"

namespace bwcheck::properties {

/// What the catalogue says of one transition or state.
struct judgement {
    property_set fired = 0;
    property_set broken = 0;
};

namespace detail {
// Most properties have nothing to say most of the time: that is asked first, and costs a jump.
[[gnu::always_inline]] inline void note(judgement& all, measurements& measured, std::size_t number,
                                        const verdict_here& verdict) {
    if (!verdict.fired())
        return;
    all.fired |= only(number);
    if (verdict.broken()) [[unlikely]]
        all.broken |= only(number);
    if (verdict.has_number)
        measured.add(number, verdict.number);
}
} // namespace detail

/// What the properties in `selected` say of a transition.
template <class Num>
[[nodiscard]] judgement judge_transition(const transition<Num>& step, property_set selected, measurements& measured) {
    judgement all;
    for_each_property([&]<class Property>(std::size_t number) {
        if constexpr (requires { Property::template on_transition<Num>(step); }) {
            if (contains(selected, number))
                detail::note(all, measured, number, Property::template on_transition<Num>(step));
        } else if constexpr (requires { Property::template on_transition<Num>(step, measured.checks); }) {
            if (contains(selected, number))
                detail::note(all, measured, number, Property::template on_transition<Num>(step, measured.checks));
        }
    });
    return all;
}

/// What the properties in `selected` say of a state.
template <class Num>
[[nodiscard]] judgement judge_state(const situation<Num>& here, property_set selected, measurements& measured) {
    judgement all;
    for_each_property([&]<class Property>(std::size_t number) {
        if constexpr (requires { Property::template on_state<Num>(here); }) {
            if (contains(selected, number))
                detail::note(all, measured, number, Property::template on_state<Num>(here));
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

// All properties in one function: compiled once, in over_plain.cpp.
extern template judgement judge_transition(const transition<model::plain>&, property_set, measurements&);
extern template judgement judge_state(const situation<model::plain>&, property_set, measurements&);
extern template property_set operations_tested(const transition<model::plain>&);

} // namespace bwcheck::properties

// A number or a flag that a scope may set: one row for each says how it is called, where it is and what it may be. The
// reader of scopes, traces and the change to other numbers follow from it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <utility>

namespace bwcheck::model {

/// Sums of a few times must fit a signed 64-bit number; more than 11 days are of no use either. ns.
inline constexpr std::uint64_t longest_time = 1'000'000'000'000'000;

/// What a number may be, both ends included. Means nothing for a flag.
struct accepted_values {
    std::uint64_t least = 0;
    std::uint64_t most = longest_time;
};

template <class Owner, class Value>
struct setting_row {
    constexpr setting_row(std::string_view key, Value Owner::*place, accepted_values anywhere = {})
        : setting_row(key, place, anywhere, anywhere) {}
    constexpr setting_row(std::string_view key, Value Owner::*place, accepted_values scopes, accepted_values traces)
        : name(key), member(place), in_scopes(scopes), in_traces(traces) {}

    std::string_view name; ///< in TOML and in JSON; the kernel's, if it has one
    Value Owner::*member;
    accepted_values in_scopes;
    accepted_values in_traces; ///< as far as the machine can compute with them
};

namespace detail {

template <class To, class From, class ToRows, class FromRows, std::size_t... Number>
[[nodiscard]] constexpr To settings_over(const ToRows& to_rows, const FromRows& from_rows, const From& from,
                                         std::index_sequence<Number...> /*rows*/) {
    To converted;
    ((converted.*std::get<Number>(to_rows).member = from.*std::get<Number>(from_rows).member), ...);
    return converted;
}

} // namespace detail

/// The settings of `from` in another structure with the same rows.
template <class To, class From, class ToRows, class FromRows>
[[nodiscard]] constexpr To settings_over(const ToRows& to_rows, const FromRows& from_rows, const From& from) {
    return detail::settings_over<To>(to_rows, from_rows, from, std::make_index_sequence<std::tuple_size_v<FromRows>>{});
}

} // namespace bwcheck::model

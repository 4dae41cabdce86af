// One state of the machine as a list of named values, so that those who show, store and compare states need not know
// for which revision, or over which numbers, the machine was built.
#pragma once

#include "model/fields.hpp"

#include <cstdint>
#include <type_traits>
#include <variant>
#include <vector>

namespace bwcheck::counterexamples {

/// Throttled CPUs in the order in which they are served.
using cpu_list = model::throttled_list<model::plain::max_cpus>;

/// What a field holds: a flag, an unsigned or signed number (times in ns), or a list of CPUs.
using field_content = std::variant<bool, std::uint64_t, std::int64_t, cpu_list>;

/// A field with its value. `cpu` is model::no_cpu for the group's own.
struct field_value {
    model::field which = model::field::count;
    model::cpu_id cpu = model::no_cpu;
    field_content content;

    friend bool operator==(const field_value&, const field_value&) = default;
};

/// All fields, statistics included. The order depends on the number of CPUs only, so that two snapshots of machines
/// with equally many CPUs have the same field at the same place.
using snapshot = std::vector<field_value>;

namespace detail {

[[nodiscard]] inline field_content content_of(const cpu_list& list) { return list; }

template <class Integer>
requires std::is_integral_v<Integer>
[[nodiscard]] field_content content_of(Integer value) {
    if constexpr (std::is_same_v<Integer, bool>)
        return value;
    else if constexpr (std::is_unsigned_v<Integer>)
        return std::uint64_t{value};
    else
        return std::int64_t{value};
}

} // namespace detail

/// The state of a machine over plain numbers.
[[nodiscard]] inline snapshot take_snapshot(const model::task_group<model::plain>& tg) {
    snapshot all;
    const auto take = [&](model::field which, model::cpu_id cpu, const auto& member) {
        all.push_back({which, cpu, detail::content_of(member)});
    };
    model::visit_fields(take, tg);
    model::visit_statistics(take, tg);
    return all;
}

/// The value of one field; null if there is no such field for that CPU.
[[nodiscard]] inline const field_content* find_field(const snapshot& in, model::field which,
                                                     model::cpu_id cpu = model::no_cpu) {
    for (const field_value& one : in)
        if (one.which == which && one.cpu == cpu)
            return &one.content;
    return nullptr;
}

/// Whether a field only feeds the counters of cpu.stat, or the tree.
[[nodiscard]] constexpr bool is_statistic(model::field which) {
    const auto role = model::info_of(which).role;
    return role == model::field_role::reported || role == model::field_role::statistic;
}

} // namespace bwcheck::counterexamples

// What tells two states of a judged machine apart, for searches that must not visit the same one twice.
#pragma once

#include "model/fields.hpp"
#include "properties/history.hpp"

#include <cstddef>
#include <string>
#include <type_traits>

namespace bwcheck::counterexamples::detail {

/// All that the future of a state depends on, as bytes. The counters of cpu.stat only ever grow, and are left out.
template <class State>
[[nodiscard]] std::string key_of(const State& state) {
    std::string key;
    const auto add = [&](const auto& value) { key.append(reinterpret_cast<const char*>(&value), sizeof value); };
    const auto add_field = [&](model::field, model::cpu_id, const auto& member) {
        if constexpr (std::is_arithmetic_v<std::remove_cvref_t<decltype(member)>>) {
            add(member);
        } else {
            for (int position = 0; position < member.size(); ++position)
                add(member[position]);
            add(member.size());
        }
    };
    model::visit_fields(add_field, state.tg);
    model::visit_reported(
        [&](model::field which, model::cpu_id cpu, const auto& member) {
            if (model::info_of(which).saturates)
                add(member != 0);
            else
                add_field(which, cpu, member);
        },
        state.tg);
    const auto add_history = [&](std::size_t, const auto&, const auto& member) {
        if constexpr (std::is_arithmetic_v<std::remove_cvref_t<decltype(member)>>)
            add(member);
        else
            for (std::size_t cpu = 0; cpu < static_cast<std::size_t>(state.tg.nr_cpus); ++cpu)
                add(member[cpu]);
    };
    properties::visit_histories(properties::all_histories, add_history, state.past);
    return key;
}

} // namespace bwcheck::counterexamples::detail

// Fields and their changes in the words of those who discuss such races: "R 4→0", "throttled", "listed".
#pragma once

#include "counterexamples/snapshot.hpp"
#include "model/event.hpp"
#include "model/scope.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace bwcheck::counterexamples {

/// Which column of a trace something belongs to. A number from 0 on is a CPU.
inline constexpr int timer_column = -1;
inline constexpr int actor_column = -2; ///< that of whoever caused it

/// A change, and where to tell it.
struct told_change {
    int column = actor_column;
    model::field which = model::field::count;
    std::string text;
};

/// What is different between two states of machines with equally many CPUs, in the order of the fields.
[[nodiscard]] std::vector<told_change> changes_between(const snapshot& before, const snapshot& after);

/// An event in one line: "echo 4 6 > cpu.max", "cpu0: wake", "period timer fires, stalled 2 times".
[[nodiscard]] std::string event_words(const model::event& happening, const model::scope_part& part);

/// The changes of a state in one line, with whose they are: "R 6→0, cpu0 throttled".
[[nodiscard]] std::string changes_words(const snapshot& before, const snapshot& after);

/// "max" or a number; "0" or "1"; "cpu0 cpu1" or "none".
[[nodiscard]] std::string content_text(const field_content& content);

/// One line that says what the letters stand for.
[[nodiscard]] std::string letters_text();

/// The letter for a field that has one, otherwise the kernel's name.
[[nodiscard]] std::string field_label(model::field which);

/// The column that a field of the group, or of a CPU, belongs to.
[[nodiscard]] int column_of(const field_value& one);

} // namespace bwcheck::counterexamples

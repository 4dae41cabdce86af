// The switch of a mutated model: which of its mistakes it makes. Included by the headers that generate_mutants writes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace bwcheck::mutation {

/// The number of the mutant that the machine is; 0: it makes no mistake.
inline std::uint32_t active_mutant = 0;

/// Not null: notes the mutants that would have made a difference to what was executed, were they active.
inline std::vector<bool>* visited = nullptr;

[[nodiscard]] inline bool is(std::uint32_t one) {
    if (visited != nullptr) [[unlikely]]
        (*visited)[one] = true;
    return active_mutant == one;
}

/// How often loops inside the kernel's functions may go round in one run before the machine is said not to come back.
inline constexpr std::uint64_t most_turns = 20'000'000;
inline std::uint64_t turns = 0;

/// Ends the process. Defined where mutants are run.
[[noreturn]] void give_up_on_endless_loop();

/// Stands in the condition of each loop.
[[nodiscard]] inline bool goes_round() {
    if (++turns > most_turns) [[unlikely]]
        give_up_on_endless_loop();
    return true;
}

} // namespace bwcheck::mutation

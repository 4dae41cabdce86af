// What a mutant is put to: a revision that is explored in a part of a scope, or run at random, or asked the questions
// that take a whole part. Its answer is compared with that of the machine without mistakes.
#pragma once

#include "model/revisions/revision.hpp"
#include "model/scope.hpp"
#include "properties/catalogue.hpp"
#include "properties/judge.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace bwcheck::mutation {

/// What the catalogue says after a trial. Trivially copyable: it comes from another process.
struct answer {
    properties::property_set violated = 0;
    properties::property_set fired = 0;
    properties::property_set judged =
        properties::all_properties; ///< of the others nothing is said: they cannot notice anything
    properties::measurements measured;
    std::uint64_t states = 0;
    std::uint64_t transitions = 0;
    bool escaped = false;           ///< some state could not be stored, and nothing was broken by it
    bool complete = false;          ///< neither time nor memory ended
    std::array<char, 64> departs{}; ///< of an exploration: where the mutant does something else, and how; or nothing
};

enum class engine : std::uint8_t { explore, survey, random };
[[nodiscard]] std::string_view to_string(engine value);

/// One thing that mutants are put to.
struct trial {
    const model::revision* revision = nullptr;
    mutation::engine engine = engine::explore;
    const model::scope_part* part = nullptr; ///< none for random ones
    std::uint64_t cases = 0;                 ///< of random ones

    [[nodiscard]] std::string name() const;
    /// Runs it with whatever mutant is active, and judges `selected`.
    [[nodiscard]] answer run(properties::property_set selected) const;
};

/// How a mutant was noticed, from the clearest to the faintest.
enum class notice : std::uint8_t {
    violated,   ///< a property is violated that is not otherwise
    measured,   ///< a property's number is another
    silent,     ///< a property that had something to say has nothing any more
    endless,    ///< a loop inside the kernel's functions does not end
    crashed,    ///< the process died, of a division by zero for example
    unfinished, ///< time or memory ended, or states could not be stored
    none,
};
[[nodiscard]] std::string_view to_string(notice value);

struct noticed {
    notice how = notice::none;
    std::size_t property = 0; ///< of the first three
};

/// What sets an answer apart from the one without mistakes.
[[nodiscard]] noticed compare(const answer& without, const answer& with);

} // namespace bwcheck::mutation

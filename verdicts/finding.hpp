// What one engine says of one property: the verdict, its grounds, and the run that shows it, if there is one.
#pragma once

#include "model/event.hpp"
#include "model/scope.hpp"
#include "properties/guard_coverage.hpp"
#include "verdicts/verdict.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bwcheck::verdicts {

/// A run that breaks a property: what happens after the setup of a part.
struct run {
    model::scope_part part;
    std::vector<model::event> events;
    /// Found by asking the part, not by a run: to replay it is to ask again. The events, if any, are writes that show
    /// it.
    bool survey = false;
    std::optional<std::uint64_t> seed;       ///< of the random case; empty for other engines
    std::size_t found_events = 0;            ///< how many events it had before it was shrunk
    std::uint64_t shrinking_runs = 0;        ///< how many runs that took
    std::vector<std::string> did_not_matter; ///< sentences: what might as well be otherwise
};

/// What a second solver said of the obligations of a proof, where it was asked.
struct second_opinion {
    bool asked = false;
    std::uint64_t agreed = 0;
    std::uint64_t unknown = 0;
    std::uint64_t disagreed = 0; ///< an error: one of two solvers is wrong
    std::string problem;         ///< the first obligation that they disagree on; else why it did not know, once

    void add(const second_opinion& other);
};

/// Inputs that break a property, shown by a run from a new group at the kernel's constants.
struct refutation {
    std::string explanation; ///< one sentence, with values: what the replay on machine integers showed
    std::string location;    ///< "file:line:column" of the operation that wraps; empty for other properties
    /// Name and decimal value of each input. Names end with the unit: "write 1: quota us", "pool ns".
    std::vector<std::pair<std::string, std::string>> values;
    verdicts::run run;
    std::string printed_story; ///< of what another run of bwcheck printed: the run as one line
    /// The run as one line: "cpu.max max 1000; period_timer, stalled 3 times".
    [[nodiscard]] std::string story() const;
};

/// What a verdict of the prover rests on.
struct proof_grounds {
    std::vector<std::string> questions;  ///< what was asked: "write", "refill", ...
    std::uint64_t paths = 0;             ///< through the revision's functions
    std::uint64_t obligations = 0;       ///< that the verdict rests on, each decided twice (symbolic/obligation.hpp)
    std::uint64_t only_integers = 0;     ///< of those: both times in integers, because bit-vectors took too long
    second_opinion second;               ///< on these obligations
    std::vector<refutation> refutations; ///< one for each place, if violated; the first is the one to show
};

/// Something that a proof takes as given, beyond what the revision's functions do.
struct assumption {
    std::string text;    ///< a few words: "up to 4 CPUs", "conservation"
    bool proved = false; ///< for this revision; otherwise it is only assumed

    friend bool operator==(const assumption&, const assumption&) = default;
};

struct finding {
    std::string_view property; ///< its id
    verdicts::verdict verdict = verdicts::verdict::inconclusive;
    std::string reason;                   ///< one or two sentences: what was found, or why nothing could be said
    std::optional<verdicts::run> run;     ///< that breaks the property, whatever its claim; the shortest known
    std::optional<std::int64_t> measured; ///< the number, for properties that are one
    std::optional<properties::guard_coverage> coverage; ///< of a coverage property: what it saw
    std::uint64_t fired = 0;                            ///< states and events on which it said something
    std::vector<std::string> parts;                     ///< of a scope: those in which it was judged
    std::optional<proof_grounds> proof;                 ///< of the prover only
    std::vector<assumption> assumptions;                ///< on which the verdict rests
    std::string
        printed_grounds; ///< of what another run of bwcheck printed: its grounds; otherwise the engine says them
    double seconds = 0;  ///< that were spent on it alone; several properties may share them
};

} // namespace bwcheck::verdicts

// What a run of one engine on one revision came to: a finding for each property, and what the run covered.
#pragma once

#include "model/scope.hpp"
#include "properties/property_set.hpp"
#include "symbolic/obligation.hpp"
#include "verdicts/finding.hpp"
#include "verdicts/shard.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bwcheck::verdicts {

/// What was explored of one part of a scope.
struct part_report {
    std::string part;
    std::vector<std::string> refused_setup; ///< setup writes that this revision refuses, with the error
    std::uint64_t states = 0;
    std::uint64_t transitions = 0;
    std::uint64_t depth = 0;     ///< events from the initial state to the farthest one
    bool complete = false;       ///< every state that fits and that states that fit lead to
    std::string stopped_by;      ///< "exhausted", "budget" or "memory"
    std::uint64_t cut = 0;       ///< transitions that left the packed ranges and broke a property: not followed
    std::uint64_t escaped = 0;   ///< transitions that left them and broke none of those asked for: not followed
    std::string escape;          ///< the first of those: which field
    std::uint64_t deadlocks = 0; ///< states in which nothing can happen
    std::optional<run> deadlock;
    std::uint64_t standstills = 0;         ///< states from which time never passes again; counted if complete
    std::string standstill;                ///< why not, in the nearest of those
    std::optional<run> stands_still_after; ///< the run that leads there
    unsigned bits_per_state = 0;
    std::uint64_t memory_bytes = 0;
    double seconds = 0;
    std::map<std::string, std::uint64_t, std::less<>>
        coverage; ///< "event wake", "step update_curr", "branch refill_capped": times

    /// Whether all that the part can reach was explored: what left the packed ranges may lead anywhere, and where time
    /// stands still, nobody sees what it would have brought.
    [[nodiscard]] bool exhausted() const { return complete && cut + escaped + standstills == 0; }
};

/// The random cases that ran: one for each seed from `first_seed` on.
struct case_report {
    std::uint64_t first_seed = 0;
    std::uint64_t cases = 0;                   ///< that ran
    std::optional<std::uint64_t> wanted_cases; ///< that were asked for; empty: as many as the budget allowed
    std::uint64_t events = 0;
    std::string stopped_by; ///< "cases" or "budget"
    std::map<std::string, std::uint64_t, std::less<>>
        distribution; ///< "event wake", "no effect wake", "branch throttled", "cases with 64 CPUs"
};

/// What one question of the prover took.
struct question_time {
    std::string question;
    std::uint64_t paths = 0;
    std::vector<symbolic::obligation_time> obligations; ///< each decided by its own
    double seconds = 0;
};

/// What the prover asked.
struct proof_report {
    std::vector<question_time> questions; ///< of merged runs: none, it is not known
    second_opinion second;                ///< on all obligations, of properties that were not asked for but assumed too
};

struct report {
    std::string revision;
    std::string engine;
    std::string scope;      ///< its name; or what else the engine covers: "kernel constants", "all 64-bit inputs"
    std::string scope_hash; ///< of what the scope contains; empty if the engine runs in none
    properties::property_set asked = 0;   ///< numbers of the catalogue; of a shard: of all shards together
    std::optional<verdicts::shard> shard; ///< empty: this is all that was asked for
    std::vector<finding> findings;        ///< in the order of the catalogue; only properties that were asked for
    std::vector<part_report> parts;       ///< of an exploration
    std::optional<case_report> cases;     ///< of random runs
    std::optional<proof_report> proof;    ///< of proofs
    /// The machines of which "holds" speaks, each explored to its end; empty for engines that do not exhaust any.
    std::vector<model::scope_part> exhausted;
    std::vector<std::string> notes; ///< what a person should hear besides, a line each
    double seconds = 0;

    /// The finding on a property; null if there is none.
    [[nodiscard]] const finding* find(std::string_view property) const;
    /// Whether two solvers contradict each other somewhere.
    [[nodiscard]] bool solvers_disagree() const { return proof && proof->second.disagreed > 0; }
};

} // namespace bwcheck::verdicts

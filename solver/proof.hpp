// The prover, asked about a revision: which arithmetic properties hold for all 64-bit inputs, and what breaks the
// others.
//
// Z3 decides; nothing of it is visible here. A property that is said to hold was proved from every state that an
// accepted write may leave, by running the revision's own functions; one that is violated comes with a run that was
// replayed.
#pragma once

#include "model/event.hpp"
#include "model/revisions/revision.hpp"
#include "model/scope.hpp"
#include "properties/catalogue.hpp"
#include "properties/verdict.hpp"
#include "solver/second_opinion.hpp"
#include "symbolic/obligation.hpp"
#include "text/clock.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bwcheck::solver {

using properties::to_string;
using properties::verdict;

/// Inputs that break a property.
struct counterexample {
    std::string explanation; ///< one sentence, with values: what the replay on machine integers showed
    std::string location;    ///< "file:line:column" of the operation that wraps; empty for other properties
    /// Name and decimal value of each input. Names end with the unit: "write 1: quota us", "pool ns".
    std::vector<std::pair<std::string, std::string>> values;
    /// The run that shows it, from a new group at the kernel's constants, with one CPU, the timer due first after
    /// first_phase ns. Events of kind write have the number of their write.
    std::vector<model::scope_write> writes;
    std::vector<model::event> events;
    std::uint64_t first_phase = 0;
    /// The run as one line: "cpu.max max 1000; period_timer, stalled 3 times".
    [[nodiscard]] std::string story() const;
};

struct proof_result {
    std::string_view property;
    solver::verdict verdict = verdict::inconclusive;
    std::string reason;                          ///< one sentence
    std::vector<counterexample> counterexamples; ///< one for each place, if violated; the first is the one to show
    std::vector<std::string> questions;          ///< what was asked: "write", "refill", ...
    std::uint64_t paths = 0;                     ///< through the revision's functions
    std::uint64_t obligations = 0;               ///< that the verdict rests on, each decided twice, see obligation.hpp
    std::uint64_t only_integers = 0; ///< of those: both times in integers, because bit-vectors took too long
    second_opinion second;           ///< on these obligations
    double seconds = 0;              ///< of the questions; several properties may share one
};

struct proof_options {
    unsigned jobs = 1;
    unsigned seed = 0;
    unsigned steps_per_obligation = symbolic::solver_limits{}.steps; ///< of the solver
    double budget_seconds = 0; ///< for all questions together; 0: none. What is not decided by then is inconclusive
    text::clock now = text::steady_seconds;                         ///< for the budget
    properties::property_set selected = properties::all_properties; ///< numbers of the catalogue
    std::filesystem::path smt2_directory;                           ///< if not empty: every obligation is written there
    bool second_opinion = false;                                    ///< every obligation is decided by cvc5 as well
};

/// What one question took.
struct question_time {
    std::string_view question;
    std::uint64_t paths = 0;
    std::vector<symbolic::obligation_time> obligations; ///< each decided by its own
    double seconds = 0;
};

struct proof {
    std::string revision;
    std::vector<proof_result>
        properties; ///< in the order of the catalogue; only those that the prover knows and were asked for
    std::vector<question_time> questions;
    second_opinion second; ///< on all obligations, of properties that were not asked for but assumed too
    double seconds = 0;

    /// The result of a property; null if it was not asked for.
    [[nodiscard]] const proof_result* find(std::string_view property) const;
    /// Whether cvc5 contradicts Z3 somewhere.
    [[nodiscard]] bool disagrees() const { return second.disagreed > 0; }
};

/// Called each time a question is answered.
using proof_progress = std::function<void(std::size_t answered, std::size_t questions)>;

/// The properties of the catalogue that the prover has questions for, as a set of bits.
[[nodiscard]] properties::property_set provable_properties();

/// Proves or refutes. Throws std::runtime_error if smt2_directory cannot be written.
[[nodiscard]] proof prove_revision(const model::revision& revision, const proof_options& options,
                                   const proof_progress& on_progress = {});

} // namespace bwcheck::solver

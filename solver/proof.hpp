// The prover, asked about a revision: which properties hold for all 64-bit inputs under what is assumed (premises.hpp),
// and what breaks the others.
//
// Z3 decides; nothing of it is visible here. A property that is said to hold was proved from every state that an
// accepted write may leave, by running the revision's own functions; one that is violated comes with a run that was
// replayed.
#pragma once

#include "model/revisions/revision.hpp"
#include "properties/catalogue.hpp"
#include "text/clock.hpp"
#include "verdicts/engine.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace bwcheck::solver {

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

/// Called each time a question is answered.
using proof_progress = std::function<void(std::size_t answered, std::size_t questions)>;

/// The properties of the catalogue that the prover has questions for, as a set of bits.
[[nodiscard]] properties::property_set provable_properties();

/// Proves or refutes. Throws std::runtime_error if smt2_directory cannot be written.
[[nodiscard]] verdicts::report prove_revision(const model::revision& revision, const proof_options& options,
                                              const proof_progress& on_progress = {});

/// The same, as one of the engines of a check.
[[nodiscard]] const verdicts::engine& prove_engine();

} // namespace bwcheck::solver

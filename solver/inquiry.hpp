// One question about one revision, from the first path to the verdicts.
//
// First the proof: every path, from every state that the question begins with. What it refutes is then looked for in
// runs that begin with a new group and at most four writes; the shortest is made readable (small, round values),
// replayed on plain and on checked numbers, and only what shows itself there is reported.
#pragma once

#include "model/revisions/revision.hpp"
#include "solver/inputs.hpp"
#include "solver/questions.hpp"
#include "solver/second_opinion.hpp"
#include "symbolic/obligation.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace bwcheck::solver {

/// A question, over each family of numbers.
struct asked_question {
    std::string_view name;
    /// The property that says that no operation wraps while the question watches; empty if there is none.
    std::optional<std::size_t> wraps{};
    std::function<findings(symbolic_inputs&, const beginning&)> symbolic{};
    std::function<findings(given_inputs<model::plain>&, const beginning&)> plain{};
    std::function<findings(given_inputs<model::checked>&, const beginning&)> checked{};
    properties::property_set about = 0; ///< the properties that the answer is about, `wraps` among them
    bool own_functions_only = false;    ///< `wraps` is about its own functions only, not about others on the way
    bool inductive = false;             ///< a step of a proof by induction: what it begins with need not be reachable
};

/// From a question's type.
template <class Question>
[[nodiscard]] asked_question asked_of() {
    const auto ask = [](auto& in, const beginning& beginning) { return Question::ask(in, beginning); };
    asked_question asked{.name = Question::name, .symbolic = ask, .plain = ask, .checked = ask};
    if constexpr (requires { typename Question::wraps; }) {
        asked.wraps = properties::number_of<typename Question::wraps>;
        asked.about |= properties::only(*asked.wraps);
    }
    if constexpr (requires { Question::own_functions_only; })
        asked.own_functions_only = Question::own_functions_only;
    const auto add = [&asked]<class... Property>(const std::tuple<Property...>*) {
        asked.about |= (properties::only(properties::number_of<Property>) | ... | properties::property_set{0});
    };
    add(static_cast<const typename Question::about*>(nullptr));
    return asked;
}

/// Inputs that break a property, replayed.
struct refutation {
    std::string explanation; ///< what the replay showed
    std::string location;    ///< "file:line:column" of the operation that wraps; empty for other properties
    assignment inputs;
    bool from_new_group = false; ///< the run below leads there from a new group
    run_record run;
};

enum class standing : std::uint8_t { proved, refuted, open };

/// What a question says of one property.
struct question_result {
    std::size_t property = 0; ///< its number in the catalogue
    standing stands = standing::open;
    bool vacuous = false; ///< nothing that was asked is about it
    std::string reason;
    std::vector<refutation> refutations;
};

/// What a question says, and what that took.
struct inquiry {
    std::string_view question;
    std::vector<question_result> results;
    std::uint64_t paths = 0;
    std::uint64_t steps = 0; ///< of the solver, to take them
    std::uint64_t obligations = 0;
    std::uint64_t unknown = 0; ///< questions without an answer
    obligation_report decided;
    std::vector<std::string> texts;    ///< the obligations in SMT-LIB 2, if asked for
    std::vector<std::string> integers; ///< the same, as integers
    verdicts::second_opinion second;
    double seconds = 0;
};

struct inquiry_limits {
    solver_limits each;                    ///< for one obligation; what is not decided by each.until stays open
    std::uint64_t proof_steps = 2'000'000; ///< of the solver, for taking all paths
    std::uint64_t search_steps = 500'000;  ///< the same, for the search of runs that begin with a new group
    int most_writes = 4;                   ///< in such a run, before what is asked about
    bool keep_texts = false;
};

[[nodiscard]] inquiry inquire(const asked_question& question, const model::revision& revision,
                              const inquiry_limits& limits);

/// The same, where a refutation is as likely as a proof: runs of at most `writes` writes are looked through first, and
/// only if none of them refutes, a proof is tried.
[[nodiscard]] inquiry inquire_quickly(const asked_question& question, const model::revision& revision, int writes,
                                      const inquiry_limits& limits);

} // namespace bwcheck::solver

#include "solver/inquiry.hpp"

#include "properties/wraps.hpp"
#include "solver/premises.hpp"
#include "symbolic/canonical.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>

namespace bwcheck::solver {

namespace {

double seconds_since(std::chrono::steady_clock::time_point started) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
}

/// What was found to be broken, before it is replayed.
struct suspicion {
    std::size_t property = 0;
    std::string location; ///< of a wrap
    std::vector<literal> taken;
    assignment inputs;
    friend bool same(const suspicion& a, const suspicion& b) {
        return a.property == b.property && a.location == b.location;
    }
};

/// One enumeration: the paths, what each property said on how many of them, and what was broken.
struct survey {
    enumeration paths;
    std::map<std::size_t, std::uint64_t> held;
    std::map<std::size_t, std::uint64_t> unsure; ///< broken, on paths that may not exist
    std::vector<suspicion> suspicions;
};

/// "quota 5 ns, throttled 1, ...".
std::string in_words(const assignment& inputs) {
    std::string text;
    for (const auto& [name, value] : inputs)
        text += fmt::format("{}{} = {}", text.empty() ? "" : ", ", name, decimal(value));
    return text;
}

class inquirer {
public:
    inquirer(const asked_question& question, const model::revision& revision, const inquiry_limits& limits)
        : question_(question), revision_(revision), limits_(limits) {}

    inquiry run() {
        const auto started = std::chrono::steady_clock::now();
        inquiry all;
        all.question = question_.name;
        enumeration_limits limits;
        limits.each = each_at_most(most_steps_in_a_proof);
        limits.steps = limits_.proof_steps * (question_.inductive ? 4 : 1); // many ways, each of them short
        path_enumerator enumerator(limits);
        const survey proof = look(enumerator, {}, {});
        all.paths = proof.paths.paths;
        all.obligations = proof.paths.obligations.size();
        all.unknown = proof.paths.unknown;
        all.steps = proof.paths.steps;
        all.decided = decide(enumerator.table(), proof.paths.obligations, limits_.each, steps_for_bits());
        if (limits_.keep_texts)
            keep_texts(all, enumerator.table(), proof.paths.obligations);
        const std::vector<std::pair<suspicion, refutation>> shown = find_runs(enumerator.table(), proof.suspicions);
        // Each property that the question is about gets an answer, also from a question that was given up before the
        // end of its first path.
        properties::for_each_of(question_.about, [&](std::size_t property) {
            all.results.push_back(conclude(property, proof, all.decided, shown));
        });
        all.seconds = seconds_since(started);
        return all;
    }

    /// What runs of at most `most_writes` writes before the question refute, if they do: the shortest.
    std::optional<inquiry> refuted_at_once(int most_writes) const {
        for (int writes = 0; writes <= most_writes; ++writes) {
            enumeration_limits limits;
            limits.each = each_at_most(most_steps_in_a_search);
            limits.steps = limits_.search_steps;
            path_enumerator enumerator(limits);
            const survey run = look(enumerator, {writes}, {});
            question_result result;
            for (const suspicion& seen : run.suspicions) {
                auto found = show(enumerator.table(), seen, {writes});
                if (!found || (!result.refutations.empty() && result.property != seen.property))
                    continue;
                result.property = seen.property;
                result.refutations.push_back(std::move(*found));
            }
            if (result.refutations.empty())
                continue;
            result.stands = standing::refuted;
            result.reason = result.refutations.front().explanation;
            inquiry all;
            all.question = question_.name;
            all.paths = run.paths.paths;
            all.steps = run.paths.steps;
            all.results.push_back(std::move(result));
            return all;
        }
        return std::nullopt;
    }

private:
    // For one question along a path. What takes longer is mostly never answered.
    static constexpr unsigned most_steps_in_a_proof = 40'000;
    static constexpr unsigned most_steps_in_a_search = 20'000;

    [[nodiscard]] solver_limits each_at_most(unsigned steps) const {
        solver_limits each = limits_.each;
        each.steps = std::min(each.steps, steps);
        return each;
    }

    // Bit-vectors of products are hard, and so are those of long sums; integers are tried after this share of the
    // steps.
    [[nodiscard]] unsigned steps_for_bits() const {
        return question_.inductive ? limits_.each.steps / 300 : limits_.each.steps / 10 * 3;
    }

    using shown_suspicions = std::vector<std::pair<suspicion, refutation>>;

    /// Takes all paths; or, with `wanted`, until all that is wanted was found.
    survey look(path_enumerator& enumerator, const beginning& beginning, const std::vector<suspicion>& wanted) const {
        survey result;
        findings said;
        const auto body = [&] {
            symbolic_inputs in(*revision_.over_symbolic);
            said = question_.symbolic(in, beginning);
        };
        const auto suspect = [&result](suspicion next) {
            if (std::none_of(result.suspicions.begin(), result.suspicions.end(),
                             [&next](const suspicion& known) { return same(known, next); }))
                result.suspicions.push_back(std::move(next));
        };
        const auto suspect_wrap = [&](const wrap_finding& wrap) {
            if (question_.wraps &&
                (!question_.own_functions_only || properties::property_of_wrap(wrap.where) == *question_.wraps))
                suspect({*question_.wraps, to_string(wrap.where), wrap.taken, wrap.inputs});
        };
        const auto at_end = [&](const path& here) {
            for (const finding& each : said) {
                result.held.try_emplace(each.property, 0);
                if (!each.verdict.broken())
                    result.held[each.property] += each.verdict.fired() && here.has_witness ? 1 : 0;
                else if (here.has_witness)
                    suspect({each.property, "", here.taken, here.witness});
                else
                    ++result.unsure[each.property];
            }
            for (const wrap_finding& wrap : enumerator.wraps())
                suspect_wrap(wrap);
            const auto found = [&](const suspicion& suspected) {
                return std::any_of(result.suspicions.begin(), result.suspicions.end(),
                                   [&suspected](const suspicion& known) { return same(known, suspected); });
            };
            if (!wanted.empty())
                return !std::all_of(wanted.begin(), wanted.end(), found);
            // More paths would say nothing new once everything that they could speak about is suspected.
            return said.empty() || question_.wraps || !std::all_of(said.begin(), said.end(), [&](const finding& each) {
                       return found({each.property, "", {}, {}});
                   });
        };
        result.paths = enumerator.for_each_path(body, at_end);
        for (const wrap_finding& wrap : result.paths.wraps) // also on paths that did not count in the end
            suspect_wrap(wrap);
        return result;
    }

    /// Replays inputs; nothing if they do not show what is suspected.
    std::optional<refutation> replay(const suspicion& suspected, const beginning& beginning,
                                     const assignment& inputs) const {
        refutation shown;
        shown.inputs = inputs;
        shown.location = suspected.location;
        shown.from_new_group = !beginning.anything();
        try {
            given_inputs<model::plain> in(*revision_.over_plain, inputs);
            const findings said = question_.plain(in, beginning);
            shown.run = in.record();
            if (suspected.location.empty()) {
                for (const finding& each : said)
                    if (each.property == suspected.property && each.verdict.broken()) {
                        shown.explanation = each.explanation;
                        return shown;
                    }
                return std::nullopt;
            }
            given_inputs<model::checked> watched(*revision_.over_checked, inputs);
            static_cast<void>(question_.checked(watched, beginning));
            for (const model::wrap& wrap : watched.wraps())
                if (to_string(wrap.where) == suspected.location) {
                    shown.explanation = to_string(wrap);
                    return shown;
                }
        } catch (const path_enumerator::abandoned&) {
            return std::nullopt;
        }
        return std::nullopt;
    }

    std::optional<refutation> show(expression_table& table, const suspicion& suspected,
                                   const beginning& beginning) const {
        const assignment simple = canonical(table, suspected.taken, suspected.inputs, limits_.each);
        if (auto shown = replay(suspected, beginning, simple))
            return shown;
        return replay(suspected, beginning, suspected.inputs);
    }

    shown_suspicions find_runs(expression_table& proof_table, const std::vector<suspicion>& suspicions) const {
        shown_suspicions shown;
        std::vector<suspicion> open = suspicions;
        std::uint64_t left = limits_.search_steps;
        const int most_writes = question_.inductive ? -1 : limits_.most_writes;
        for (int writes = 0; writes <= most_writes && !open.empty(); ++writes) {
            if (left == 0 || limits_.each.until.passed())
                break;
            enumeration_limits limits;
            limits.each = each_at_most(most_steps_in_a_search);
            limits.steps = left;
            path_enumerator enumerator(limits);
            const survey run = look(enumerator, {writes}, open);
            left -= std::min(left, run.paths.steps);
            for (const suspicion& seen : run.suspicions) {
                const auto wanted =
                    std::find_if(open.begin(), open.end(), [&](const auto& one) { return same(one, seen); });
                if (wanted == open.end())
                    continue;
                if (auto found = show(enumerator.table(), seen, {writes})) {
                    shown.emplace_back(seen, std::move(*found));
                    open.erase(wanted);
                }
            }
        }
        for (const suspicion& each : open)
            if (auto found = show(proof_table, each, {}))
                shown.emplace_back(each, std::move(*found));
        return shown;
    }

    question_result conclude(std::size_t property, const survey& proof, const obligation_report& decided,
                             const shown_suspicions& shown) const {
        question_result result;
        result.property = property;
        bool reached = false;
        for (const auto& [what, found] : shown) {
            if (what.property != property)
                continue;
            reached = reached || found.from_new_group;
            result.refutations.push_back(found);
        }
        std::stable_sort(result.refutations.begin(), result.refutations.end(),
                         [](const auto& a, const auto& b) { return a.from_new_group && !b.from_new_group; });
        const bool suspected = std::any_of(proof.suspicions.begin(), proof.suspicions.end(),
                                           [&](const suspicion& each) { return each.property == property; });
        const auto held = proof.held.find(property);
        const auto unsure = proof.unsure.find(property);
        const bool about_wraps = property == question_.wraps;
        if (reached) {
            result.stands = standing::refuted;
            result.reason = result.refutations.front().explanation;
        } else if (suspected && question_.inductive && !result.refutations.empty()) {
            const refutation& seen = result.refutations.front();
            result.reason = fmt::format("not inductive: {} ends it. {}{}", question_.name, seen.explanation,
                                        seen.explanation.empty() ? "From " + in_words(seen.inputs)
                                                                 : " The explorer tells whether "
                                                                   "a run leads there.");
        } else if (suspected) {
            result.reason =
                result.refutations.empty()
                    ? "a solver's counterexample does not show itself when it is replayed"
                    : fmt::format("not so from a state that may not be reachable: no run with at most {} writes was "
                                  "found; {}",
                                  limits_.most_writes, result.refutations.front().explanation);
        } else if (!proof.paths.complete) {
            result.reason = proof.paths.reason;
        } else if ((unsure != proof.unsure.end() && unsure->second > 0) ||
                   (about_wraps && proof.paths.unknown_checks > 0)) {
            result.reason = "the solver did not say whether some paths exist";
        } else if (decided.refuted > 0) {
            result.reason = "two encodings disagree: " + decided.problem;
        } else if (decided.unknown > 0) {
            result.reason =
                fmt::format("{} obligations were not decided, the first: {}", decided.unknown, decided.problem);
        } else if (decided.vacuous > 0) {
            result.reason = "an obligation's premise is not known to be satisfiable";
        } else if (about_wraps ? proof.paths.paths == 0 : held == proof.held.end() || held->second == 0) {
            result.vacuous = true;
            result.reason = "vacuous: no path is about it";
        } else {
            result.stands = standing::proved;
            result.reason = fmt::format("for all inputs: {} paths, {} obligations", proof.paths.paths,
                                        proof.paths.obligations.size());
        }
        return result;
    }

    void keep_texts(inquiry& all, expression_table& table, const std::vector<obligation>& obligations) const {
        std::string assumed;
        properties::for_each_of(question_.about, [&](std::size_t property) {
            for (const std::string_view each : assumed_for(property))
                if (assumed.find(each) == std::string::npos)
                    assumed += fmt::format("; assumes {}\n", each);
        });
        std::size_t number = 0;
        for (const obligation& each : obligations) {
            const std::string name = fmt::format("{} {}", question_.name, ++number);
            all.texts.push_back(assumed + question(table, each, encoding::bit_vectors, name) + "(check-sat)\n");
            all.integers.push_back(assumed + question(table, each, encoding::integers, name) + "(check-sat)\n");
        }
    }

    const asked_question& question_;
    const model::revision& revision_;
    const inquiry_limits& limits_;
};

} // namespace

inquiry inquire(const asked_question& question, const model::revision& revision, const inquiry_limits& limits) {
    return inquirer(question, revision, limits).run();
}

inquiry inquire_quickly(const asked_question& question, const model::revision& revision, int writes,
                        const inquiry_limits& limits) {
    const auto started = std::chrono::steady_clock::now();
    inquirer asker(question, revision, limits);
    auto refuted = asker.refuted_at_once(writes);
    const bool answers_all = refuted && question.about == properties::only(refuted->results.front().property);
    inquiry all = answers_all ? std::move(*refuted) : asker.run();
    all.seconds = seconds_since(started);
    return all;
}

} // namespace bwcheck::solver

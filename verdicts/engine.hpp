// The door to an engine: a revision goes in, a report comes out. Who checks, prints or compares knows no engine's name;
// where all of them are listed is cli/engines.cpp.
#pragma once

#include "model/revisions/revision.hpp"
#include "model/scope.hpp"
#include "properties/property_set.hpp"
#include "verdicts/report.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace bwcheck::verdicts {

/// What a check asks of every engine. Each looks at what concerns it.
struct request {
    properties::property_set selected = properties::all_properties; ///< numbers of the catalogue
    model::scope scope;
    bool scope_given = false;       ///< otherwise it is the default, which random runs do without
    unsigned jobs = 1;              ///< threads
    double budget_seconds = 0;      ///< 0: none
    std::uint64_t memory_bytes = 0; ///< 0: no limit
    std::uint64_t seed = 1;         ///< of the first random case
    std::uint64_t cases = 200;      ///< random cases; 0: as many as the budget allows
    std::filesystem::path corpus;   ///< a directory of counterexamples that were saved; empty: none
    std::filesystem::path smt2;     ///< a directory for the obligations of proofs; empty: none
    bool second_opinion = false;    ///< a second solver decides them as well
};

/// Called a few times a second with how far the engine is, for people: "pool: 1.20 M states, ...".
using progress_text = std::function<void(const std::string&)>;

class engine {
public:
    engine() = default;
    engine(const engine&) = delete;
    engine& operator=(const engine&) = delete;
    virtual ~engine() = default;

    /// As on the command line, in reports and in traces: "explore".
    [[nodiscard]] virtual std::string_view name() const = 0;
    /// The properties of the catalogue that it can judge.
    [[nodiscard]] virtual properties::property_set judges() const = 0;
    /// How strong a "holds" of it is: the engine with the larger number has the stronger grounds.
    [[nodiscard]] virtual int strength() const = 0;
    /// Runs that it finds come from few states, so that it can be told since when they could not be avoided.
    [[nodiscard]] virtual bool finds_short_runs() const { return false; }
    /// It runs before the others, asked for or not, and is not asked for by itself.
    [[nodiscard]] virtual bool always() const { return false; }
    /// It makes proofs, with obligations that can be written down and decided by others.
    [[nodiscard]] virtual bool proves() const { return false; }
    /// Its cases are numbered by seeds, so that machines can share them; otherwise properties are shared.
    [[nodiscard]] virtual bool shares_seeds() const { return false; }
    /// What of the request this machine cannot do, as one line; empty if nothing.
    [[nodiscard]] virtual std::string obstacle(const request& /*asked*/) const { return ""; }

    /// Throws text::input_error if the scope is one that it cannot take.
    [[nodiscard]] virtual report check(const model::revision& revision, const request& asked,
                                       const progress_text& on_progress) const = 0;

    /// On what grounds a verdict of it stands, in few words: "all states of default". It may name what the verdict
    /// assumes (finding::assumptions); what it does not name is added to its words. Nobody else says them.
    [[nodiscard]] virtual std::string grounds(const finding& about, const report& of) const = 0;
    /// Whether a "holds" in `of` speaks about that machine, so that a run on it would contradict it.
    [[nodiscard]] virtual bool covers(const report& of, const model::scope_part& part) const = 0;
    /// The line that finds a run of its own again; empty if that is the same for all.
    [[nodiscard]] virtual std::string again(const finding& /*about*/, const report& /*of*/,
                                            const request& /*asked*/) const {
        return "";
    }
};

/// The engine of that name, which must be one of them. Throws std::invalid_argument.
[[nodiscard]] const engine& engine_named(std::string_view name, std::span<const engine* const> engines);

} // namespace bwcheck::verdicts

// Puts mutants to trials, each until a property notices it.
#pragma once

#include "mutation/mutant_list.hpp"
#include "mutation/trial.hpp"

#include <functional>
#include <string>
#include <vector>

namespace bwcheck::mutation {

/// What became of one mutant.
struct fate {
    const listed_mutant* mutant = nullptr;
    notice how = notice::none;
    std::size_t property = 0; ///< that noticed it, if one did
    const trial* noticed_in = nullptr;
    bool reached = false;   ///< some trial executed where the mistake is
    std::string difference; ///< of one that no property noticed: where it acts otherwise; empty: nowhere
    double seconds = 0;

    [[nodiscard]] bool survived() const { return how == notice::none || how == notice::unfinished; }
};

struct run_options {
    unsigned jobs = 2;
    std::uint64_t random_cases = 100;
    std::vector<const listed_mutant*> mutants; ///< those to run
};

class mutation_run {
public:
    using progress = std::function<void(std::string_view)>;

    /// Runs every trial without a mistake. `scope` has the parts; the one called "survey" is for the surveys.
    mutation_run(const model::scope& scope, const run_options& options, progress say);

    [[nodiscard]] std::vector<fate> run();

    [[nodiscard]] const std::vector<trial>& trials() const { return trials_; }
    /// Without a mistake, in the order of trials().
    [[nodiscard]] const std::vector<answer>& answers() const { return answers_; }

private:
    void run_without_mistakes();
    void try_mutant(const listed_mutant& mutant, std::uint32_t first,
                    const std::function<void(const struct message&)>& tell) const;
    void take(fate& of, const struct message& told) const;

    const run_options& how_;
    progress say_;
    std::vector<trial> trials_;
    std::vector<answer> answers_;
    std::vector<std::vector<bool>> visited_; ///< for each trial: the mutants whose place was executed
};

} // namespace bwcheck::mutation

// What a mutation run found, as text.
#pragma once

#include "mutation/mutation_run.hpp"

#include <map>
#include <string>
#include <vector>

namespace bwcheck::mutation {

/// What is not as it should be, a line each.
struct complaints {
    std::vector<std::string> unexplained; ///< survivors
    std::vector<std::string> stale;       ///< explained, and yet noticed
    std::vector<std::string> unknown;     ///< explained, and there is no such mutant

    [[nodiscard]] bool none() const { return unexplained.empty() && stale.empty() && unknown.empty(); }
};

/// Compares a run with what people have said about survivors. What is explained and did not run is passed over.
[[nodiscard]] complaints complaints_of(const std::vector<fate>& fates,
                                       const std::map<std::string, std::string>& explanations);

/// Mutants by kind, properties by kills, and the score.
[[nodiscard]] std::string summary_of(const std::vector<fate>& fates,
                                     const std::map<std::string, std::string>& explanations);

/// A line for each mutant: where it is, what it is, and who noticed it.
[[nodiscard]] std::string table_of(const std::vector<fate>& fates,
                                   const std::map<std::string, std::string>& explanations);

} // namespace bwcheck::mutation

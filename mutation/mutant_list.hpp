// The mutants that the build made, and what people have said of those that nobody can tell from the machine.
#pragma once

#include "mutation/rewrite.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace bwcheck::mutation {

/// A mutant with the names it goes by.
struct listed_mutant {
    mutant what;
    std::uint32_t number = 0; ///< what active_mutant has to be; another one after every change of the model
    std::string key;          ///< what it is called, unique, whatever its line
    std::string id;           ///< eight hexadecimal digits that follow from the key
};

/// All mutants of this build, in the order of their numbers.
[[nodiscard]] const std::vector<listed_mutant>& all_mutants();

/// Gives mutants their keys and ids: equal keys are told apart by "#2", "#3", ...
[[nodiscard]] std::vector<listed_mutant> listed(const std::vector<mutant>& mutants);

/// Reads explanations: the keys of one or more mutants, a line each, and below them, indented, why these mutants cannot
/// be noticed. Lines that begin with # are comments. Throws std::runtime_error, with the line, for a key without
/// explanation, an explanation without key, or a key that was there before.
[[nodiscard]] std::map<std::string, std::string> read_explanations(const std::filesystem::path& file);

} // namespace bwcheck::mutation

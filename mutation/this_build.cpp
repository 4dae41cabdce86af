// The list that generate_mutants has written.
#include "mutation/mutant_list.hpp"

#include <string>
#include <string_view>

namespace bwcheck::mutation {

namespace {

/// A mutant as the list has it. Constant, since a compiler takes half a minute to construct a thousand strings one by
/// one.
struct written_mutant {
    std::string_view file;
    std::size_t line;
    std::string_view function;
    mutant_kind kind;
    std::string_view before;
    std::string_view after;
};

constexpr written_mutant written[] = {
#include "mutants.inc"
};

} // namespace

const std::vector<listed_mutant>& all_mutants() {
    static const std::vector<listed_mutant> all = [] {
        std::vector<mutant> mutants;
        for (const written_mutant& one : written)
            mutants.push_back({std::string(one.file), one.line, std::string(one.function), one.kind,
                               std::string(one.before), std::string(one.after)});
        return listed(mutants);
    }();
    return all;
}

} // namespace bwcheck::mutation

// The list that generate_mutants has written.
#include "mutation/mutant_list.hpp"

namespace bwcheck::mutation {

const std::vector<listed_mutant>& all_mutants() {
    static const std::vector<listed_mutant> all = listed({
#include "mutants.inc"
    });
    return all;
}

} // namespace bwcheck::mutation

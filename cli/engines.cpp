#include "cli/engines.hpp"

#include "cli/saved_failures.hpp"
#include "explorer/exploration.hpp"
#include "random/random_run.hpp"
#include "solver/proof.hpp"

#include <array>

namespace bwcheck::cli {

std::span<const verdicts::engine* const> engines() {
    static const std::array all{&saved_engine(), &explorer::explore_engine(), &random::random_engine(),
                                &solver::prove_engine()};
    return all;
}

std::vector<std::string> engine_names() {
    std::vector<std::string> names;
    for (const verdicts::engine* const each : engines())
        if (!each->always())
            names.emplace_back(each->name());
    return names;
}

const verdicts::engine& engine_named(std::string_view name) { return verdicts::engine_named(name, engines()); }

} // namespace bwcheck::cli

#include "cli/engines.hpp"

#include "cli/saved_failures.hpp"
#include "explorer/exploration.hpp"
#include "random/random_run.hpp"
#include "solver/proof.hpp"

#include <fmt/format.h>

#include <array>
#include <stdexcept>

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

const verdicts::engine& engine_named(std::string_view name) {
    for (const verdicts::engine* const each : engines())
        if (each->name() == name)
            return *each;
    throw std::invalid_argument(fmt::format("there is no engine {}", name));
}

} // namespace bwcheck::cli

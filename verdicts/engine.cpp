#include "verdicts/engine.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace bwcheck::verdicts {

const engine& engine_named(std::string_view name, std::span<const engine* const> engines) {
    for (const engine* const each : engines)
        if (each->name() == name)
            return *each;
    throw std::invalid_argument(fmt::format("there is no engine {}", name));
}

} // namespace bwcheck::verdicts

#include "counterexamples/replay/why_not_judged.hpp"

#include "properties/catalogue.hpp"
#include "properties/history.hpp"

#include <fmt/format.h>

namespace bwcheck::counterexamples {

std::string why_not_judged(std::size_t property, const model::scope_part& part) {
    const auto& info = properties::catalogue_infos[property];
    if (info.kind == properties::property_kind::coverage)
        return fmt::format("{} is of kind {}, which no single run breaks", info.id, properties::to_string(info.kind));
    const unsigned missing = info.needs & ~properties::histories_of(part);
    if (missing != 0)
        return fmt::format("{} needs the history {}, which part {} does not keep", info.id,
                           properties::to_string(static_cast<properties::history_bits>(missing)), part.name);
    return "";
}

} // namespace bwcheck::counterexamples

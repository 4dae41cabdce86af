#include "properties/history.hpp"

#include "properties/property.hpp"
#include "text/input_error.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace bwcheck::properties {

namespace {
constexpr std::array<std::pair<history_bits, std::string_view>, 8> names{{
    {history_burst, "burst"},
    {history_throttle, "throttle"},
    {history_latency, "latency"},
    {history_credit, "credit"},
    {history_departed, "departed"},
    {history_overuse, "overuse"},
    {history_drain, "drain"},
    {history_hierarchy, "hierarchy"},
}};
} // namespace

std::optional<history_bits> history_from_string(std::string_view name) {
    for (const auto& [bits, known] : names)
        if (known == name)
            return bits;
    return std::nullopt;
}

std::string_view to_string(history_bits one) {
    for (const auto& [bits, known] : names)
        if (bits == one)
            return known;
    return "none";
}

unsigned histories_of(const model::scope_part& part) {
    unsigned kept = history_none;
    for (const std::string& name : part.histories) {
        const auto bits = history_from_string(name);
        if (!bits)
            throw text::input_error(
                fmt::format("part {}: there is no history \"{}\"; there are burst, throttle, latency, "
                            "credit, departed, overuse, drain and hierarchy",
                            part.name, name));
        kept |= *bits;
    }
    return kept;
}

std::string_view to_string(property_kind kind) {
    switch (kind) {
    case property_kind::invariant:
        return "invariant";
    case property_kind::transition:
        return "transition";
    case property_kind::probe:
        return "probe";
    case property_kind::number:
        return "number";
    case property_kind::survey:
        return "survey";
    case property_kind::coverage:
        return "coverage";
    case property_kind::operation:
        return "operation";
    }
    return "?";
}

} // namespace bwcheck::properties

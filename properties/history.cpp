#include "properties/history.hpp"

#include "properties/property.hpp"
#include "text/input_error.hpp"

#include <fmt/format.h>

#include <string>

namespace bwcheck::properties {

std::optional<history_bits> history_from_string(std::string_view name) {
    for (const history_info& row : history_infos)
        if (row.name == name)
            return row.bit;
    return std::nullopt;
}

std::string_view to_string(history_bits one) {
    for (const history_info& row : history_infos)
        if (row.bit == one)
            return row.name;
    return "none";
}

namespace {
/// "burst, throttle and latency"
std::string names_of_all() {
    std::string all;
    for (const history_info& row : history_infos) {
        const bool last = &row == &history_infos.back();
        all += fmt::format("{}{}", all.empty() ? "" : last ? " and " : ", ", row.name);
    }
    return all;
}
} // namespace

unsigned histories_of(const model::scope_part& part) {
    unsigned kept = history_none;
    for (const std::string& name : part.histories) {
        const auto bits = history_from_string(name);
        if (!bits)
            throw text::input_error(
                fmt::format("part {}: there is no history \"{}\"; there are {}", part.name, name, names_of_all()));
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

#include "mutation/trial.hpp"

#include <fmt/format.h>

namespace bwcheck::mutation {

std::string_view to_string(engine value) {
    switch (value) {
    case engine::explore:
        return "explore";
    case engine::survey:
        return "survey";
    case engine::random:
        break;
    }
    return "random";
}

std::string_view to_string(notice value) {
    switch (value) {
    case notice::violated:
        return "violated";
    case notice::measured:
        return "measured";
    case notice::silent:
        return "silent";
    case notice::endless:
        return "endless";
    case notice::crashed:
        return "crashed";
    case notice::unfinished:
        return "unfinished";
    case notice::none:
        break;
    }
    return "not noticed";
}

std::string trial::name() const {
    if (engine == engine::random)
        return fmt::format("{} random", revision->id);
    return fmt::format("{} {} {}", revision->id, to_string(engine), part->name);
}

answer trial::run(properties::property_set selected) const {
    switch (engine) {
    case engine::explore:
        return revision->explore(*part, selected);
    case engine::survey:
        return revision->survey(*part, selected);
    case engine::random:
        break;
    }
    return revision->random(cases, selected);
}

noticed compare(const answer& without, const answer& with) {
    using properties::first_of;
    if (const properties::property_set newly = with.violated & ~without.violated; newly != 0)
        return {notice::violated, first_of(newly)};
    if (!with.complete || (with.escaped && !without.escaped))
        return {notice::unfinished, 0};
    for (std::size_t property = 0; property < properties::catalogue_size; ++property)
        if (!properties::contains(without.violated, property) && with.numbers[property] != without.numbers[property] &&
            properties::contains(with.fired, property))
            return {notice::measured, property};
    if (const properties::property_set silenced = without.fired & ~with.fired & ~without.violated & with.judged;
        silenced != 0)
        return {notice::silent, first_of(silenced)};
    return {};
}

} // namespace bwcheck::mutation

#include "explorer/causes.hpp"

#include "properties/catalogue.hpp"
#include "properties/survey.hpp"

namespace bwcheck::explorer {

std::vector<cause_group> grouped(property_set broken, property_set before, const broken_without& without) {
    const auto explains = [&](std::size_t p, std::size_t q) {
        return p != q && !properties::contains(without[p], q) &&
               (!properties::contains(before, q) || properties::contains(before, p));
    };
    std::vector<cause_group> groups;
    properties::for_each_of(broken, [&](std::size_t p) {
        property_set same = properties::only(p);
        bool is_cause = true;
        properties::for_each_of(broken, [&](std::size_t other) {
            if (explains(other, p) && explains(p, other))
                same |= properties::only(other);
            else if (explains(other, p))
                is_cause = false;
        });
        if (!is_cause || properties::first_of(same) != p)
            return;
        cause_group& group = groups.emplace_back();
        group.causes = same;
        properties::for_each_of(broken & ~same, [&](std::size_t q) {
            if (explains(p, q))
                group.consequences |= properties::only(q);
        });
    });
    return groups;
}

causes causes_of(const model::revision& revision, const model::scope& scope, property_set violated, property_set before,
                 const comparison_options& how) {
    property_set operations = 0;
    for (std::size_t property = 0; property < properties::catalogue_size; ++property)
        if (properties::catalogue_infos[property].kind == properties::property_kind::operation)
            operations |= properties::only(property);
    operations &= violated;
    const property_set wanted = violated & properties::catalogue_observable & ~properties::catalogue_surveys;
    broken_without without{};
    property_set broken = 0;
    causes all;
    all.complete = true;
    for (const model::scope_part& part : scope.parts) {
        if (((wanted & properties::catalogue_judgeable_with(properties::histories_of(part))) | operations) == 0)
            continue;
        paired_system alone(*revision.over_plain, nullptr, part, pair_question::consequences, wanted);
        if (operations != 0)
            alone.watch_wraps(*revision.over_checked, operations);
        const std::vector<std::size_t>& watched = alone.watched();
        options options;
        options.jobs = how.jobs;
        options.memory_limit = how.memory_bytes;
        options.most_states = how.most_states;
        const auto explored = explore_pairs(alone, options);
        const bool whole = explored.complete && explored.escaped + explored.cut == 0;
        if (const std::uint64_t events = explored.depth == 0 ? 0 : explored.depth - 1;
            !whole && (all.complete || events < all.events))
            all.events = events;
        all.complete = all.complete && whole;
        // What the setup breaks is broken before anything is gone through.
        const property_set in_setup = alone.broken_by_setup();
        broken |= in_setup | alone.set_of(explored.tally.broken);
        for (std::size_t number = 0; number < watched.size(); ++number) {
            without[watched[number]] |= alone.set_of(explored.tally.without[number]);
            if (!properties::contains(in_setup, watched[number]))
                without[watched[number]] |= in_setup;
        }
        // What the part cannot judge is not broken in it.
        property_set judged = 0;
        for (const std::size_t property : watched)
            judged |= properties::only(property);
        properties::for_each_of((wanted | operations) & ~judged,
                                [&](std::size_t p) { without[p] |= in_setup | alone.set_of(explored.tally.broken); });
    }
    all.not_found = violated & ~broken;
    all.groups = grouped(broken, before, without);
    return all;
}

} // namespace bwcheck::explorer

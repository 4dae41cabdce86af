#include "explorer/comparison.hpp"

#include "properties/catalogue.hpp"
#include "properties/survey.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <limits>
#include <map>

namespace bwcheck::explorer {

namespace {

options options_of(const comparison_options& how, property_set until_violated) {
    options chosen;
    chosen.jobs = how.jobs;
    chosen.memory_limit = how.memory_bytes;
    chosen.most_states = how.most_states;
    chosen.until_violated = until_violated;
    return chosen;
}

compared_part part_of(const std::string& name, const result<paired_system>& explored) {
    return {.part = name,
            .states = explored.states,
            .events = explored.depth == 0 ? 0 : explored.depth - 1,
            .complete = explored.complete && explored.cut + explored.escaped == 0};
}

template <class Wanted>
std::vector<model::event> events_if(const std::vector<paired_event>& events, Wanted&& wanted) {
    std::vector<model::event> some;
    for (const paired_event& each : events)
        if (wanted(each))
            some.push_back(each.happening);
    return some;
}

void note_writes(const model::scope_part& part, const model::revision& has, const model::revision& lacks,
                 std::vector<std::string>& into) {
    for (const auto* const writes : {&part.setup, &part.writes})
        for (const model::scope_write& write : *writes)
            if (file_exists(*has.over_plain, write.file) && !file_exists(*lacks.over_plain, write.file))
                if (const std::string text = to_string(write); std::find(into.begin(), into.end(), text) == into.end())
                    into.push_back(text);
}

/// Where the search of a part was not complete, every run up to the shortest such length was looked at.
struct bounds_of_search {
    bool any = false;
    bool complete = true;
    std::uint64_t events = std::numeric_limits<std::uint64_t>::max();

    void add(const compared_part& part) {
        any = true;
        if (!part.complete) {
            complete = false;
            events = std::min(events, part.events);
        }
    }
};

} // namespace

std::vector<model::event> run_of_two::on_first() const {
    return events_if(events, [](const paired_event& each) { return each.on_first; });
}

std::vector<model::event> run_of_two::on_second() const {
    return events_if(events, [](const paired_event& each) { return each.on_second; });
}

bool difference_report::complete() const {
    return std::all_of(parts.begin(), parts.end(), [](const compared_part& part) { return part.complete; });
}

difference_report first_difference(const model::revision& first, const model::revision& second,
                                   const model::scope& scope, const comparison_options& how) {
    difference_report report;
    for (const model::scope_part& part : scope.parts) {
        note_writes(part, first, second, report.only_first);
        note_writes(part, second, first, report.only_second);
        const paired_system pair(*first.over_plain, second.over_plain, part, pair_question::difference, 0);
        if (pair.broken_by_setup() != 0) {
            report.parts.push_back({.part = part.name, .complete = true});
            if (!report.run || !report.run->events.empty())
                report.run = run_of_two{part, {}};
            continue;
        }
        const auto explored = explore_pairs(pair, options_of(how, 1));
        report.parts.push_back(part_of(part.name, explored));
        if (const auto& shown = explored.properties[0].counterexample;
            shown && (!report.run || shown->events.size() < report.run->events.size()))
            report.run = run_of_two{part, shown->events};
    }
    return report;
}

std::vector<own_violation> own_violations(const model::revision& patch, const model::revision& base,
                                          const model::scope& scope, property_set properties,
                                          const comparison_options& how) {
    std::map<std::size_t, own_violation> found;
    std::map<std::size_t, bounds_of_search> bounds;
    property_set open = properties & properties::catalogue_observable & ~properties::catalogue_surveys;
    const auto search = [&](const model::scope_part& part, bool lone_writes) {
        if ((open & properties::catalogue_judgeable_with(properties::histories_of(part))) == 0)
            return;
        const paired_system pair(*patch.over_plain, base.over_plain, part, pair_question::wrong_on_first_only, open,
                                 lone_writes);
        property_set asked = 0;
        for (const std::size_t property : pair.watched())
            asked |= properties::only(property);
        const auto explored = explore_pairs(pair, options_of(how, asked & ~pair.broken_by_setup()));
        const compared_part looked_at = part_of(part.name, explored);
        for (const std::size_t property : pair.watched()) {
            bounds[property].add(looked_at);
            own_violation& each = found[property];
            each.lone_writes = lone_writes;
            if (properties::contains(pair.broken_by_setup(), property))
                each.run = run_of_two{part, {}};
            else if (const auto& shown = explored.properties[property].counterexample)
                each.run = run_of_two{part, shown->events};
            if (each.run)
                open &= ~properties::only(property);
        }
    };
    for (const model::scope_part& part : scope.parts)
        search(part, false);
    for (const model::scope_part& part : scope.parts)
        if (std::any_of(part.writes.begin(), part.writes.end(), [&](const model::scope_write& write) {
                return file_exists(*patch.over_plain, write.file) != file_exists(*base.over_plain, write.file);
            }))
            search(part, true);
    std::vector<own_violation> all;
    for (const auto& [property, searched] : bounds) {
        own_violation& each = found[property];
        each.property = property;
        each.complete = searched.complete;
        each.events = searched.complete ? 0 : searched.events;
        all.push_back(std::move(each));
    }
    return all;
}

std::string to_string(const place& wanted) {
    return wanted.step ? fmt::format("the step {}", model::to_string(*wanted.step))
                       : fmt::format("the branch {}", model::to_string(wanted.branch));
}

reached_report reach(const model::revision& revision, const model::scope& scope, const place& wanted,
                     const comparison_options& how) {
    reached_report report;
    for (const model::scope_part& part : scope.parts) {
        paired_system alone(*revision.over_plain, nullptr, part, pair_question::place, 0);
        alone.look_for(wanted);
        const auto explored = explore_pairs(alone, options_of(how, 1));
        report.parts.push_back(part_of(part.name, explored));
        if (const auto& shown = explored.properties[0].counterexample;
            shown && (!report.run || shown->events.size() < report.run->events.size()))
            report.run = run_of_two{part, shown->events};
    }
    return report;
}

} // namespace bwcheck::explorer

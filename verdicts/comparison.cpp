#include "verdicts/comparison.hpp"

#include "properties/catalogue.hpp"

#include <algorithm>

namespace bwcheck::verdicts {

namespace {

const summary* summary_of(std::string_view property, std::span<const summary> among) {
    const auto found =
        std::find_if(among.begin(), among.end(), [&](const summary& each) { return each.property == property; });
    return found == among.end() ? nullptr : &*found;
}

/// Numbers of cases that were met by chance say nothing when they differ: only those of an engine that went through
/// whole parts do.
std::optional<std::pair<std::int64_t, std::int64_t>> numbers_of(const summary& now, const summary& before) {
    for (const voice& here : now.voices)
        for (const voice& there : before.voices)
            if (here.by == there.by && here.said->measured && there.said->measured && !here.in->exhausted.empty() &&
                !there.in->exhausted.empty())
                return std::pair{*here.said->measured, *there.said->measured};
    return std::nullopt;
}

bool is_answer(verdict value) { return value == verdict::yes || value == verdict::no; }

change change_of(const compared_property& each) {
    if (each.now->verdict == verdict::violated)
        return each.violated_before ? change::as_before : change::newly_violated;
    if (each.before == nullptr)
        return change::as_before;
    if (each.now->verdict == verdict::inconclusive)
        return each.before->verdict == verdict::inconclusive && !each.violated_before ? change::as_before
                                                                                      : change::newly_open;
    if (each.violated_before && each.now->verdict == verdict::holds)
        return change::repaired;
    if (is_answer(each.now->verdict) && each.before->verdict != each.now->verdict)
        return change::other_answer;
    if (each.numbers && each.numbers->first != each.numbers->second)
        return change::other_number;
    return change::as_before;
}

} // namespace

std::string_view to_string(change value) {
    switch (value) {
    case change::newly_violated:
        return "new";
    case change::repaired:
        return "repaired";
    case change::other_answer:
        return "answer";
    case change::other_number:
        return "number";
    case change::newly_open:
        return "open";
    case change::as_before:
        break;
    }
    return "same";
}

std::vector<compared_property> compare(std::span<const summary> patch, std::span<const summary> base,
                                       properties::property_set also_broken) {
    std::vector<compared_property> all;
    for (const summary& now : patch) {
        compared_property& each = all.emplace_back();
        each.property = now.property;
        each.now = &now;
        each.before = summary_of(now.property, base);
        each.violated_before = (each.before != nullptr && each.before->verdict == verdict::violated) ||
                               properties::contains(also_broken, properties::property_number(now.property).value());
        if (each.before != nullptr)
            each.numbers = numbers_of(now, *each.before);
        each.change = change_of(each);
    }
    return all;
}

} // namespace bwcheck::verdicts

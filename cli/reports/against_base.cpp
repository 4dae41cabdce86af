#include "cli/reports/against_base.hpp"

#include "cli/known_names.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace bwcheck::cli {

namespace {

using verdicts::change;

std::string own_words(const own_way& own, const std::string& base) {
    if (own.trace)
        return fmt::format("also in a run that is right on {}{}", base,
                           own.lone_writes ? ", by a write to a file that it lacks" : "");
    if (own.complete)
        return fmt::format("no run in these bounds is right on {}", base);
    return fmt::format("no run of up to {} event{} is right on {}", own.events, own.events == 1 ? "" : "s", base);
}

} // namespace

const against_base* comparisons::of(std::string_view patch) const {
    const auto found = by_patch.find(patch);
    return found == by_patch.end() ? nullptr : &found->second;
}

const explorer::causes* comparisons::causes_of(std::string_view revision) const {
    const auto found = causes.find(revision);
    return found == causes.end() ? nullptr : &found->second;
}

bool comparisons::passes_over(std::string_view patch, std::string_view property) const {
    const against_base* const against = of(patch);
    const verdicts::compared_property* const each = comparison_of(property, against);
    return new_only && each != nullptr && !is_new(*each, *against);
}

const verdicts::compared_property* comparison_of(std::string_view property, const against_base* against) {
    if (against == nullptr)
        return nullptr;
    const auto found = std::find_if(against->compared.begin(), against->compared.end(),
                                    [&](const auto& each) { return each.property == property; });
    return found == against->compared.end() ? nullptr : &*found;
}

bool is_new(const verdicts::compared_property& each, const against_base& against) {
    if (each.change == change::newly_violated)
        return true;
    const auto own = against.own.find(each.property);
    return own != against.own.end() && own->second.trace.has_value();
}

exit_status status_of_news(const revision_result& patch, const against_base& against) {
    if (!errors_of(patch).empty() || !errors_of(against.result).empty())
        return exit_status::internal;
    exit_status status = exit_status::success;
    for (const verdicts::compared_property& each : against.compared)
        if (is_new(each, against))
            status = exit_status::violated;
        else if (each.change == change::newly_open)
            status = worse(status, exit_status::inconclusive);
    return status;
}

std::string words_against(std::string_view property, const against_base* against) {
    const verdicts::compared_property* const each = comparison_of(property, against);
    if (each == nullptr)
        return "";
    const std::string& base = against->base;
    const auto before = [&] { return to_string(each->before->verdict); };
    switch (each->change) {
    case change::newly_violated:
        return fmt::format("new against {}", base);
    case change::repaired:
        return fmt::format("repaired: violated on {}", base);
    case change::other_answer:
    case change::newly_open:
        return fmt::format("{} on {}", before(), base);
    case change::other_number:
        return fmt::format("{}; {} on {}", each->numbers->first, each->numbers->second, base);
    case change::as_before:
        break;
    }
    if (each->now->verdict != verdicts::verdict::violated)
        return "";
    const auto own = against->own.find(property);
    return fmt::format("violated on {} too{}", base,
                       own == against->own.end() ? "" : "; " + own_words(own->second, base));
}

nlohmann::ordered_json causes_json(const explorer::causes& causes) {
    using json = nlohmann::ordered_json;
    json groups = json::array();
    for (const explorer::cause_group& each : causes.groups)
        groups.push_back({{"causes", ids_of(each.causes)}, {"consequences", ids_of(each.consequences)}});
    return {{"groups", std::move(groups)},
            {"not_found", ids_of(causes.not_found)},
            {"complete", causes.complete},
            {"events", causes.events}};
}

nlohmann::ordered_json against_json(const against_base& against) {
    using json = nlohmann::ordered_json;
    json changes = json::array();
    for (const verdicts::compared_property& each : against.compared) {
        const auto found = against.own.find(each.property);
        const own_way* const own = found == against.own.end() ? nullptr : &found->second;
        changes.push_back({
            {"property", each.property},
            {"change", to_string(each.change)},
            {"verdict", to_string(each.now->verdict)},
            {"base_verdict", each.violated_before     ? json("violated")
                             : each.before == nullptr ? json(nullptr)
                                                      : json(to_string(each.before->verdict))},
            {"number", each.numbers ? json(each.numbers->first) : json(nullptr)},
            {"base_number", each.numbers ? json(each.numbers->second) : json(nullptr)},
            {"own_run", own == nullptr ? json(nullptr)
                                       : json{{"trace", own->trace ? json(own->trace->path.string()) : json(nullptr)},
                                              {"writes_what_the_base_lacks", own->lone_writes},
                                              {"complete", own->complete},
                                              {"events", own->events}}},
        });
    }
    return {{"base", against.base}, {"changes", std::move(changes)}, {"errors", errors_of(against.result)}};
}

} // namespace bwcheck::cli

#include "verdicts/summary.hpp"

#include "properties/catalogue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

namespace bwcheck::verdicts {

namespace {

bool decided(const voice& each) { return each.said->verdict != verdict::inconclusive; }

/// Shorter runs first; a run before none.
bool shows_better(const voice& a, const voice& b) {
    if (a.said->run.has_value() != b.said->run.has_value())
        return a.said->run.has_value();
    return a.said->run && a.said->run->events.size() < b.said->run->events.size();
}

std::string contradiction_in(const std::vector<voice>& voices) {
    for (const voice& breaks : voices) {
        if (!is_broken(breaks.said->verdict) || !breaks.said->run)
            continue;
        for (const voice& holds : voices)
            if (decided(holds) && !is_broken(holds.said->verdict) &&
                holds.by->covers(*holds.in, breaks.said->run->part))
                return fmt::format("{} says that it holds ({}), and {} has a run that breaks it ({})", holds.by->name(),
                                   grounds_of(holds), breaks.by->name(), grounds_of(breaks));
    }
    return "";
}

void conclude(summary& all) {
    std::stable_sort(all.voices.begin(), all.voices.end(), [](const voice& a, const voice& b) {
        return decided(a) != decided(b) ? decided(a) : a.by->strength() > b.by->strength();
    });
    for (const voice& each : all.voices) {
        if (!decided(each))
            break;
        const bool breaks = is_broken(each.said->verdict);
        const bool known = all.decisive && is_broken(all.decisive->said->verdict);
        if (!all.decisive || (breaks && (!known || shows_better(each, *all.decisive))))
            all.decisive = each;
    }
    if (all.decisive)
        all.verdict = all.decisive->said->verdict;
    all.contradiction = contradiction_in(all.voices);
}

} // namespace

std::string grounds_of(const voice& each) {
    if (!decided(each))
        return "";
    std::string text =
        each.said->printed_grounds.empty() ? each.by->grounds(*each.said, *each.in) : each.said->printed_grounds;
    bool first = true;
    for (const assumption& premise : each.said->assumptions)
        if (!premise.proved && text.find(premise.text) == std::string::npos) // the engine may have named it
            text += (std::exchange(first, false) ? ", assuming " : ", ") + premise.text;
    return text;
}

std::string premises_of(const finding& said) {
    std::string text;
    for (const assumption& premise : said.assumptions)
        text += fmt::format("{}{} ({})", text.empty() ? "" : ", ", premise.text, premise.proved ? "proved" : "assumed");
    return text;
}

std::vector<summary> summarize(std::span<const report> reports, std::span<const engine* const> engines) {
    std::map<std::size_t, summary> by_property;
    for (const report& each : reports) {
        for (const finding& said : each.findings) {
            summary& all = by_property[properties::property_number(said.property).value()];
            all.property = said.property;
            all.voices.push_back({&engine_named(each.engine, engines), &each, &said});
        }
    }
    std::vector<summary> summaries;
    summaries.reserve(by_property.size());
    for (auto& [number, all] : by_property) {
        conclude(all);
        summaries.push_back(std::move(all));
    }
    return summaries;
}

} // namespace bwcheck::verdicts

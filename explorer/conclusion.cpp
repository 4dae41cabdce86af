#include "explorer/conclusion.hpp"

#include "properties/explain.hpp"
#include "verdicts/judged.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace bwcheck::explorer {

conclusion::conclusion(property_set selected) {
    for (std::size_t property = 0; property < properties::catalogue_size; ++property)
        if (properties::contains(selected, property))
            found_[property] = {};
}

void conclusion::add(std::size_t property, const property_in_part& judged) { found_.at(property).push_back(judged); }

std::vector<verdicts::finding> conclusion::results() const {
    std::vector<verdicts::finding> all;
    for (const auto& [property, findings] : found_)
        all.push_back(conclude(property, findings));
    return all;
}

verdicts::finding conclusion::conclude(std::size_t property, const std::vector<property_in_part>& findings) const {
    const properties::property_info& info = properties::catalogue_infos[property];
    verdicts::finding result;
    result.property = info.id;

    const bool coverage = info.kind == properties::property_kind::coverage;
    std::int64_t number = properties::not_measured;
    properties::guard_coverage checks;
    const property_in_part* shortest = nullptr;
    const property_in_part* unfinished = nullptr;
    const property_in_part* refused = nullptr;
    std::string survey;
    for (const property_in_part& judged : findings) {
        if (judged.broken && (shortest == nullptr || judged.broken->events.size() < shortest->broken->events.size()))
            shortest = &judged;
        if (!judged.refused_setup.empty()) {
            refused = judged.fired > 0 ? &judged : refused;
            continue;
        }
        if (judged.fired == 0 && !judged.broken)
            continue;
        result.fired += judged.fired;
        if (std::find(result.parts.begin(), result.parts.end(), judged.part) == result.parts.end())
            result.parts.push_back(judged.part);
        number = std::max(number, judged.number);
        checks.merge(judged.checks);
        if (!judged.exhausted)
            unfinished = &judged;
        if (survey.empty())
            survey = judged.explanation;
    }
    // A part in which it did not fire yet might have made it fire, had it been explored to its end.
    for (const property_in_part& judged : findings)
        if (!judged.exhausted && judged.refused_setup.empty() && unfinished == nullptr)
            unfinished = &judged;
    if (coverage)
        result.coverage = checks;
    else if (number != properties::not_measured)
        result.measured = number;

    if (shortest != nullptr) {
        result.fired = std::max(result.fired, shortest->fired);
        if (result.parts.empty())
            result.parts.push_back(shortest->part);
        result.verdict = verdicts::judged(info, true);
        result.run = shortest->broken;
        result.reason = properties::why_not_so(property, shortest->explanation);
    } else if (findings.empty()) {
        result.reason = fmt::format("not judged: no part of this scope keeps the history it needs ({})",
                                    to_string(static_cast<properties::history_bits>(info.needs)));
    } else if (unfinished != nullptr) {
        result.reason =
            fmt::format("part {} was not explored to its end: {}", unfinished->part, unfinished->stopped_by);
    } else if (result.fired == 0 && refused != nullptr) {
        result.reason =
            fmt::format("only in part {}, whose setup is refused: {}", refused->part, refused->refused_setup);
    } else if (result.fired == 0) {
        result.reason = fmt::format("vacuous: it takes {}", info.trigger);
    } else if (result.coverage && result.coverage->missing().any()) {
        result.reason = fmt::format("no write of this scope is rejected by one of these checks alone: {}",
                                    fmt::join(properties::names_of(result.coverage->missing()), ", "));
    } else {
        result.verdict = verdicts::judged(info, false);
        // A number says nothing without what it is a number of.
        result.reason = result.measured && survey.empty() ? std::string(info.statement) : survey;
    }
    return result;
}

std::map<std::string, std::uint64_t, std::less<>> named_coverage(const coverage_counts& counts) {
    std::map<std::string, std::uint64_t, std::less<>> named;
    const auto add = [&]<class Kind>(std::string_view kind, const auto& of, Kind) {
        for (std::size_t number = 0; number < of.size(); ++number)
            named[fmt::format("{} {}", kind, to_string(static_cast<Kind>(number)))] = of[number];
    };
    add("event", counts.events, model::event_kind{});
    // These change nothing, so the explorer never offers them.
    named.erase("event read");
    named.erase("event walk");
    add("step", counts.steps, model::step{});
    add("branch", counts.branches, model::branch{});
    return named;
}

} // namespace bwcheck::explorer

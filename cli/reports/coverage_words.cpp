#include "cli/reports/coverage_words.hpp"

#include "cli/engines.hpp"

#include <fmt/format.h>

namespace bwcheck::cli {

std::string end_of(const verdicts::part_report& part) {
    if (part.exhausted())
        return "all states";
    if (!part.complete)
        return fmt::format("ended by: {}", part.stopped_by);
    return part.standstills > 0 ? "time stands still" : "all but what left the packed ranges";
}

std::vector<std::string> caveats_of(const verdicts::part_report& part) {
    std::vector<std::string> caveats;
    for (const std::string& refused : part.refused_setup)
        caveats.push_back(fmt::format("setup refused: {}", refused));
    if (part.cut > 0)
        caveats.push_back(fmt::format(
            "{} transitions were not followed: they broke a property and left the packed ranges", part.cut));
    if (part.escaped > 0)
        caveats.push_back(fmt::format("{} transitions left the packed ranges and were not followed, such as: {}",
                                      part.escaped, part.escape));
    if (part.deadlocks > 0)
        caveats.push_back(fmt::format("in {} states nothing can happen", part.deadlocks));
    if (part.standstills > 0)
        caveats.push_back(
            fmt::format("time stands still for good in {} states: {}", part.standstills, part.standstill));
    return caveats;
}

std::string cases_text(const verdicts::case_report& ran) {
    return fmt::format("{} cases from seed {}, {} events; ended by: {}", ran.cases, ran.first_seed, ran.events,
                       ran.stopped_by);
}

std::string second_opinion_text(const verdicts::second_opinion& second) {
    if (!second.asked)
        return "";
    return fmt::format("second opinion: cvc5 agrees on {}, does not know {}, disagrees on {}{}{}", second.agreed,
                       second.unknown, second.disagreed, second.problem.empty() ? "" : ": ", second.problem);
}

std::string share_text(const verdicts::report& report) {
    return report.shard ? fmt::format("shard {} of {} of what was asked for", report.shard->number, report.shard->of)
                        : "";
}

std::vector<std::string> coverage_of(const verdicts::report& report) {
    std::vector<std::string> lines;
    if (!engine_named(report.engine).proves()) // what a proof is for is said with each
        lines.push_back(fmt::format("scope: {}", report.scope));
    if (std::string share = share_text(report); !share.empty())
        lines.push_back(std::move(share));
    for (const verdicts::part_report& part : report.parts) {
        lines.push_back(fmt::format("part {}: {} states, {}", part.part, part.states, end_of(part)));
        for (const std::string& caveat : caveats_of(part))
            lines.push_back(fmt::format("part {}: {}", part.part, caveat));
    }
    if (report.cases)
        lines.push_back(cases_text(*report.cases));
    if (report.proof)
        if (std::string second = second_opinion_text(report.proof->second); !second.empty())
            lines.push_back(std::move(second));
    return lines;
}

} // namespace bwcheck::cli

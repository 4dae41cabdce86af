#include "verdicts/finding.hpp"

#include <fmt/format.h>

namespace bwcheck::verdicts {

void second_opinion::add(const second_opinion& other) {
    asked = asked || other.asked;
    agreed += other.agreed;
    unknown += other.unknown;
    // A disagreement outweighs a question that was too hard.
    if (problem.empty() || (disagreed == 0 && other.disagreed > 0))
        problem = other.problem;
    disagreed += other.disagreed;
}

std::string refutation::story() const {
    std::string text = printed_story;
    for (const model::event& event : run.events) {
        if (event.kind == model::event_kind::tick)
            continue;
        std::string told;
        if (event.kind == model::event_kind::write)
            told = to_string(run.part.writes.at(event.index));
        else if (event.kind == model::event_kind::period_timer && event.amount > 0)
            told = fmt::format("period timer, stalled {} times until it is due again", event.amount);
        else if (event.kind == model::event_kind::period_timer)
            told = "period timer";
        else if (model::info_of(event.kind).by == model::event_actor::user)
            told = model::info_of(event.kind).words;
        else
            told = to_string(event.kind);
        text += (text.empty() ? "" : "; ") + told;
    }
    return text;
}

} // namespace bwcheck::verdicts

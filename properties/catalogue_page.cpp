#include "properties/catalogue_page.hpp"

#include "properties/catalogue.hpp"

#include <fmt/format.h>

namespace bwcheck::properties {

namespace {
std::string histories_text(unsigned needs) {
    std::string names;
    for (unsigned bit = 0; bit < 32; ++bit)
        if (((needs >> bit) & 1U) != 0)
            names += fmt::format("{}`{}`", names.empty() ? "" : ", ", to_string(static_cast<history_bits>(1U << bit)));
    return names;
}
} // namespace

std::string catalogue_page() {
    std::string page =
        "# Properties\n\n"
        "Made from the definitions in `properties/`; do not edit it by hand. Letters: R the global pool, Q quota, "
        "P period, B burst, S the snapshot of\nthe pool at the last refill, L the local runtime of a CPU. "
        "There are no verdicts here: those are computed.\n\n"
        "An *invariant* speaks about every reachable state, a *transition* property about every event and its "
        "steps, a *probe* about what users\ncould do next, a *number* is the largest value found together with "
        "a stated bound, a *survey* is asked once for each part of a scope, and\n*coverage* is about a run as a "
        "whole.\n\n"
        "A *requirement* is promised somewhere, and its source says where. A *question* has an answer, but nobody "
        "promised one. A *measure* has a\nnumber, and a run that attains it.\n";
    for (const property_info& info : catalogue_infos) {
        page += fmt::format("\n## {}\n\n{}\n\n", info.id, info.statement);
        page += fmt::format("- Claim: {}\n- Kind: {}\n- Why: {}\n- Source: {}\n- Fires on: {}\n", to_string(info.claim),
                            to_string(info.kind), info.why, info.source, info.trigger);
        if (info.needs != history_none)
            page += fmt::format("- Needs a part that keeps the history {}\n", histories_text(info.needs));
    }
    return page;
}

} // namespace bwcheck::properties

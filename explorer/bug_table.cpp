#include "explorer/bug_table.hpp"

#include "explorer/exploration.hpp"
#include "explorer/historical_bugs.hpp"
#include "model/revisions/registry.hpp"

#include <fmt/format.h>

#include <map>
#include <set>

namespace bwcheck::explorer {

namespace {

using findings_by_property = std::map<std::string_view, verdicts::finding>;

findings_by_property explored(std::string_view revision, const model::scope& scope) {
    exploration_options options;
    options.jobs = 2;
    findings_by_property all;
    for (const verdicts::finding& result : explore_revision(model::revision_named(revision), scope, options).findings)
        all.emplace(result.property, result);
    return all;
}

/// What is different with the bug; empty if nothing is.
std::string difference(const verdicts::finding& repaired, const verdicts::finding& bug) {
    if (repaired.verdict != bug.verdict)
        return bug.verdict == verdicts::verdict::violated ? "**violated**" : std::string(to_string(bug.verdict));
    if (repaired.verdict == verdicts::verdict::holds && repaired.measured && repaired.measured != bug.measured)
        return fmt::format("{} → {}", *repaired.measured, bug.measured.value_or(0));
    return "";
}

} // namespace

std::string bug_table() {
    using namespace bug_scopes;
    const std::vector<std::string_view> parts{two_cpus, quota_below_a_slice, in_the_kernel, tree, stalls, large_quotas};
    const model::scope plain = bug_scope(parts, R"("burst", "throttle", "overuse", "hierarchy")");

    std::map<std::string_view, findings_by_property> repaired;
    std::map<std::string_view, std::map<std::string_view, std::string>> rows; // property, bug
    std::string head = "| property |";
    std::string rule = "|---|";
    std::string about;
    for (const historical_bug& bug : historical_bugs) {
        if (!repaired.contains(bug.repaired))
            repaired.emplace(bug.repaired, explored(bug.repaired, plain));
        for (const auto& [property, with] : explored(bug.revision, plain)) {
            const std::string cell = difference(repaired.at(bug.repaired).at(property), with);
            if (!cell.empty())
                rows[property][bug.revision] = cell;
        }
        head += fmt::format(" {} |", bug.revision.substr(4));
        rule += "---|";
        const auto& info = model::revision_named(bug.revision).info;
        about += fmt::format("- `{}`, against `{}`: {} Found by `{}`, in {} events.\n", bug.revision, bug.repaired,
                             info.summary, bug.property, bug.events);
    }
    std::string table = head + "\n" + rule + "\n";
    for (const auto& info : properties::catalogue_infos) {
        if (!rows.contains(info.id))
            continue;
        table += fmt::format("| {} |", info.id);
        for (const historical_bug& bug : historical_bugs)
            table += fmt::format(" {} |", rows[info.id][bug.revision]);
        table += "\n";
    }
    return "# Historical bugs\n\n"
           "Made by `write_bug_table` from a run; do not edit it by hand. Each of these revisions has one bug that "
           "Linux "
           "once\nhad. The exhaustive engine finds each of them:\n\n" +
           about +
           "\n## What each of them breaks\n\n"
           "In the small scopes of `explorer/historical_bugs.hpp`, all of them for every revision: the properties "
           "whose "
           "verdict, or\nnumber, is another than that of the kernel that repaired the bug. \"inconclusive\" is one "
           "that "
           "never had anything to say,\nor that the bug led out of what the scope can store.\n\n" +
           table;
}

} // namespace bwcheck::explorer

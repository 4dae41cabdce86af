#include "cli/reports/checked_revision.hpp"

#include "cli/engines.hpp"

#include <algorithm>

namespace bwcheck::cli {

revision_result result_of(std::span<const checked_revision> of_one) {
    revision_result result;
    for (const checked_revision& checked : of_one)
        result.reports.push_back(checked.report);
    result.summaries = verdicts::summarize(result.reports, engines());
    return result;
}

exit_status status_of(const revision_result& result) {
    exit_status status = exit_status::success;
    for (const verdicts::report& report : result.reports)
        if (report.solvers_disagree())
            return exit_status::internal;
    for (const verdicts::summary& each : result.summaries) {
        if (!each.contradiction.empty())
            return exit_status::internal;
        if (each.verdict == verdicts::verdict::violated)
            status = exit_status::violated;
        else if (each.verdict == verdicts::verdict::inconclusive)
            status = worse(status, exit_status::inconclusive);
    }
    return status;
}

exit_status worse(exit_status a, exit_status b) {
    for (const exit_status bad : {exit_status::internal, exit_status::violated, exit_status::inconclusive})
        if (a == bad || b == bad)
            return bad;
    return exit_status::success;
}

std::vector<std::span<const checked_revision>> by_revision(std::span<const checked_revision> all) {
    std::vector<std::span<const checked_revision>> groups;
    for (std::size_t first = 0; first < all.size();) {
        const auto known = [&](std::size_t end) {
            return std::any_of(
                all.begin() + static_cast<std::ptrdiff_t>(first), all.begin() + static_cast<std::ptrdiff_t>(end),
                [&](const checked_revision& earlier) { return earlier.report.engine == all[end].report.engine; });
        };
        std::size_t end = first + 1;
        while (end < all.size() && all[end].report.revision == all[first].report.revision && !known(end))
            ++end;
        groups.push_back(all.subspan(first, end - first));
        first = end;
    }
    return groups;
}

} // namespace bwcheck::cli

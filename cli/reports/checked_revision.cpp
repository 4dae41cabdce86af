#include "cli/reports/checked_revision.hpp"

#include "cli/engines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace bwcheck::cli {

std::string grounds_of(const verdicts::finding& said, const checked_revision& checked) {
    return verdicts::grounds_of({&engine_named(checked.report.engine), &checked.report, &said});
}

revision_result result_of(std::span<const checked_revision> of_one) {
    revision_result result;
    for (const checked_revision& checked : of_one)
        result.reports.push_back(checked.report);
    result.summaries = verdicts::summarize(result.reports, engines());
    for (const checked_revision& checked : of_one) {
        std::copy(checked.printed_errors.begin(), checked.printed_errors.end(),
                  std::back_inserter(result.printed_errors));
        for (verdicts::summary& each : result.summaries)
            if (const auto printed = checked.printed_contradictions.find(each.property);
                each.contradiction.empty() && printed != checked.printed_contradictions.end())
                each.contradiction = printed->second;
    }
    return result;
}

std::vector<std::string> errors_of(const revision_result& result) {
    std::vector<std::string> errors;
    for (const verdicts::report& report : result.reports)
        if (report.solvers_disagree())
            errors.push_back(
                fmt::format("{} {}: the solvers contradict each other, which is an error of bwcheck or of a solver{}",
                            report.revision, report.engine,
                            report.proof->second.problem.empty() ? "" : ": " + report.proof->second.problem));
    for (const verdicts::summary& each : result.summaries)
        if (!each.contradiction.empty())
            errors.push_back(fmt::format("{} {}: the engines contradict each other, which is an error of bwcheck: {}",
                                         result.reports.front().revision, each.property, each.contradiction));
    for (const std::string& printed : result.printed_errors)
        if (std::find(errors.begin(), errors.end(), printed) == errors.end())
            errors.push_back(printed);
    return errors;
}

exit_status status_of(const revision_result& result) {
    if (!errors_of(result).empty())
        return exit_status::internal;
    exit_status status = exit_status::success;
    for (const verdicts::summary& each : result.summaries)
        if (each.verdict == verdicts::verdict::violated)
            status = exit_status::violated;
        else if (each.verdict == verdicts::verdict::inconclusive)
            status = worse(status, exit_status::inconclusive);
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

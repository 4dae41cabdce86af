#include "cli/saved_failures.hpp"

#include "counterexamples/replay/make_trace.hpp"
#include "counterexamples/replay/why_not_judged.hpp"
#include "counterexamples/trace_file.hpp"
#include "properties/catalogue.hpp"
#include "text/input_error.hpp"
#include "text/printable.hpp"

#include <fmt/format.h>

namespace bwcheck::cli {

namespace {

using counterexamples::trace;
using text::printable;

void check_place(const std::filesystem::path& path, const trace& saved, std::string_view revision,
                 std::string_view property) {
    if (saved.revision != revision || saved.property != property)
        throw text::input_error(fmt::format("{}: is about {} of {}, and lies where {} of {} belongs", path.string(),
                                            text::printable(saved.property), text::printable(saved.revision), property,
                                            revision));
}

} // namespace

retried_failures retry_saved(const std::filesystem::path& corpus, std::string_view revision,
                             properties::property_set selected) {
    retried_failures retried;
    for (std::size_t property = 0; property < properties::catalogue_size; ++property) {
        const std::string id(properties::catalogue_infos[property].id);
        const auto path = counterexamples::trace_path(corpus, revision, id);
        if (!properties::contains(selected, property) || !std::filesystem::exists(path))
            continue;
        trace saved = counterexamples::read_trace(path);
        check_place(path, saved, revision, id);
        if (const std::string obstacle = counterexamples::why_not_judged(property, saved.part); !obstacle.empty()) {
            retried.others.push_back(fmt::format("{}: says nothing: {}", path.string(), text::printable(obstacle)));
            continue;
        }
        const auto report = counterexamples::replay(revision, property, saved.part, counterexamples::events_of(saved));
        if (report.broken_after)
            retried.still_happen.emplace(
                id, saved_failure{{path, std::move(saved)}, counterexamples::explanation_of(report)});
        else if (!report.stopped_by.empty())
            retried.others.push_back(fmt::format("{}: does not apply any more: stops at step {} of {}: {}",
                                                 path.string(), report.steps.size() + 1, saved.steps.size(),
                                                 text::printable(report.stopped_by)));
        else
            retried.others.push_back(fmt::format("{}: does not happen any more", path.string()));
    }
    return retried;
}

void add_saved(checked_revision& checked, const retried_failures& retried) {
    for (explorer::property_result& result : checked.found.properties) {
        const auto known = retried.still_happen.find(result.property);
        if (known == retried.still_happen.end() || result.verdict == explorer::verdict::violated)
            continue;
        result.reason = fmt::format("The saved counterexample {} still happens. {} The engine {} itself: {}{}{}",
                                    known->second.saved.path.string(), known->second.explanation, checked.engine,
                                    to_string(result.verdict), result.reason.empty() ? "" : ", ", result.reason);
        result.verdict = explorer::verdict::violated;
        checked.traces.insert_or_assign(std::string(result.property), known->second.saved);
    }
}

std::vector<std::filesystem::path> save_failures(const std::filesystem::path& corpus, const checked_revision& checked,
                                                 retried_failures& retried) {
    std::vector<std::filesystem::path> written;
    for (const auto& [property, found] : checked.traces) {
        const auto known = retried.still_happen.find(property);
        if (known != retried.still_happen.end() && known->second.saved.trace.steps.size() <= found.trace.steps.size())
            continue;
        written.push_back(counterexamples::trace_path(corpus, checked.found.revision, property));
        counterexamples::write_trace(written.back(), found.trace);
        retried.still_happen.insert_or_assign(property,
                                              saved_failure{{written.back(), found.trace}, found.trace.explanation});
    }
    return written;
}

} // namespace bwcheck::cli

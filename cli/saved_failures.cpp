#include "cli/saved_failures.hpp"

#include "counterexamples/replay/make_trace.hpp"
#include "counterexamples/replay/why_not_judged.hpp"
#include "counterexamples/trace_file.hpp"
#include "properties/catalogue.hpp"
#include "text/input_error.hpp"
#include "text/printable.hpp"
#include "verdicts/judged.hpp"

#include <fmt/format.h>

#include <map>

namespace bwcheck::cli {

namespace {

using counterexamples::trace;

void check_place(const std::filesystem::path& path, const trace& saved, std::string_view revision,
                 std::string_view property) {
    if (saved.revision != revision || saved.property != property)
        throw text::input_error(fmt::format("{}: is about {} of {}, and lies where {} of {} belongs", path.string(),
                                            text::printable(saved.property), text::printable(saved.revision), property,
                                            revision));
}

/// What became of one saved counterexample.
void retry(const std::filesystem::path& path, std::size_t property, verdicts::report& all) {
    const properties::property_info& info = properties::catalogue_infos[property];
    trace saved = counterexamples::read_trace(path);
    check_place(path, saved, all.revision, info.id);
    if (const std::string obstacle = counterexamples::why_not_judged(property, saved.part); !obstacle.empty()) {
        all.notes.push_back(fmt::format("{}: says nothing: {}", path.string(), text::printable(obstacle)));
        return;
    }
    const auto report = counterexamples::replay(all.revision, property, saved.part, counterexamples::events_of(saved));
    if (!report.broken_after) {
        all.notes.push_back(report.stopped_by.empty()
                                ? fmt::format("{}: does not happen any more", path.string())
                                : fmt::format("{}: does not apply any more: stops at step {} of {}: {}", path.string(),
                                              report.steps.size() + 1, saved.steps.size(),
                                              text::printable(report.stopped_by)));
        return;
    }
    all.notes.push_back(fmt::format("{} still breaks {}: {}", all.revision, info.id, path.string()));
    verdicts::finding& still = all.findings.emplace_back();
    still.property = info.id;
    still.verdict = verdicts::judged(info, true);
    still.reason = fmt::format("The saved counterexample {} still happens. {}", path.string(),
                               counterexamples::explanation_of(report));
    still.fired = 1;
    verdicts::run& run = still.run.emplace();
    run.part = saved.part;
    run.events = counterexamples::events_of(saved);
    run.found_events = run.events.size();
    run.survey = info.kind == properties::property_kind::survey;
}

class engine final : public verdicts::engine {
public:
    [[nodiscard]] std::string_view name() const override { return "saved"; }
    [[nodiscard]] properties::property_set judges() const override { return 0; }
    [[nodiscard]] int strength() const override { return 0; }
    [[nodiscard]] bool always() const override { return true; }

    [[nodiscard]] verdicts::report check(const model::revision& revision, const verdicts::request& asked,
                                         const verdicts::progress_text& /*on_progress*/) const override {
        verdicts::report all;
        all.revision = revision.info.id;
        all.engine = name();
        all.scope = "saved counterexamples";
        if (asked.corpus.empty())
            return all;
        properties::for_each_of(asked.selected, [&](std::size_t property) {
            if (property >= properties::catalogue_size)
                return;
            const auto path =
                counterexamples::trace_path(asked.corpus, all.revision, properties::catalogue_infos[property].id);
            if (std::filesystem::exists(path))
                retry(path, property, all);
        });
        return all;
    }

    [[nodiscard]] std::string grounds(const verdicts::finding& about, const verdicts::report& /*of*/) const override {
        return fmt::format("a saved counterexample of {} events still happens",
                           about.run ? about.run->events.size() : 0);
    }
    [[nodiscard]] bool covers(const verdicts::report& /*of*/, const model::scope_part& /*part*/) const override {
        return false;
    }
};

} // namespace

const verdicts::engine& saved_engine() {
    static const engine door;
    return door;
}

saved_trace read_saved(const std::filesystem::path& corpus, std::string_view revision, std::string_view property) {
    const auto path = counterexamples::trace_path(corpus, revision, property);
    return {path, counterexamples::read_trace(path)};
}

std::vector<std::filesystem::path> save_failures(const std::filesystem::path& corpus,
                                                 std::span<const checked_revision> of_one) {
    std::map<std::string, const saved_trace*, std::less<>> shortest;
    for (const checked_revision& checked : of_one)
        for (const auto& [property, found] : checked.traces) {
            const saved_trace*& known = shortest[property];
            if (known == nullptr || found.trace.steps.size() < known->trace.steps.size())
                known = &found;
        }
    std::vector<std::filesystem::path> written;
    for (const auto& [property, found] : shortest) {
        auto path = counterexamples::trace_path(corpus, of_one.front().report.revision, property);
        if (found->path == path)
            continue; // it is there
        counterexamples::write_trace(path, found->trace);
        written.push_back(std::move(path));
    }
    return written;
}

} // namespace bwcheck::cli

// `bwcheck diff`: what is different between two revisions.
#include "cli/commands.hpp"
#include "cli/known_names.hpp"
#include "cli/progress_line.hpp"
#include "cli/reports/against_base.hpp"
#include "cli/run_of_machines.hpp"
#include "cli/standard_output.hpp"
#include "explorer/exploration.hpp"
#include "model/revisions/registry.hpp"
#include "text/columns.hpp"
#include "text/style.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace bwcheck::cli {

namespace {

using verdicts::change;

/// Pairs of states, of a part; enough for every part of the default scope.
constexpr std::uint64_t most_pairs = 1'000'000;

/// One of the two revisions, explored.
struct explored_revision {
    const model::revision* revision;
    std::vector<checked_revision> checked;
    revision_result result;
};

std::vector<std::string> named(const std::vector<verdicts::compared_property>& compared, change wanted) {
    std::vector<std::string> names;
    for (const verdicts::compared_property& each : compared)
        if (each.change == wanted)
            names.emplace_back(each.property);
    return names;
}

class comparing {
public:
    explicit comparing(const diff_options& options)
        : options_(options), scope_(scope_of(options.scope)), look_(colour_wanted(options.colour)) {}

    exit_status run() {
        first_ = explored(options_.first);
        second_ = explored(options_.second);
        compared_ = verdicts::compare(second_.result.summaries, first_.result.summaries, 0);
        back_ = verdicts::compare(first_.result.summaries, second_.result.summaries, 0);
        difference_ = explorer::first_difference(
            *first_.revision, *second_.revision, scope_,
            {.jobs = options_.jobs, .memory_bytes = options_.memory_bytes, .most_states = most_pairs});
        write_output(options_.json ? json_text() : text());
        return difference_.run || !named_changes().empty() ? exit_status::violated
               : difference_.complete()                    ? exit_status::success
                                                           : exit_status::inconclusive;
    }

private:
    [[nodiscard]] explored_revision explored(const std::string& id) const {
        explored_revision one{&model::revision_named(id), {}, {}};
        explorer::exploration_options how;
        how.jobs = options_.jobs;
        how.memory_bytes = options_.memory_bytes;
        progress_line line(true);
        one.checked.emplace_back().report = explorer::explore_revision(
            *one.revision, scope_, how,
            [&](std::string_view part, const explorer::progress&) { line.show(fmt::format("{}, {}", id, part)); });
        one.result = result_of(one.checked);
        return one;
    }

    /// The properties of which the verdicts differ, with how.
    [[nodiscard]] std::vector<const verdicts::compared_property*> named_changes() const {
        std::vector<const verdicts::compared_property*> changes;
        for (const verdicts::compared_property& each : compared_)
            if (each.change != change::as_before || each.now->verdict != each.before->verdict)
                changes.push_back(&each);
        return changes;
    }

    [[nodiscard]] static std::string said(const verdicts::summary& by) {
        const auto& decisive = by.decisive;
        return decisive && decisive->said->measured
                   ? fmt::format("{} {}", to_string(by.verdict), *decisive->said->measured)
                   : std::string(to_string(by.verdict));
    }

    [[nodiscard]] std::string text() const {
        const std::string& a = options_.first;
        const std::string& b = options_.second;
        std::string all =
            look_(text::emphasis::strong, fmt::format("{} and {}, explored in the scope {}", a, b, scope_.name)) +
            "\n\n";
        const auto list = [&](const std::string& only, const std::vector<std::string>& names) {
            std::string lines = fmt::format("Violated on {} only: {}", only, names.empty() ? "nothing" : "");
            lines += fmt::format("{}", fmt::join(names, ", "));
            for (const std::string& line : text::wrap(lines, options_.width, 2))
                all += line + '\n';
        };
        list(a, named(back_, change::newly_violated));
        list(b, named(compared_, change::newly_violated));
        const auto changes = named_changes();
        if (!changes.empty())
            all += '\n' + fmt::format("  {:<32}{:<20}{}\n", "", a, b);
        for (const verdicts::compared_property* const each : changes)
            all += fmt::format("  {:<32}{:<20}{}\n", each->property, said(*each->before), said(*each->now));
        return all + '\n' + machines_text();
    }

    [[nodiscard]] std::string machines_text() const {
        std::string all;
        const auto name_writes = [&](const std::string& of, const std::vector<std::string>& writes) {
            if (writes.empty())
                return;
            for (const std::string& line :
                 text::wrap(fmt::format("Only {} knows, and neither is told: {}", of, fmt::join(writes, ", ")),
                            options_.width, 2))
                all += line + '\n';
        };
        name_writes(options_.first, difference_.only_first);
        name_writes(options_.second, difference_.only_second);
        if (!all.empty())
            all += '\n';
        if (difference_.run) {
            const auto& run = *difference_.run;
            all += fmt::format("The machines differ first after {} event{} in part {}:\n\n", run.events.size(),
                               run.events.size() == 1 ? "" : "s", run.part.name);
            return all + run_text(run, {first_.revision, second_.revision}, options_.width, look_);
        }
        return all + fmt::format("The machines do not differ within these bounds: {}.\n", scope_.name) +
               bounds_text(difference_.parts);
    }

    [[nodiscard]] std::string json_text() const {
        using json = nlohmann::ordered_json;
        json verdicts = json::array();
        for (const verdicts::compared_property* const each : named_changes())
            verdicts.push_back({{"property", each->property},
                                {"first", to_string(each->before->verdict)},
                                {"second", to_string(each->now->verdict)},
                                {"first_number", each->numbers ? json(each->numbers->second) : json(nullptr)},
                                {"second_number", each->numbers ? json(each->numbers->first) : json(nullptr)}});
        json parts = json::array();
        for (const explorer::compared_part& part : difference_.parts)
            parts.push_back(
                {{"part", part.part}, {"states", part.states}, {"events", part.events}, {"complete", part.complete}});
        json run = nullptr;
        if (difference_.run) {
            json events = json::array();
            for (const explorer::paired_event& each : difference_.run->events)
                events.push_back(
                    {{"kind", to_string(each.happening.kind)},
                     {"cpu", each.happening.cpu == model::no_cpu ? json(nullptr) : json(each.happening.cpu)},
                     {"write", each.happening.kind == model::event_kind::write
                                   ? json(to_string(difference_.run->part.writes.at(each.happening.index)))
                                   : json(nullptr)},
                     {"amount", each.happening.amount}});
            run = {{"part", difference_.run->part.name}, {"events", std::move(events)}};
        }
        const json all{{"first", options_.first},
                       {"second", options_.second},
                       {"scope", scope_.name},
                       {"verdicts", std::move(verdicts)},
                       {"only_first", difference_.only_first},
                       {"only_second", difference_.only_second},
                       {"difference", std::move(run)},
                       {"parts", std::move(parts)}};
        return all.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
    }

    const diff_options& options_;
    model::scope scope_;
    text::style look_;
    explored_revision first_{};
    explored_revision second_{};
    std::vector<verdicts::compared_property> compared_; // from the first to the second
    std::vector<verdicts::compared_property> back_;
    explorer::difference_report difference_;
};

} // namespace

exit_status run(const diff_options& options) { return comparing(options).run(); }

} // namespace bwcheck::cli

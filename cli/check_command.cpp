// `bwcheck check`: explores, writes counterexamples, reports.
#include "cli/commands.hpp"
#include "cli/engine_runs.hpp"
#include "cli/known_names.hpp"
#include "cli/progress_line.hpp"
#include "cli/reports/check_json.hpp"
#include "cli/reports/check_text.hpp"
#include "cli/reports/expectation.hpp"
#include "cli/reports/report_files.hpp"
#include "cli/reports/report_formats.hpp"
#include "cli/saved_failures.hpp"
#include "cli/standard_output.hpp"
#include "cli/written_trace.hpp"
#include "explorer/exploration.hpp"
#include "model/revisions/registry.hpp"
#include "properties/catalogue.hpp"
#include "text/style.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>
#include <span>

namespace bwcheck::cli {

namespace {

class checking {
public:
    explicit checking(const check_options& options) : options_(options), scope_(scope_of(options.scope)) {
        // What cannot be read is said before an hour of checking, not after it.
        if (!options_.expect.empty())
            expected_ = load_expectations(options_.expect);
        for (const std::string& revision : options_.revisions)
            retry(revision);
    }

    exit_status run() {
        const text::style look(colour_wanted(options_.colour));
        std::vector<checked_revision> all;
        exit_status status = exit_status::success;
        for (const std::string& revision : options_.revisions) {
            for (const std::string& engine : options_.engines) {
                const bool first = all.empty();
                all.push_back(check(revision, engine));
                if (&engine == &options_.engines.back()) {
                    add_unjudged(std::span(all).last(options_.engines.size()));
                    add_saved(all.back(), retried_[revision]);
                }
                status = worse(status, status_of(all.back()));
                if (options_.json || options_.b4)
                    continue;
                if (!first)
                    write_output("\n");
                write_output(check_text(all.back(), look, options_.verbose));
                finish_output();
            }
        }
        if (options_.json)
            write_output(check_json(all));
        if (options_.b4)
            write_output(b4_text(all));
        write_reports(options_, all);
        return options_.expect.empty() ? status : compare(expected_, all, selected());
    }

private:
    /// What failed once is tried again before anything else, and told at once.
    void retry(const std::string& revision) {
        if (options_.corpus.empty())
            return;
        retried_failures& retried = retried_[revision] = retry_saved(options_.corpus, revision, selected());
        if (options_.quiet)
            return;
        for (const std::string& one : retried.others)
            say(one);
        for (const auto& [property, failure] : retried.still_happen)
            say(fmt::format("{} still violates {}: {}", revision, property, failure.saved.path.string()));
    }

    [[nodiscard]] checked_revision check(const std::string& revision, const std::string& engine) {
        checked_revision checked = engine == "random"
                                       ? check_randomly(revision, options_, scope_, selected(), budget_left())
                                   : engine == "prove" ? check_by_proof(revision, options_, selected(), budget_left())
                                                       : explore(revision);
        if (!checked.traces.empty() && !options_.quiet)
            say(fmt::format("wrote {} counterexample{} to {}", checked.traces.size(),
                            checked.traces.size() == 1 ? "" : "s",
                            (std::filesystem::path(options_.traces) / revision).string()));
        retried_failures& retried = retried_[revision];
        if (options_.save)
            for (const auto& path : save_failures(options_.corpus, checked, retried))
                if (!options_.quiet)
                    say(fmt::format("saved {}", path.string()));
        add_saved(checked, retried);
        return checked;
    }

    [[nodiscard]] checked_revision explore(const std::string& revision) {
        checked_revision checked;
        {
            progress_line line(!options_.quiet);
            checked.found =
                explorer::explore_revision(model::revision_named(revision), scope_, exploration_options(),
                                           [&](std::string_view part, const explorer::progress& now) {
                                               line.show(fmt::format("{}, {}", revision, progress_text(part, now)));
                                           });
        }
        for (const auto& result : checked.found.properties)
            if (result.trace)
                write_trace(checked, options_,
                            {.property = result.property,
                             .part = scope_.parts.at(result.trace->part),
                             .events = result.trace->events});
        return checked;
    }

    /// A property that was asked for and that no engine looked at is open, and must not be missing from the report.
    /// `of_one`: all that the engines found of one revision; the last of them gets what is missing.
    void add_unjudged(std::span<checked_revision> of_one) const {
        properties::property_set judged = 0;
        for (const checked_revision& checked : of_one)
            for (const auto& result : checked.found.properties)
                judged |= properties::only(result.property);
        auto& all = of_one.back().found.properties;
        for (std::size_t number = 0; number < properties::catalogue_size; ++number) {
            if (!properties::contains(selected() & ~judged, number))
                continue;
            const auto& info = properties::catalogue_infos[number];
            explorer::property_result open;
            open.property = info.id;
            open.reason = fmt::format("{}; --engine {} does", not_judged,
                                      info.kind == properties::property_kind::operation ? "prove" : "explore");
            all.push_back(std::move(open));
        }
        std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
            return properties::property_number(a.property) < properties::property_number(b.property);
        });
    }

    /// The properties that were asked for.
    [[nodiscard]] properties::property_set selected() const {
        properties::property_set bits = options_.properties.empty() ? properties::all_properties : 0;
        for (const std::string& property : options_.properties)
            bits |= properties::only(property_of(property));
        return bits;
    }

    [[nodiscard]] explorer::exploration_options exploration_options() const {
        explorer::exploration_options how;
        how.jobs = options_.jobs;
        how.memory_bytes = options_.memory_bytes;
        how.budget_seconds = budget_left();
        how.selected = selected();
        return how;
    }

    /// The budget is for the whole command. A revision that gets none of it is still reported, as not explored.
    [[nodiscard]] double budget_left() const {
        if (options_.budget_seconds <= 0)
            return 0;
        constexpr double least = 1e-3;
        const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin_;
        return std::max(options_.budget_seconds - spent.count(), least);
    }

    const check_options& options_;
    model::scope scope_;
    expectations expected_;
    std::map<std::string, retried_failures, std::less<>> retried_; ///< by revision
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

} // namespace

exit_status run(const check_options& options) { return checking(options).run(); }

} // namespace bwcheck::cli

// `bwcheck check`: lets every engine look, writes counterexamples, reports.
#include "cli/commands.hpp"
#include "cli/engines.hpp"
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
#include "model/revisions/registry.hpp"
#include "properties/catalogue.hpp"
#include "text/input_error.hpp"
#include "text/shell_word.hpp"
#include "text/style.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <span>

namespace bwcheck::cli {

namespace {

class checking {
public:
    explicit checking(const check_options& options) : options_(options) {
        asked_.selected = properties_of(options.properties);
        asked_.scope = scope_of(options.scope);
        asked_.scope_given = options.scope_given;
        asked_.jobs = options.jobs;
        asked_.memory_bytes = options.memory_bytes;
        asked_.seed = options.seed;
        asked_.cases = options.cases;
        asked_.corpus = options.corpus;
        asked_.smt2 = options.smt2;
        asked_.second_opinion = options.second_opinion;
        for (const verdicts::engine* const each : engines())
            if (each->always() ||
                std::find(options.engines.begin(), options.engines.end(), each->name()) != options.engines.end())
                asked_engines_.push_back(each);
        // What cannot be read or done is said before an hour of checking, not after it.
        if (!options_.expect.empty())
            expected_ = load_expectations(options_.expect);
        for (const verdicts::engine* const each : asked_engines_)
            if (const std::string obstacle = each->obstacle(asked_); !obstacle.empty())
                throw text::input_error(obstacle);
    }

    exit_status run() {
        const text::style look(colour_wanted(options_.colour));
        std::vector<checked_revision> all;
        exit_status status = exit_status::success;
        for (std::size_t number = 0; number < options_.revisions.size(); ++number) {
            std::vector<checked_revision> of_one =
                check(model::revision_named(options_.revisions[number]), options_.revisions.size() - number);
            const revision_result result = result_of(of_one);
            status = worse(status, status_of(result));
            if (!options_.json && !options_.b4) {
                if (!all.empty())
                    write_output("\n");
                write_output(check_text(of_one, result, look, options_.verbose));
                finish_output();
            }
            std::move(of_one.begin(), of_one.end(), std::back_inserter(all));
        }
        if (options_.json)
            write_output(check_json(all));
        if (options_.b4)
            write_output(b4_text(all));
        write_reports(options_, all);
        return options_.expect.empty() ? status : compare(expected_, all, asked_for_all());
    }

private:
    /// All engines on one revision. `revisions_left`: with this one; they share what is left of the budget.
    [[nodiscard]] std::vector<checked_revision> check(const model::revision& revision, std::size_t revisions_left) {
        std::vector<checked_revision> of_one;
        std::size_t engines_left = asked_engines_.size();
        for (const verdicts::engine* const engine : asked_engines_) {
            checked_revision checked = ask(*engine, revision, revisions_left * engines_left--);
            if (engine->always() && checked.report.findings.empty())
                continue; // it had nothing to look at
            of_one.push_back(std::move(checked));
        }
        add_unjudged(of_one);
        if (options_.save)
            for (const auto& path : save_failures(options_.corpus, of_one))
                say_unless_quiet(fmt::format("saved {}", path.string()));
        return of_one;
    }

    [[nodiscard]] checked_revision ask(const verdicts::engine& engine, const model::revision& revision,
                                       std::size_t shares) {
        checked_revision checked;
        asked_.budget_seconds = budget_left() / static_cast<double>(shares);
        {
            progress_line line(!options_.quiet);
            checked.report = engine.check(revision, asked_, [&](const std::string& text) {
                line.show(fmt::format("{}, {}, {}", revision.info.id, engine.name(), text));
            });
        }
        checked.report.asked = options_.shard ? options_.shard->properties : asked_.selected;
        if (!engine.always())
            checked.report.shard = options_.shard;
        for (const std::string& note : checked.report.notes)
            say_unless_quiet(note);
        for (verdicts::finding& each : checked.report.findings)
            if (each.run && each.run->seed)
                tell_seed(each, checked.report);
        if (engine.always()) {
            for (const verdicts::finding& each : checked.report.findings)
                checked.traces.emplace(each.property,
                                       read_saved(options_.corpus, checked.report.revision, each.property));
            return checked;
        }
        write_traces(checked, options_.traces, engine.name() == options_.engines.front());
        if (!checked.traces.empty())
            say_unless_quiet(fmt::format("wrote {} counterexample{} to {}", checked.traces.size(),
                                         checked.traces.size() == 1 ? "" : "s",
                                         (std::filesystem::path(options_.traces) / revision.info.id).string()));
        return checked;
    }

    /// How to find the case again, whatever it was shrunk to.
    void tell_seed(verdicts::finding& about, const verdicts::report& in) const {
        about.reason +=
            fmt::format("{} Found with seed {}: bwcheck check {} --engine {}{} --property {} --seed {} --cases 1",
                        about.reason.ends_with('.') ? "" : ".", *about.run->seed, in.revision, in.engine,
                        options_.scope_given ? " --scope " + text::shell_word(options_.scope) : "", about.property,
                        *about.run->seed);
        if (!about.run->did_not_matter.empty())
            about.reason += fmt::format(". Would do as well: {}", fmt::join(about.run->did_not_matter, "; "));
    }

    /// A property that was asked for and that no engine looked at is open, and must not be missing from the report. The
    /// last engine's gets it.
    void add_unjudged(std::vector<checked_revision>& of_one) const {
        properties::property_set judged = 0;
        for (const checked_revision& checked : of_one)
            for (const verdicts::finding& each : checked.report.findings)
                judged |= properties::only(each.property);
        auto& all = of_one.back().report.findings;
        for (std::size_t number = 0; number < properties::catalogue_size; ++number) {
            if (!properties::contains(asked_.selected & ~judged, number))
                continue;
            verdicts::finding& open = all.emplace_back();
            open.property = properties::catalogue_infos[number].id;
            open.reason = not_judged;
            const verdicts::engine* strongest = nullptr;
            for (const verdicts::engine* const each : engines())
                if (properties::contains(each->judges(), number) &&
                    (strongest == nullptr || each->strength() > strongest->strength()))
                    strongest = each;
            if (strongest != nullptr)
                open.reason += fmt::format("; --engine {} does", strongest->name());
        }
        std::stable_sort(all.begin(), all.end(), [](const verdicts::finding& a, const verdicts::finding& b) {
            return properties::property_number(a.property) < properties::property_number(b.property);
        });
    }

    /// Everything of which there has to be a result if one is expected.
    [[nodiscard]] asked_for asked_for_all() const {
        asked_for all{.revisions = options_.revisions, .engines = {}, .properties = asked_.selected};
        for (const verdicts::engine* const each : asked_engines_)
            if (!each->always() || !options_.corpus.empty())
                all.engines.emplace_back(each->name());
        return all;
    }

    /// The budget is for the whole command. A revision that gets none of it is still reported, as not looked at.
    [[nodiscard]] double budget_left() const {
        if (options_.budget_seconds <= 0)
            return 0;
        constexpr double least = 1e-3;
        const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin_;
        return std::max(options_.budget_seconds - spent.count(), least);
    }

    void say_unless_quiet(const std::string& text) const {
        if (!options_.quiet)
            say(text);
    }

    const check_options& options_;
    verdicts::request asked_;
    std::vector<const verdicts::engine*> asked_engines_;
    expectations expected_;
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

} // namespace

exit_status run(const check_options& options) { return checking(options).run(); }

} // namespace bwcheck::cli

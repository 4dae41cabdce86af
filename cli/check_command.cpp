// `bwcheck check`: lets every engine look, writes counterexamples, reports.
#include "cli/commands.hpp"
#include "cli/engines.hpp"
#include "cli/known_names.hpp"
#include "cli/progress_line.hpp"
#include "cli/reports/against_base.hpp"
#include "cli/reports/check_json.hpp"
#include "cli/reports/check_text.hpp"
#include "cli/reports/expectation.hpp"
#include "cli/reports/report_files.hpp"
#include "cli/reports/report_formats.hpp"
#include "cli/saved_failures.hpp"
#include "cli/standard_output.hpp"
#include "cli/written_trace.hpp"
#include "counterexamples/replay/replay.hpp"
#include "explorer/causes.hpp"
#include "explorer/comparison.hpp"
#include "model/revisions/registry.hpp"
#include "properties/catalogue.hpp"
#include "text/input_error.hpp"
#include "text/shell_word.hpp"
#include "text/style.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <deque>
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
        comparisons against;
        against.new_only = options_.new_only;
        exit_status status = exit_status::success;
        for (std::size_t number = 0; number < options_.revisions.size(); ++number) {
            const model::revision& revision = model::revision_named(options_.revisions[number]);
            const model::revision* const base = base_of(revision.info.id, options_.against);
            const std::size_t shares = 2 * (options_.revisions.size() - number);
            std::vector<checked_revision> of_one = check(revision, base == nullptr ? shares / 2 : shares);
            const revision_result& result = results_.emplace_back(result_of(of_one));
            if (base != nullptr)
                against.by_patch.insert_or_assign(std::string(revision.info.id),
                                                  hold_against(*base, revision, of_one, result, all, shares - 1));
            const against_base* const held = against.of(revision.info.id);
            find_causes(revision, result, held, against);
            status =
                worse(status, held != nullptr && options_.new_only ? status_of_news(result, *held) : status_of(result));
            if (!options_.json && !options_.b4) {
                if (!all.empty())
                    write_output("\n");
                write_output(check_text(of_one, result, look, options_.verbose, against));
                finish_output();
            }
            std::move(of_one.begin(), of_one.end(), std::back_inserter(all));
        }
        if (options_.json)
            write_output(check_json(all, against));
        if (options_.b4)
            write_output(b4_text(all, against));
        write_reports(options_, all, against);
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

    /// Pairs of states, of a part, among which a run is sought that is wrong on a patch only.
    static constexpr std::uint64_t most_pairs = 50'000;

    /// What a base does, as far as it tells what the patch changes: everything that is explored and tried at random;
    /// and, since proofs take the longest, those of what the patch breaks and nothing broke on the base so far. `done`:
    /// what this command checked already, which may have it.
    [[nodiscard]] against_base hold_against(const model::revision& base, const model::revision& patch,
                                            std::span<const checked_revision> of_patch, const revision_result& result,
                                            std::span<const checked_revision> done, std::size_t shares) {
        against_base against;
        against.base = base.info.id;
        const properties::property_set also_broken = broken_by_the_same_runs(base, of_patch);
        std::copy_if(done.begin(), done.end(), std::back_inserter(against.checked),
                     [&](const checked_revision& checked) { return checked.report.revision == base.info.id; });
        if (against.checked.empty())
            check_base(base, result, also_broken, shares, against);
        against.result = result_of(against.checked);
        against.compared = verdicts::compare(result.summaries, against.result.summaries, also_broken);
        seek_own_ways(patch, base, against);
        return against;
    }

    void check_base(const model::revision& base, const revision_result& of_patch, properties::property_set also_broken,
                    std::size_t shares, against_base& against) {
        const properties::property_set everything = asked_.selected;
        properties::property_set judged = 0; // by engines that do not prove
        std::size_t engines_left = asked_engines_.size();
        for (const verdicts::engine* const engine : asked_engines_) {
            if (engine->proves())
                asked_.selected = everything & (~judged | open_on_base(of_patch, against, also_broken));
            else
                judged |= engine->judges();
            if ((asked_.selected & engine->judges()) != 0 || engine->always()) {
                checked_revision checked;
                checked.report = report_of(*engine, base, shares * engines_left);
                against.checked.push_back(std::move(checked));
            }
            --engines_left;
            asked_.selected = everything;
        }
    }

    /// What the patch breaks, and nothing breaks on the base so far.
    [[nodiscard]] static properties::property_set
    open_on_base(const revision_result& of_patch, const against_base& against, properties::property_set also_broken) {
        properties::property_set open = 0;
        for (const verdicts::summary& each : of_patch.summaries)
            if (verdicts::is_broken(each.verdict))
                open |= properties::only(each.property);
        const revision_result so_far = result_of(against.checked);
        for (const verdicts::summary& each : so_far.summaries)
            if (verdicts::is_broken(each.verdict))
                open &= ~properties::only(each.property);
        return open & ~also_broken;
    }

    /// The properties that a run which breaks them on the patch breaks on the base as well: the quickest way to know.
    [[nodiscard]] static properties::property_set broken_by_the_same_runs(const model::revision& base,
                                                                          std::span<const checked_revision> of_patch) {
        properties::property_set broken = 0;
        for (const checked_revision& checked : of_patch)
            for (const verdicts::finding& each : checked.report.findings) {
                const std::size_t property = properties::property_number(each.property).value();
                if (each.verdict == verdicts::verdict::violated && each.run &&
                    each.run->part.nr_cpus <= model::plain::max_cpus && !properties::contains(broken, property) &&
                    counterexamples::replay(base.info.id, property, each.run->part, each.run->events).broken_after)
                    broken |= properties::only(property);
            }
        return broken;
    }

    /// What the base breaks must not hide what the patch breaks.
    void seek_own_ways(const model::revision& patch, const model::revision& base, against_base& against) const {
        if (!explores() || budget_is_spent())
            return;
        properties::property_set both = 0;
        for (const verdicts::compared_property& each : against.compared)
            if (each.now->verdict == verdicts::verdict::violated && each.violated_before)
                both |= properties::only(each.property);
        if (both == 0)
            return;
        std::size_t written = 0;
        for (const explorer::own_violation& own :
             explorer::own_violations(patch, base, asked_.scope, both, pair_bounds())) {
            const std::string_view property = properties::catalogue_infos[own.property].id;
            own_way& way = against.own[std::string(property)];
            way.lone_writes = own.lone_writes;
            way.complete = own.complete;
            way.events = own.events;
            if (!own.run)
                continue;
            way.trace = write_own_trace({.patch = patch.info.id,
                                         .base = base.info.id,
                                         .property = property,
                                         .scope = asked_.scope.name,
                                         .directory = options_.traces},
                                        *own.run);
            ++written;
        }
        if (written > 0)
            say_unless_quiet(fmt::format("wrote {} run{} that {} right on {} to {}", written, written == 1 ? "" : "s",
                                         written == 1 ? "is" : "are", base.info.id,
                                         (std::filesystem::path(options_.traces) / patch.info.id).string()));
    }

    /// Which violations come of which.
    void find_causes(const model::revision& revision, const revision_result& result, const against_base* held,
                     comparisons& told) const {
        properties::property_set violated = 0;
        properties::property_set before = 0;
        for (const verdicts::summary& each : result.summaries)
            if (each.verdict == verdicts::verdict::violated) {
                violated |= properties::only(each.property);
                const verdicts::compared_property* const compared = comparison_of(each.property, held);
                if (compared != nullptr && compared->violated_before)
                    before |= properties::only(each.property);
            }
        const bool is_alone = (violated & (violated - 1)) == 0; // or there is none
        if (is_alone || options_.shard || !explores() || budget_is_spent())
            return;
        told.causes.insert_or_assign(std::string(revision.info.id),
                                     explorer::causes_of(revision, asked_.scope, violated, before, pair_bounds()));
    }

    [[nodiscard]] bool explores() const {
        return std::any_of(asked_engines_.begin(), asked_engines_.end(),
                           [](const verdicts::engine* engine) { return engine->finds_short_runs(); });
    }
    [[nodiscard]] explorer::comparison_options pair_bounds() const {
        return {.jobs = asked_.jobs, .memory_bytes = asked_.memory_bytes, .most_states = most_pairs};
    }

    [[nodiscard]] verdicts::report report_of(const verdicts::engine& engine, const model::revision& revision,
                                             std::size_t shares) {
        asked_.budget_seconds = budget_left() / static_cast<double>(shares);
        progress_line line(!options_.quiet);
        verdicts::report report = engine.check(revision, asked_, [&](const std::string& text) {
            line.show(fmt::format("{}, {}, {}", revision.info.id, engine.name(), text));
        });
        report.asked = asked_.selected;
        return report;
    }

    [[nodiscard]] checked_revision ask(const verdicts::engine& engine, const model::revision& revision,
                                       std::size_t shares) {
        checked_revision checked;
        checked.report = report_of(engine, revision, shares);
        if (options_.shard)
            checked.report.asked = options_.shard->properties;
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
        const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin_;
        return std::max(options_.budget_seconds - spent.count(), least_budget);
    }
    [[nodiscard]] bool budget_is_spent() const { return options_.budget_seconds > 0 && budget_left() <= least_budget; }

    void say_unless_quiet(const std::string& text) const {
        if (!options_.quiet)
            say(text);
    }

    static constexpr double least_budget = 1e-3; // seconds

    const check_options& options_;
    verdicts::request asked_;
    std::vector<const verdicts::engine*> asked_engines_;
    expectations expected_;
    std::deque<revision_result> results_; // comparisons point into them
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

} // namespace

exit_status run(const check_options& options) { return checking(options).run(); }

} // namespace bwcheck::cli

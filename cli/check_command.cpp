// `bwcheck check`: explores, writes counterexamples, reports.
#include "cli/check_json.hpp"
#include "cli/check_text.hpp"
#include "cli/commands.hpp"
#include "cli/engine_runs.hpp"
#include "cli/expectation.hpp"
#include "cli/known_names.hpp"
#include "cli/progress_line.hpp"
#include "cli/report_formats.hpp"
#include "cli/standard_output.hpp"
#include "cli/usage_error.hpp"
#include "cli/version.hpp"
#include "counterexamples/make_trace.hpp"
#include "counterexamples/trace_file.hpp"
#include "explorer/exploration.hpp"
#include "properties/catalogue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <span>

namespace bwcheck::cli {

namespace {

class checking {
public:
    explicit checking(const check_options& options) : options_(options), scope_(scope_of(options.scope)) {
        // What cannot be read is said before an hour of checking, not after it.
        if (!options_.expect.empty())
            expected_ = load_expectations(options_.expect);
    }

    exit_status run() {
        const counterexamples::style look(colour_wanted(options_.colour));
        std::vector<checked_revision> all;
        exit_status status = exit_status::success;
        for (const std::string& revision : options_.revisions) {
            for (const std::string& engine : options_.engines) {
                const bool first = all.empty();
                all.push_back(check(revision, engine));
                if (&engine == &options_.engines.back())
                    add_unjudged(std::span(all).last(options_.engines.size()));
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
        write_files(all);
        return options_.expect.empty() ? status : compare(all);
    }

private:
    static void write_file(const std::string& path, const std::string& text) {
        if (path.empty())
            return;
        std::ofstream out(path, std::ios::binary);
        out << text;
        out.close();
        if (!out)
            throw usage_error(fmt::format("{}: cannot be written", path));
    }

    void write_files(const std::vector<checked_revision>& all) const {
        if (!options_.junit.empty())
            write_file(options_.junit, junit_text(all));
        if (!options_.ktap.empty())
            write_file(options_.ktap, ktap_text(all));
        if (!options_.write_expect.empty())
            write_file(options_.write_expect, expectations_text(all));
    }

    [[nodiscard]] exit_status compare(const std::vector<checked_revision>& all) const {
        const auto different = differences(expected_, all, selected());
        for (const std::string& one : different)
            say(one);
        return different.empty() ? exit_status::success : exit_status::violated;
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
        return checked;
    }

    [[nodiscard]] checked_revision explore(const std::string& revision) {
        checked_revision checked;
        {
            progress_line line(!options_.quiet);
            checked.found = explorer::explore_revision(
                revision, scope_, exploration_options(), [&](std::string_view part, const explorer::progress& now) {
                    line.show(fmt::format("{}, {}", revision, progress_text(part, now)));
                });
        }
        for (const auto& result : checked.found.properties)
            if (result.trace)
                checked.traces.emplace(result.property, save(checked.found, result));
        return checked;
    }

    /// A property that was asked for and that no engine looked at is open, and must not be missing from the report.
    /// `of_one`: all that the engines found of one revision; the last of them gets what is missing.
    void add_unjudged(std::span<checked_revision> of_one) const {
        std::uint64_t judged = 0;
        for (const checked_revision& checked : of_one)
            for (const auto& result : checked.found.properties)
                judged |= std::uint64_t{1} << properties::property_number(result.property).value();
        auto& all = of_one.back().found.properties;
        for (std::size_t number = 0; number < properties::catalogue_size; ++number) {
            if (((selected() & ~judged) >> number & 1U) == 0)
                continue;
            const auto& info = properties::catalogue_infos[number];
            explorer::property_result open;
            open.property = info.id;
            open.reason = fmt::format("not judged: no engine that was asked looks at it; --engine {} does",
                                      info.kind == properties::property_kind::operation ? "prove" : "explore");
            all.push_back(std::move(open));
        }
        std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
            return properties::property_number(a.property) < properties::property_number(b.property);
        });
    }

    /// The properties that were asked for, a bit each.
    [[nodiscard]] std::uint64_t selected() const {
        std::uint64_t bits = options_.properties.empty() ? ~std::uint64_t{0} : 0;
        for (const std::string& property : options_.properties)
            bits |= std::uint64_t{1} << property_of(property);
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

    [[nodiscard]] saved_trace save(const explorer::exploration& found, const explorer::property_result& result) const {
        const counterexamples::finding what{.revision = found.revision,
                                            .property = std::string(result.property),
                                            .engine = "explore",
                                            .scope = scope_.name,
                                            .seed = {},
                                            .tool_version = std::string(version)};
        saved_trace saved{
            .path = counterexamples::trace_path(options_.traces, found.revision, result.property),
            .trace = counterexamples::make_trace(what, scope_.parts.at(result.trace->part), result.trace->events)};
        counterexamples::write_trace(saved.path, saved.trace);
        return saved;
    }

    const check_options& options_;
    model::scope scope_;
    expectations expected_;
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

} // namespace

exit_status run(const check_options& options) { return checking(options).run(); }

} // namespace bwcheck::cli

#include "counterexamples/render.hpp"

#include "counterexamples/field_text.hpp"
#include "properties/catalogue.hpp"
#include "text/columns.hpp"
#include "text/printable.hpp"
#include "text/style.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

namespace bwcheck::counterexamples {

namespace {

constexpr std::size_t heading_width = 4; // "step" and "time"
constexpr std::size_t gap = 2;
constexpr std::size_t narrowest = 15; // throttle_cfs_rq
constexpr std::size_t widest = 34;
constexpr std::size_t of_user_space = 21; // cpu_runtime_write_u64
constexpr std::size_t of_timers = 11;     // refill in 6
constexpr std::size_t first_actor = 2;    // after step and time

/// Ticks from the first step to the last, ns.
std::uint64_t duration_of(const trace& trace) {
    std::uint64_t sum = 0;
    for (const trace_step& step : trace.steps)
        sum += step.event.kind == model::event_kind::tick ? step.event.amount : 0;
    return sum;
}

/// As typed into a shell; quotes only where they are needed.
std::string write_text(const model::scope_write& write) {
    constexpr std::string_view harmless = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 +-.";
    const bool quoted = write.text.empty() || write.text.find_first_not_of(harmless) != std::string::npos;
    return fmt::format("echo {0}{1}{0} > {2}", quoted ? "\"" : "", text::printable(write.text),
                       model::to_string(write.file));
}

class page {
public:
    page(const trace& trace, const render_options& options)
        : trace_(trace), options_(options), look_(options.coloured) {
        const auto actors = static_cast<std::size_t>(trace.part.nr_cpus) + 2;
        const std::size_t step_width = std::max(heading_width, std::to_string(trace.steps.size()).size());
        const std::size_t clock_width = std::max(heading_width, std::to_string(duration_of(trace)).size());
        const std::size_t taken = step_width + clock_width + 2 * gap;
        const std::size_t left = options.width + gap - std::min(taken, options.width);
        widths_ = {step_width, clock_width};
        const std::size_t equal = left / actors - gap;
        widths_.insert(widths_.end(), actors, std::clamp(equal, narrowest, widest));
        if (equal < of_user_space) { // on a narrow page, each as wide as the longest word in it
            const std::size_t cpus = actors - 2;
            const std::size_t others = of_user_space + of_timers + 2 * gap;
            std::fill_n(widths_.begin() + first_actor, cpus,
                        std::max(narrowest, (left - std::min(left, others)) / cpus - gap));
            widths_[timers()] = of_timers;
            widths_[user_space()] = of_user_space;
        }
        const auto property = properties::property_number(trace.property);
        statistics_matter_ = property && properties::catalogue_infos[*property].shows_statistics;
    }

    [[nodiscard]] std::string text() {
        std::string all = heading();
        all += table();
        all += '\n' + conclusion();
        return all;
    }

private:
    [[nodiscard]] std::string heading() const {
        std::string all = look_(text::emphasis::strong, fmt::format("{} violates {}", text::printable(trace_.revision),
                                                                    text::printable(trace_.property))) +
                          '\n';
        std::string origin =
            fmt::format("Scope {}, part {}: {} CPU{}.", text::printable(trace_.scope),
                        text::printable(trace_.part.name), trace_.part.nr_cpus, trace_.part.nr_cpus == 1 ? "" : "s");
        if (!trace_.setup.empty())
            origin += " Setup:";
        for (std::size_t number = 0; number < trace_.setup.size(); ++number)
            origin += fmt::format("{} {}{}", number == 0 ? "" : ",", write_text(trace_.setup[number].written),
                                  result_text(trace_.setup[number].result));
        all += paragraph(trace_.setup.empty() ? origin : origin + ".");
        return all + paragraph(letters_text()) + '\n';
    }

    [[nodiscard]] std::string table() {
        std::vector<text::cell> header(widths_.size());
        header[0] = {{"step", text::emphasis::strong}};
        header[1] = {{"time", text::emphasis::strong}};
        for (int cpu = 0; cpu < trace_.part.nr_cpus; ++cpu)
            header[first_actor + static_cast<std::size_t>(cpu)] = {{fmt::format("cpu{}", cpu), text::emphasis::strong}};
        header[timers()] = {{"timers", text::emphasis::strong}};
        header[user_space()] = {{"user space", text::emphasis::strong}};
        std::string all = text::columns(header, widths_, look_, gap);
        all += text::columns(beginning(), widths_, look_, gap);
        const snapshot* shown = &trace_.initial;
        const snapshot* previous = &trace_.initial;
        for (std::size_t number = 0; number < trace_.steps.size(); ++number) {
            const trace_step& step = trace_.steps[number];
            if (step.event.kind == model::event_kind::tick)
                clock_ += step.event.amount;
            const bool last = number + 1 == trace_.steps.size();
            if (options_.detail == detail_level::readable && step.event.kind == model::event_kind::tick && !last) {
                previous = &step.state;
                continue;
            }
            all += text::columns(block(number, *shown, *previous), widths_, look_, gap);
            shown = previous = &step.state;
        }
        return all;
    }

    /// The state that the run begins with.
    [[nodiscard]] std::vector<text::cell> beginning() const {
        std::vector<text::cell> row(widths_.size());
        row[1] = {{"0", text::emphasis::none}};
        if (options_.detail == detail_level::full) {
            tell_all_fields(row, user_space(), trace_.initial, trace_.initial);
            return row;
        }
        const auto text_of = [&](model::field which, model::cpu_id cpu = model::no_cpu) {
            const field_content* content = find_field(trace_.initial, which, cpu);
            return content == nullptr ? std::string() : field_label(which) + ' ' + content_text(*content);
        };
        const auto is_set = [&](model::field which, model::cpu_id cpu = model::no_cpu) {
            const field_content* content = find_field(trace_.initial, which, cpu);
            return content != nullptr && *content == field_content(true);
        };
        for (model::cpu_id cpu = 0; cpu < trace_.part.nr_cpus; ++cpu)
            row[first_actor + static_cast<std::size_t>(cpu)] = {
                {text_of(model::field::runtime_remaining, cpu) +
                     (is_set(model::field::runtime_enabled, cpu) ? ", limited" : ", not limited"),
                 text::emphasis::none}};
        row[timers()] = {
            {is_set(model::field::period_active) ? text_of(model::field::period_timer) : "period timer off",
             text::emphasis::none}};
        row[user_space()] = {{fmt::format("{}, {}, {}, {}", text_of(model::field::quota), text_of(model::field::period),
                                          text_of(model::field::burst), text_of(model::field::runtime)),
                              text::emphasis::none}};
        return row;
    }

    /// The lines of one step.
    [[nodiscard]] std::vector<text::cell> block(std::size_t number, const snapshot& shown,
                                                const snapshot& previous) const {
        const trace_step& step = trace_.steps[number];
        const bool last = number + 1 == trace_.steps.size();
        const std::size_t actor = actor_of(step.event);
        std::vector<text::cell> row(widths_.size());
        row[0] = {{std::to_string(number + 1), text::emphasis::none}};
        row[1] = {{std::to_string(clock_), text::emphasis::none}};
        // Below the event's own line, so that what it causes elsewhere does not seem to come before it.
        for (std::size_t column = first_actor; column < row.size(); ++column)
            if (column != actor)
                row[column].push_back({"", text::emphasis::none});
        row[actor].push_back({event_text(step), last ? text::emphasis::bad : text::emphasis::strong});
        if (options_.detail != detail_level::diff)
            tell_source(row, actor, step);
        if (options_.detail == detail_level::full)
            tell_all_fields(row, actor, shown, step.state);
        else
            tell_changes(row, actor, shown, previous, step);
        return row;
    }

    /// The steps that ran, in the column of whoever ran them. One that ran for several CPUs in a row is told once.
    void tell_source(std::vector<text::cell>& row, std::size_t actor, const trace_step& step) const {
        std::size_t told_in = 0;
        std::string_view told;
        for (const source_step& one : step.source) {
            const bool by_ipi = one.function == model::step::cfsb_csd_unthrottle;
            const std::size_t own = one.cpu == model::no_cpu ? actor : first_actor + static_cast<std::size_t>(one.cpu);
            const std::size_t column = by_ipi ? own : actor;
            const std::string_view function = model::to_string(one.function);
            const std::string cpu = column == own ? "" : fmt::format(" cpu{}", one.cpu);
            if (column == told_in && function == told && !cpu.empty())
                row[column].back().text += cpu;
            else
                row[column].push_back({fmt::format("{}{}", function, cpu), text::emphasis::faint});
            told_in = column;
            told = function;
        }
    }

    void tell_changes(std::vector<text::cell>& row, std::size_t actor, const snapshot& shown, const snapshot& previous,
                      const trace_step& step) const {
        std::vector<std::string> texts(row.size());
        for (const told_change& change : changes_between(shown, step.state)) {
            if (options_.detail == detail_level::readable && !matters(change.which, previous, step.state))
                continue;
            std::string& text = texts[place_of(change.column, actor)];
            text += (text.empty() ? "" : ", ") + change.text;
        }
        for (std::size_t column = first_actor; column < row.size(); ++column)
            if (!texts[column].empty())
                row[column].push_back({texts[column], text::emphasis::none});
    }

    void tell_all_fields(std::vector<text::cell>& row, std::size_t actor, const snapshot& before,
                         const snapshot& after) const {
        for (std::size_t number = 0; number < after.size(); ++number)
            row[place_of(column_of(after[number]), actor)].push_back(
                {fmt::format("{} {}", model::to_string(after[number].which), content_text(after[number].content)),
                 before.at(number).content == after[number].content ? text::emphasis::faint : text::emphasis::none});
    }

    /// Whether a change is worth telling where the mere passing of time is not.
    [[nodiscard]] bool matters(model::field which, const snapshot& before, const snapshot& after) const {
        switch (model::info_of(which).news) {
        case model::field_news::none:
            return false;
        case model::field_news::rises: {
            const auto time = [&](const snapshot& in) { return std::get<std::int64_t>(*find_field(in, which)); };
            return time(after) > time(before); // armed anew
        }
        case model::field_news::changes:
            break;
        }
        return statistics_matter_ || !is_statistic(which);
    }

    [[nodiscard]] std::string event_text(const trace_step& step) const {
        const model::event& event = step.event;
        const model::event_info& kind = model::info_of(event.kind);
        std::string words(kind.words.empty() ? kind.name : kind.words);
        if (kind.index == model::event_index::write)
            return write_text(trace_.part.writes.at(event.index)) +
                   result_text(step.result.value_or(model::status::ok));
        if (kind.index == model::event_index::file)
            return fmt::format("cat {}", model::to_string(static_cast<model::file>(event.index)));
        if (kind.amount == model::event_amount::ns)
            return fmt::format("{} ns {}", event.amount, words);
        if (kind.amount == model::event_amount::stalls && event.amount != 0)
            return fmt::format("{}, and stalls {} time{}", words, event.amount, event.amount == 1 ? "" : "s");
        return words;
    }

    [[nodiscard]] static std::string result_text(model::status result) {
        return result == model::status::ok ? "" : fmt::format(" = {}", model::name(result));
    }

    [[nodiscard]] std::string conclusion() const {
        std::string all = paragraph("Why: " + text::printable(trace_.explanation));
        for (const std::string& sentence : trace_.did_not_matter)
            all += paragraph("Would do as well: " + text::printable(sentence));
        if (!options_.replay_command.empty())
            all += "Again: " + options_.replay_command + '\n';
        if (trace_.steps.empty())
            return all;
        if (!trace_.unavoidable_from)
            return all + "Since when it could not be avoided: not computed.\n";
        const std::size_t step = *trace_.unavoidable_from + 1;
        if (step == trace_.steps.size())
            return all + paragraph(fmt::format(
                             "Since when it could not be avoided: step {}, the last one; until then there were "
                             "ways to go on without it.",
                             step));
        return all + paragraph(fmt::format(
                         "Since when it could not be avoided: step {}, {}; after it, whatever tasks, timers and "
                         "users do leads there.",
                         step, event_text(trace_.steps.at(step - 1))));
    }

    [[nodiscard]] std::string paragraph(std::string_view text) const {
        constexpr std::size_t reading_width = 100;
        std::string all;
        for (const std::string& line : text::wrap(text, std::min(reading_width, options_.width), 2))
            all += line + '\n';
        return all;
    }

    [[nodiscard]] std::size_t timers() const { return widths_.size() - 2; }
    [[nodiscard]] std::size_t user_space() const { return widths_.size() - 1; }

    [[nodiscard]] std::size_t place_of(int column, std::size_t actor) const {
        if (column == timer_column)
            return timers();
        return column == actor_column ? actor : first_actor + static_cast<std::size_t>(column);
    }

    [[nodiscard]] std::size_t actor_of(const model::event& event) const {
        if (event.cpu != model::no_cpu)
            return first_actor + static_cast<std::size_t>(event.cpu);
        return model::info_of(event.kind).by == model::event_actor::user ? user_space() : timers();
    }

    const trace& trace_;
    const render_options& options_;
    text::style look_;
    std::vector<std::size_t> widths_;
    bool statistics_matter_ = false;
    std::uint64_t clock_ = 0; // ns since the end of the setup
};

} // namespace

std::string render(const trace& trace, const render_options& options) { return page(trace, options).text(); }

} // namespace bwcheck::counterexamples

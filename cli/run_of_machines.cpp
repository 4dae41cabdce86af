#include "cli/run_of_machines.hpp"

#include "counterexamples/field_text.hpp"
#include "counterexamples/replay/runner.hpp"
#include "text/columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

namespace bwcheck::cli {

namespace {

using counterexamples::snapshot;

std::string field_text(const counterexamples::field_value& one) {
    return fmt::format("{}{}", one.cpu == model::no_cpu ? "" : fmt::format("cpu{} ", one.cpu),
                       counterexamples::field_label(one.which));
}

std::string answer_text(model::status result) {
    return result == model::status::ok ? "accepted" : fmt::format("refused: {}", model::name(result));
}

class run_table {
public:
    run_table(const explorer::run_of_two& run, const std::vector<const model::revision*>& machines, std::size_t width,
              const text::style& look)
        : run_(run), look_(look) {
        for (const model::revision* const each : machines) {
            runners_.push_back(std::make_unique<counterexamples::runner>(*each, run.part));
            shown_.push_back(runners_.back()->state());
            names_.emplace_back(each->info.id);
        }
        const std::size_t left = width - std::min(width, numbers + 2 * gap);
        const std::size_t columns = machines.size() + 1;
        widths_ = {number_width, number_width};
        widths_.insert(widths_.end(), columns, std::max(narrowest, left / columns - gap));
    }

    [[nodiscard]] std::string text() {
        std::vector<text::cell> header{strong("step"), strong("time"), strong("event")};
        for (const std::string& name : names_)
            header.push_back(strong(name));
        std::string all = line(header);
        all += setup();
        std::uint64_t clock = 0;
        for (std::size_t number = 0; number < run_.events.size(); ++number) {
            const explorer::paired_event& each = run_.events[number];
            const bool last = number + 1 == run_.events.size();
            const bool tick = each.happening.kind == model::event_kind::tick;
            clock += tick ? each.happening.amount : 0;
            std::vector<text::cell> row{plain(std::to_string(number + 1)), plain(std::to_string(clock)),
                                        strong(counterexamples::event_words(each.happening, run_.part))};
            for (std::size_t machine = 0; machine < runners_.size(); ++machine)
                row.push_back(plain(happen(machine, each, tick && !last)));
            if (!tick || last)
                all += line(row);
        }
        return runners_.size() < 2 ? all : all + differences();
    }

private:
    static constexpr std::size_t gap = 2;
    static constexpr std::size_t number_width = 4;
    static constexpr std::size_t numbers = 2 * number_width;
    static constexpr std::size_t narrowest = 16;

    [[nodiscard]] static text::cell plain(std::string words) { return {{std::move(words), text::emphasis::none}}; }
    [[nodiscard]] static text::cell strong(std::string words) { return {{std::move(words), text::emphasis::strong}}; }
    [[nodiscard]] std::string line(const std::vector<text::cell>& row) const {
        return text::columns(row, widths_, look_, gap);
    }

    /// What the setup was answered with, a line each.
    [[nodiscard]] std::string setup() const {
        std::string all;
        for (std::size_t write = 0; write < run_.part.setup.size(); ++write) {
            std::vector<text::cell> row{plain(""), plain("0"), plain(to_string(run_.part.setup[write]))};
            for (const auto& runner : runners_)
                row.push_back(plain(answer_text(runner->setup().at(write).result)));
            all += line(row);
        }
        return all;
    }

    /// Lets it happen; what changed since the last line, or nothing if there is to be none (`silent`).
    [[nodiscard]] std::string happen(std::size_t machine, const explorer::paired_event& each, bool silent) {
        if (!(machine == 0 ? each.on_first : each.on_second))
            return each.happening.kind == model::event_kind::write ? "has no such file" : "does not happen";
        const counterexamples::run_step done = runners_[machine]->happen(each.happening);
        if (silent)
            return "";
        std::string text = done.step.result ? answer_text(*done.step.result) : "";
        if (const std::string changes = counterexamples::changes_words(shown_[machine], done.step.state);
            !changes.empty())
            text += (text.empty() ? "" : ", ") + changes;
        shown_[machine] = done.step.state;
        return text;
    }

    [[nodiscard]] std::string differences() const {
        std::string all;
        for (const counterexamples::field_value& here : shown_[0]) {
            const auto* const there = find_field(shown_[1], here.which, here.cpu);
            if (there != nullptr && *there != here.content)
                all += line({plain(""), plain(""), plain(field_text(here)),
                             plain(counterexamples::content_text(here.content)),
                             plain(counterexamples::content_text(*there))});
        }
        return all.empty() ? "" : "\nDifferent then:\n" + all;
    }

    const explorer::run_of_two& run_;
    const text::style& look_;
    std::vector<std::unique_ptr<counterexamples::runner>> runners_;
    std::vector<snapshot> shown_;
    std::vector<std::string> names_;
    std::vector<std::size_t> widths_;
};

} // namespace

std::string run_text(const explorer::run_of_two& run, const std::vector<const model::revision*>& machines,
                     std::size_t width, const text::style& look) {
    std::string letters;
    for (const std::string& line : text::wrap(counterexamples::letters_text(), width, 2))
        letters += line + '\n';
    return letters + run_table(run, machines, width, look).text();
}

std::string bounds_text(const std::vector<explorer::compared_part>& parts) {
    std::string all;
    for (const explorer::compared_part& part : parts)
        all += fmt::format("  {:<14}{:>10} states, {}\n", part.part, part.states,
                           part.complete ? "all runs" : fmt::format("runs of up to {} events", part.events));
    return all;
}

} // namespace bwcheck::cli

#include "counterexamples/field_text.hpp"

#include "text/printable.hpp"

#include <fmt/format.h>

namespace bwcheck::counterexamples {

namespace {

std::string flag_text(model::field which, bool set) {
    const model::field_info& row = model::info_of(which);
    if (row.set.empty())
        return fmt::format("{} {}", row.name, set ? 1 : 0);
    return std::string(set ? row.set : row.cleared);
}

/// What becomes of "no limit" by arithmetic is told by its distance from 2^64, which says more than its twenty digits.
std::string number_text(std::uint64_t number) {
    constexpr std::uint64_t near = 4096;
    if (number == model::runtime_inf)
        return "max";
    return number > model::runtime_inf - near ? fmt::format("2^64-{}", model::runtime_inf - number + 1)
                                              : std::to_string(number);
}

/// Who came to the list, and who left it; each in the column of that CPU.
void tell_list(std::vector<told_change>& all, const cpu_list& before, const cpu_list& after) {
    for (model::cpu_id cpu = 0; cpu < model::plain::max_cpus; ++cpu)
        if (before.contains(cpu) != after.contains(cpu))
            all.push_back({cpu, model::field::throttled_cfs_rq, after.contains(cpu) ? "listed" : "unlisted"});
}

} // namespace

std::string field_label(model::field which) {
    const model::field_info& row = model::info_of(which);
    return std::string(row.label.empty() ? row.name : row.label);
}

std::string letters_text() {
    return "Times in ns. Q quota, P period, B burst, R pool, S pool after the last refill, L runtime of a CPU.";
}

std::string content_text(const field_content& content) {
    if (const auto* flag = std::get_if<bool>(&content))
        return *flag ? "1" : "0";
    if (const auto* number = std::get_if<std::uint64_t>(&content))
        return number_text(*number);
    if (const auto* number = std::get_if<std::int64_t>(&content))
        return std::to_string(*number);
    const auto& list = std::get<cpu_list>(content);
    std::string cpus;
    for (int position = 0; position < list.size(); ++position)
        cpus += fmt::format("{}cpu{}", cpus.empty() ? "" : " ", list[position]);
    return cpus.empty() ? "none" : cpus;
}

int column_of(const field_value& one) {
    if (model::info_of(one.which).of_timers)
        return timer_column;
    return one.cpu == model::no_cpu ? actor_column : one.cpu;
}

std::vector<told_change> changes_between(const snapshot& before, const snapshot& after) {
    std::vector<told_change> all;
    for (std::size_t number = 0; number < after.size(); ++number) {
        const field_value& was = before.at(number);
        const field_value& is = after[number];
        if (was.content == is.content)
            continue;
        if (const auto* list = std::get_if<cpu_list>(&is.content))
            tell_list(all, std::get<cpu_list>(was.content), *list);
        else if (const auto* flag = std::get_if<bool>(&is.content))
            all.push_back({column_of(is), is.which, flag_text(is.which, *flag)});
        else
            all.push_back(
                {column_of(is), is.which,
                 fmt::format("{} {}→{}", field_label(is.which), content_text(was.content), content_text(is.content))});
    }
    return all;
}

std::string event_words(const model::event& happening, const model::scope_part& part) {
    const model::event_info& kind = model::info_of(happening.kind);
    if (kind.index == model::event_index::write) {
        const model::scope_write& write = part.writes.at(happening.index);
        return fmt::format("echo {} > {}", text::printable(write.text), model::to_string(write.file));
    }
    std::string words(kind.words.empty() ? kind.name : kind.words);
    if (kind.index == model::event_index::file)
        words += fmt::format(" {}", model::to_string(static_cast<model::file>(happening.index)));
    if (happening.cpu != model::no_cpu)
        words = fmt::format("cpu{}: {}", happening.cpu, words);
    if (kind.amount == model::event_amount::ns)
        words = fmt::format("{} {}", happening.amount, words);
    if (kind.amount == model::event_amount::stalls && happening.amount != 0)
        words += fmt::format(", stalled {} time{}", happening.amount, happening.amount == 1 ? "" : "s");
    return words;
}

std::string changes_words(const snapshot& before, const snapshot& after) {
    std::string text;
    for (const told_change& change : changes_between(before, after))
        text += fmt::format("{}{}{}", text.empty() ? "" : ", ",
                            change.column >= 0 ? fmt::format("cpu{} ", change.column) : "", change.text);
    return text;
}

} // namespace bwcheck::counterexamples

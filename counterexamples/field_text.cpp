#include "counterexamples/field_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace bwcheck::counterexamples {

namespace {

/// What a flag means when it is set, and when it is not.
struct flag_words {
    model::field which;
    std::string_view set;
    std::string_view cleared;
};

constexpr flag_words flags[] = {
    {model::field::idle, "idle", "not idle"},
    {model::field::period_active, "period timer armed", "period timer stopped"},
    {model::field::slack_started, "slack timer armed", "slack timer off"},
    {model::field::cfs_bandwidth_used, "static key on", "static key off"},
    {model::field::runtime_enabled, "limited", "not limited"},
    {model::field::throttled, "throttled", "unthrottled"},
    {model::field::throttled_csd, "IPI pending", "IPI done"},
    {model::field::online, "online", "offline"},
    {model::field::nr_queued, "queued", "dequeued"},
    {model::field::throttled_limbo, "parked", "no longer parked"},
    {model::field::curr, "runs", "stops"},
    {model::field::sched_throttle_work, "told to park", "not to park any more"},
    {model::field::expires_equal, "expires with the pool", "expires before the pool"},
};

std::string_view letter_of(model::field which) {
    switch (which) {
    case model::field::period:
        return "P";
    case model::field::quota:
        return "Q";
    case model::field::burst:
        return "B";
    case model::field::runtime:
        return "R";
    case model::field::runtime_snap:
        return "S";
    case model::field::runtime_remaining:
        return "L";
    case model::field::period_timer:
        return "refill in";
    case model::field::slack_timer:
        return "slack timer in";
    case model::field::unaccounted:
        return "uncharged";
    case model::field::in_kernel:
        return "in kernel for";
    case model::field::runtime_expires:
        return "expires in";
    default:
        return {};
    }
}

std::string flag_text(model::field which, bool set) {
    const auto* const words =
        std::find_if(std::begin(flags), std::end(flags), [&](const flag_words& one) { return one.which == which; });
    if (words == std::end(flags))
        return fmt::format("{} {}", model::to_string(which), set ? 1 : 0);
    return std::string(set ? words->set : words->cleared);
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
    const std::string_view letter = letter_of(which);
    return std::string(letter.empty() ? model::to_string(which) : letter);
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
    switch (one.which) {
    case model::field::period_active:
    case model::field::slack_started:
    case model::field::period_timer:
    case model::field::slack_timer:
        return timer_column;
    default:
        return one.cpu == model::no_cpu ? actor_column : one.cpu;
    }
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

} // namespace bwcheck::counterexamples
